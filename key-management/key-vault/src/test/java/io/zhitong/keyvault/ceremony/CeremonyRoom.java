package io.zhitong.keyvault.ceremony;

import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.keyapi.DealtShare;
import io.zhitong.keyvault.MemorySection;
import io.zhitong.keyvault.TurnedClock;
import io.zhitong.keyvault.custodian.CustodianEntry;
import io.zhitong.keyvault.custodian.PinCost;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Custodians around a vault that can lose its process at any moment. */
final class CeremonyRoom {
    static final CeremonySettings THREE_OF_FOUR = new CeremonySettings("锦绣家园", 3, 4, false, true);
    static final byte[] SALT = Hex.parse("5a".repeat(16));

    final MemorySection disk = new MemorySection();
    final TurnedClock clock = new TurnedClock();
    final BoxedBirth birth = new BoxedBirth();
    final List<String> audit = new ArrayList<>();
    final Map<Integer, String> shares = new TreeMap<>();
    final Sm2PrivateKey key = Sm2PrivateKey.of(Hex.parse("41".repeat(32)));
    List<CustodianEntry> installed = List.of();
    VaultCeremonies vault = vault();

    private VaultCeremonies vault() {
        CeremonySigner signer = new CeremonySigner() {
            @Override
            public byte[] publicKey() {
                return key.publicKey().xy();
            }

            @Override
            public byte[] sign(byte[] message) {
                return Sm2.sign(key, message, RandomSource.secure());
            }
        };
        return new VaultCeremonies(new VaultCeremonies.Surroundings(
                disk,
                birth,
                signer,
                (kind, who, detail) -> audit.add(who + " " + detail),
                custodians -> installed = custodians,
                clock,
                RandomSource.secure(),
                new PinCost(8, 1)));
    }

    /** The process ends without a word and starts again: only the disk is left. */
    void kill() {
        vault = vault();
    }

    static SecretBytes pin(int custodian) {
        return secret("90210" + custodian);
    }

    static SecretBytes secret(String text) {
        return SecretBytes.takeOver(text.getBytes(StandardCharsets.US_ASCII));
    }

    static SecretBytes component(int custodian) {
        return secret("component-of-custodian-" + custodian + "-0123456789");
    }

    CeremonyStep step() {
        return vault.status().step();
    }

    private int dealt() {
        return vault.status().settings().orElseThrow().dealt();
    }

    void name() {
        for (int number = 1; number <= dealt(); number++) {
            join(number);
        }
    }

    void join(int number) {
        vault.join("保管人" + number, pin(number));
    }

    void commit() {
        for (int number = 1; number <= dealt(); number++) {
            commit(number);
        }
    }

    void commit(int number) {
        byte[] commitment = CeremonyCommitment.of(vault.status().id(), number, SALT, component(number));
        vault.commit(number, pin(number), SALT, commitment);
    }

    void reveal() {
        for (int number = 1; number <= dealt(); number++) {
            reveal(number);
        }
    }

    void reveal(int number) {
        vault.reveal(number, pin(number), component(number));
    }

    void deal() {
        for (int number = 1; number <= dealt(); number++) {
            deal(number);
        }
    }

    void deal(int number) {
        try (DealtShare share = vault.deal(number, pin(number))) {
            shares.put(number, new String(share.share().export(SecretAccess.TOKEN), StandardCharsets.US_ASCII));
        }
    }

    void confirm() {
        for (int number = 1; number <= dealt(); number++) {
            confirm(number);
        }
    }

    void confirm(int number) {
        vault.confirm(number, pin(number), secret(shares.get(number) + "\n"));
    }

    /** Everything up to a closed ceremony. */
    void hold(CeremonySettings settings) {
        vault.start(settings);
        name();
        commit();
        reveal();
        deal();
        confirm();
        vault.close(1, pin(1));
    }
}
