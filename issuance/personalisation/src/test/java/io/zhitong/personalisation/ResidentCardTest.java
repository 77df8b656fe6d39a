package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardreaders.RecordingChannel;
import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.AccessFailure;
import io.zhitong.cardterminal.AccessOutcome;
import io.zhitong.cardterminal.AccessSam;
import io.zhitong.cardterminal.Door;
import io.zhitong.cardterminal.FastAccess;
import io.zhitong.cardterminal.FastKeys;
import io.zhitong.cardterminal.LoadOutcome;
import io.zhitong.cardterminal.PrivateAccess;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cardterminal.PurchaseOutcome;
import io.zhitong.cardterminal.Purse;
import io.zhitong.cardterminal.ReaderIdentity;
import io.zhitong.cardterminal.SealedAccess;
import io.zhitong.cardterminal.TrustedIssuers;
import io.zhitong.cos.Card;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.ReaderCertificateRequest;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cards, SAMs and vault are the real ones; the vault is reached over TLS. */
class ResidentCardTest {
    private static final LocalDateTime AT = LocalDateTime.of(2026, 11, 21, 12, 0, 0);
    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, TestOrders.ZONE);
    private static final Door DOOR = new Door(TestOrders.COMMUNITY, Hex.parse("0000002a00000002"), TestOrders.ZONE);
    private static final String SERIAL = "4403000100000001";

    private static final TestVault VAULT = TestVault.shared();

    private static Card fresh(CardProfile profile) throws IOException {
        return TestCards.fresh(profile, VAULT.transportKey());
    }

    private static Card made(String serial) throws IOException {
        Card card = fresh(CardProfile.COMMUNITY);
        new ResidentCard(VAULT.keys, CLOCK)
                .make(card::process, TestOrders.card(serial, "王小明", VAULT.issuer()), Progress.SILENT);
        card.reset();
        return card;
    }

    private static Card module(SamOrder.Kind kind) throws IOException {
        Card module = fresh(CardProfile.PSAM);
        new SamCard(VAULT.keys).make(module::process, TestOrders.sam(kind), Progress.SILENT);
        module.reset();
        return module;
    }

    private static LoadOutcome load(Card card, long amount) {
        return TestMoney.load(VAULT.keys, card, amount, AT);
    }

    private static PurchaseOutcome pay(Card card, Psam psam, long amount) {
        return TestMoney.pay(card, psam, amount, AT);
    }

    @Test
    void a_made_card_is_loaded_by_the_vault_and_pays_at_a_made_psam_with_a_tac_the_vault_confirms() throws IOException {
        Card card = made(SERIAL);
        Psam psam = Psam.open(module(SamOrder.Kind.PURCHASE)::process);
        assertInstanceOf(LoadOutcome.Loaded.class, load(card, 10_000));
        var first = assertInstanceOf(PurchaseOutcome.Paid.class, pay(card, psam, 1_250))
                .record();
        var second = assertInstanceOf(PurchaseOutcome.Paid.class, pay(card, psam, 250))
                .record();
        assertEquals(8_500, Purse.select(card::process).balance());
        assertEquals(8_500, second.balance());
        assertEquals(List.of(1L, 2L), List.of(first.terminalSeq(), second.terminalSeq()));
        KeyRef dtk = KeyRef.of(KeyUsage.DTK, first.keyVersion(), TestOrders.CITY, first.cardFactor());
        assertEquals(
                List.of(true),
                VAULT.keys.verifyMacs(List.of(new VerifyRequest(dtk, new byte[0], first.tacData(), first.tac()))));
    }

    @Test
    void a_made_card_passes_the_sealed_door_and_the_fast_door_with_a_made_sam() throws IOException {
        Card card = made(SERIAL);
        var sealed = new SealedAccess(DOOR, RandomSource.secure(), () -> 0L);
        var issuers = new TrustedIssuers(List.of(VAULT.issuer()));
        var genuine = assertInstanceOf(AccessOutcome.Genuine.class, sealed.identify(card::process, issuers, NOW));
        assertEquals(CredentialNumber.parse(SERIAL), genuine.credential());
        AccessSam sam = AccessSam.open(module(SamOrder.Kind.ACCESS)::process);
        var fast = new FastAccess(DOOR, sam, RandomSource.secure());
        assertEquals(
                CredentialNumber.parse(SERIAL),
                assertInstanceOf(AccessOutcome.Genuine.class, fast.identify(card::process, NOW))
                        .credential());
        FastKeys swapped = (version, credential, message) ->
                sam.mac(version, new CredentialNumber(credential.value() + 1), message);
        assertEquals(
                new AccessOutcome.NotGenuine(AccessFailure.FAST_MAC, 0),
                new FastAccess(DOOR, swapped, RandomSource.secure()).identify(card::process, NOW));
    }

    @Test
    void a_made_card_passes_a_private_door_whose_reader_the_vault_certified() throws IOException {
        Card card = made(SERIAL);
        Sm2PrivateKey key = Sm2PrivateKey.generate(RandomSource.secure());
        byte[] point = key.publicKey().xy();
        byte[] from = Hex.parse("20261101");
        byte[] to = Hex.parse("20271101");
        byte[] asked = ReaderCertificateRequest.proofMessage(point, DOOR.point(), from, to, 1);
        byte[] certificate = VAULT.keys.certifyReader(new ReaderCertificateRequest(
                point, DOOR.point(), from, to, 1, Sm2.sign(key, asked, RandomSource.secure())));
        var reader = new ReaderIdentity(key, AccessCertificate.parse(certificate));
        var door = new PrivateAccess(DOOR, reader, RandomSource.secure(), () -> 0L);
        var genuine = assertInstanceOf(
                AccessOutcome.Genuine.class,
                door.identify(card::process, new TrustedIssuers(List.of(VAULT.issuer())), NOW));
        assertEquals(CredentialNumber.parse(SERIAL), genuine.credential());
    }

    @Test
    void a_made_card_answers_no_private_door_whose_reader_the_issuer_did_not_certify() throws IOException {
        Card card = made(SERIAL);
        Sm2PrivateKey stranger = Sm2PrivateKey.generate(RandomSource.secure());
        byte[] body = AccessCertificate.body(
                AccessCertificate.READER,
                VAULT.issuer(),
                DOOR.point(),
                Hex.parse("20260101"),
                Hex.parse("20351231"),
                1,
                stranger.publicKey());
        byte[] signature = Sm2.sign(stranger, AccessCertificate.message(body), RandomSource.secure());
        var forged = AccessCertificate.parse(
                new ByteWriter().bytes(body).bytes(signature).toByteArray());
        var door = new PrivateAccess(DOOR, new ReaderIdentity(stranger, forged), RandomSource.secure(), () -> 0L);
        assertEquals(
                new AccessOutcome.NotGenuine(AccessFailure.CARD_REFUSED, 0x6982),
                door.identify(card::process, new TrustedIssuers(List.of(VAULT.issuer())), NOW));
    }

    @Test
    void a_card_is_no_card_of_another_community() throws IOException {
        Card card = made(SERIAL);
        var elsewhere = new Door(Hex.parse("0000000044030002"), DOOR.point(), TestOrders.ZONE);
        assertEquals(
                new AccessOutcome.NotGenuine(AccessFailure.NO_APPLICATION, 0x6A82),
                new SealedAccess(elsewhere, RandomSource.secure(), () -> 0L)
                        .identify(card::process, new TrustedIssuers(List.of(VAULT.issuer())), NOW));
    }

    @Test
    void an_order_cut_off_at_every_exchange_is_finished_by_running_it_again() throws IOException {
        var order = TestOrders.card(SERIAL, "王小明", VAULT.issuer());
        var personaliser = new ResidentCard(VAULT.keys, CLOCK);
        var counting = new RecordingChannel(fresh(CardProfile.COMMUNITY)::process);
        personaliser.make(counting, order, Progress.SILENT);
        int exchanges = counting.exchanges().size();
        assertTrue(exchanges > 60, "exchanges: " + exchanges);
        for (int n = 1; n <= exchanges; n++) {
            Card card = fresh(CardProfile.COMMUNITY);
            var cut = TestCards.leavingAt(n, n % 2 == 1 || n % 4 == 0, card);
            assertThrows(CardException.class, () -> personaliser.make(cut, order, Progress.SILENT));
            card.reset();
            personaliser.make(card::process, order, Progress.SILENT);
            assertInstanceOf(LoadOutcome.Loaded.class, load(card, 100), "cut at " + n);
        }
    }

    @Test
    void running_a_finished_order_again_keeps_the_money_and_writes_no_key() throws IOException {
        Card card = made(SERIAL);
        load(card, 5_000);
        var channel = new RecordingChannel(card::process);
        new ResidentCard(VAULT.keys, CLOCK)
                .make(channel, TestOrders.card(SERIAL, "王小明", VAULT.issuer()), Progress.SILENT);
        assertEquals(5_000, Purse.select(card::process).balance());
        assertTrue(channel.exchanges().stream().noneMatch(e -> (e.command()[1] & 0xFF) == 0xD4));
    }

    @Test
    void a_card_issued_under_another_number_is_refused_untouched() throws IOException {
        Card card = made(SERIAL);
        var personaliser = new ResidentCard(VAULT.keys, CLOCK);
        var other = TestOrders.card("4403000100000002", "李雷", VAULT.issuer());
        var refused = assertThrows(
                PersonalisationRefused.class, () -> personaliser.make(card::process, other, Progress.SILENT));
        assertEquals(PersonalisationRefused.Reason.ALREADY_ISSUED, refused.reason());
    }

    @Test
    void a_card_of_another_factory_is_refused() throws IOException {
        Card foreign = TestCards.fresh(
                CardProfile.COMMUNITY, io.zhitong.smcrypto.SecretBytes.takeOver(Hex.parse("00".repeat(16))));
        var personaliser = new ResidentCard(VAULT.keys, CLOCK);
        var order = TestOrders.card(SERIAL, "王小明", VAULT.issuer());
        var refused = assertThrows(
                PersonalisationRefused.class, () -> personaliser.make(foreign::process, order, Progress.SILENT));
        assertEquals(PersonalisationRefused.Reason.NOT_OURS, refused.reason());
    }

    @Test
    void the_steps_are_announced_in_the_order_in_which_they_were_promised() throws IOException {
        List<CardStep> seen = new ArrayList<>();
        new ResidentCard(VAULT.keys, CLOCK)
                .make(
                        fresh(CardProfile.COMMUNITY)::process,
                        TestOrders.card(SERIAL, "一个非常非常长的持卡人姓名也能写入", VAULT.issuer()),
                        seen::add);
        assertEquals(CardStep.ofResidentCard(), seen);
    }

    @Test
    void a_sam_order_run_again_keeps_the_terminal_sequence() throws IOException {
        Card card = made(SERIAL);
        Card module = module(SamOrder.Kind.PURCHASE);
        load(card, 1_000);
        pay(card, Psam.open(module::process), 100);
        module.reset();
        new SamCard(VAULT.keys).make(module::process, TestOrders.sam(SamOrder.Kind.PURCHASE), Progress.SILENT);
        module.reset();
        var paid = assertInstanceOf(PurchaseOutcome.Paid.class, pay(card, Psam.open(module::process), 100));
        assertEquals(2, paid.record().terminalSeq());
    }

    @Test
    void the_holders_file_answers_nothing_to_strangers() throws IOException {
        Card card = made(SERIAL);
        Purse.select(card::process);
        assertArrayEquals(Hex.parse("6982"), card.process(Hex.parse("00b0960037")));
    }
}
