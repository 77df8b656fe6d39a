package io.zhitong.bench;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.Door;
import io.zhitong.cardterminal.Load;
import io.zhitong.cardterminal.LoadJournal;
import io.zhitong.cardterminal.LoadOutcome;
import io.zhitong.cardterminal.LoadRecord;
import io.zhitong.cardterminal.PurseData;
import io.zhitong.cardterminal.VaultLoadHost;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.machinetls.Pem;
import io.zhitong.personalisation.CardOrder;
import io.zhitong.personalisation.Progress;
import io.zhitong.personalisation.ResidentCard;
import io.zhitong.personalisation.SamCard;
import io.zhitong.personalisation.SamOrder;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** Cards and modules made as in the field, from a vault over TLS (制卡). What is measured afterwards does not touch the vault. */
final class MadeCards implements AutoCloseable {
    static final LocalDateTime AT = LocalDateTime.of(2026, 11, 21, 12, 0, 0);
    static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] TERMINAL = Hex.parse("440300000043");
    static final long FIRST_CARD = 0x4403000100000001L;
    private static final int MONEY = 1_000_000;

    static final Door DOOR = new Door(COMMUNITY, Hex.parse("0000002a00000002"), ZONE);

    private final VaultProcess vault;
    private final KeyService keys;
    private final SecretBytes transportKey;
    private long made;

    MadeCards() {
        try {
            Path data = Workspace.folder("vault");
            vault = VaultProcess.start(
                    new VaultProcess.Settings(data, 0, true, List.of(), false),
                    Clock.systemUTC(),
                    RandomSource.secure());
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), vault.port());
            var authority =
                    Pem.certificates(Files.readString(data.resolve("ca.pem"))).get(0);
            String token = Files.readString(data.resolve("backend.token"));
            keys = VaultClients.connect(
                    address, authority, VaultClients.enrolBackend(address, authority, token, "bench"));
            String transport = Files.readString(data.resolve("factory/transport.key"));
            transportKey = SecretBytes.takeOver(Hex.parse(transport.strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Sm2PublicKey issuer() {
        return Sm2PublicKey.decode(keys.publicKey(SigningKey.CARD_ISSUER));
    }

    /** A resident's card; another one at each call. */
    Card card() {
        Card card = fresh(CardProfile.COMMUNITY);
        new ResidentCard(keys, Clock.fixed(NOW, ZONE)).make(card::process, order(FIRST_CARD + made++), Progress.SILENT);
        card.reset();
        return card;
    }

    /** A resident's card with money in its purse. */
    Card loadedCard() {
        Card card = card();
        var host = new VaultLoadHost(keys, CITY);
        LoadOutcome outcome = new Load(host, new ForgottenLoads(), TERMINAL).load(card::process, MONEY, AT);
        if (!(outcome instanceof LoadOutcome.Loaded)) {
            throw new IllegalStateException("expected a loaded card, came " + outcome);
        }
        card.reset();
        return card;
    }

    Card module(SamOrder.Kind kind) {
        Card module = fresh(CardProfile.PSAM);
        var order = new SamOrder(kind, CITY, COMMUNITY, Hex.parse("00004403990000000001"), TERMINAL, 1);
        new SamCard(keys).make(module::process, order, Progress.SILENT);
        module.reset();
        return module;
    }

    private Card fresh(CardProfile profile) {
        Nvm nvm = Nvm.inMemory(profile.memory());
        CardBirth.of(nvm, profile, ChipIdentity.fresh(RandomSource.secure()), transportKey);
        return new Card(nvm, RandomSource.secure());
    }

    private CardOrder order(long number) {
        CredentialNumber credential = new CredentialNumber(number);
        var purse = new PurseData(
                Hex.parse("4403440300010000"),
                1,
                1,
                Hex.parse("0000" + Hex.of(credential.bytes())),
                Hex.parse("20260101"),
                Hex.parse("20351231"),
                0x0101);
        return new CardOrder(
                CITY,
                COMMUNITY,
                ZONE,
                purse,
                "王小明",
                credential,
                LocalDate.of(2026, 1, 1),
                LocalDate.of(2035, 12, 31),
                1,
                1,
                issuer());
    }

    @Override
    public void close() {
        keys.close();
        vault.close();
        transportKey.close();
    }

    private static final class ForgottenLoads implements LoadJournal {
        @Override
        public void intent(LoadRecord load) {}

        @Override
        public void settled(LoadRecord load, boolean credited) {}
    }
}
