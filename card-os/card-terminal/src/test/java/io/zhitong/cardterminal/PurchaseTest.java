package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.smcrypto.Hex;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes on both wires are those of the first purchase in test-vectors/purse-sm4.json. */
class PurchaseTest {
    private static final String SELECT = "00a40400 09 a00000000386980701 00";
    private static final String FILE_0015 = "4403000000000001 01 01 00004403000112345678 20260101 20301231 0101";
    private static final String FCI = "6f2e 8409a00000000386980701 a5219f0c1e" + FILE_0015;
    private static final String INIT = "80500102 0b 01 000076d6 0392ef2dcefc 0f";
    private static final String OFFER = "0000c350 dae0 000000 01 04 aaf6426c";
    private static final String INIT_SAM =
            "80700000 1c aaf6426c dae0 000076d6 06 20270315 075118 01 04 4403000112345678 08";
    private static final String DEBIT = "80540100 0f 1aa59dfa 20270315 075118 12fc93df 08";
    private static final String TAC_MAC2 = "17133c5c 8fe3a2e6";
    private static final String CREDIT_SAM = "80720000 04 8fe3a2e6";
    private static final String PROVE = "805a0006 02 dae0 08";
    private static final LocalDateTime AT = LocalDateTime.of(2027, 3, 15, 7, 51, 18);
    private static final long AMOUNT = 30422;

    private final List<String> journal = new ArrayList<>();
    private final Script card = new Script("card").on(SELECT, FCI + "9000");
    private final Script slot = new Script("PSAM")
            .on("00a40000 02 3f00 00", "9000")
            .on("00b09500 0a", "00004403990000000001 9000")
            .on("00b09600 06", "0392ef2dcefc 9000")
            .on("00a40000 02 df02 00", "9000")
            .on("00b09900 04", "1aa59dfa 9000");
    private final Psam psam = Psam.open(slot);

    private final PurchaseJournal recording = new PurchaseJournal() {
        @Override
        public void intent(PurchaseIntent intent) {
            journal.add("intent " + intent.grey().terminalSeq() + " after " + slot.exchanges);
        }

        @Override
        public void settled(PurchaseRecord record) {
            journal.add(record.state() + " " + Hex.of(record.tac()) + " " + record.balance());
        }
    };

    private PurchaseOutcome pay() {
        return new Purchase(psam, recording, CardAcceptance.EVERY).pay(card, AMOUNT, AT);
    }

    private PurchaseIntent tornTap() {
        card.on(INIT, OFFER + "9000").leavesOn(DEBIT);
        slot.on(INIT_SAM, "1aa59dfa 12fc93df 9000");
        return assertInstanceOf(PurchaseOutcome.InDoubt.class, pay()).intent();
    }

    @Test
    void a_purchase_takes_three_exchanges_with_the_card_and_journals_before_paid() {
        card.on(INIT, OFFER + "9000").on(DEBIT, TAC_MAC2 + "9000");
        slot.on(INIT_SAM, "1aa59dfa 12fc93df 9000").on(CREDIT_SAM, "9000");
        PurchaseRecord record =
                assertInstanceOf(PurchaseOutcome.Paid.class, pay()).record();
        assertEquals(3, card.exchanges);
        assertEquals(List.of("intent 447061498 after 5", "PAID 17133c5c 19578"), journal);
        assertEquals(
                "01060401" + "00004403990000000001" + "1aa59dfa" + "0392ef2dcefc" + "4403000000000001"
                        + "00004403000112345678" + "dae0" + "000076d6" + "00004c7a" + "20270315075118" + "17133c5c"
                        + "00",
                Hex.of(record.encode()));
        card.assertDone();
        slot.assertDone();
    }

    @ParameterizedTest
    @CsvSource({
        "9401, FUNDS_TOO_LOW",
        "6283, CARD_BLOCKED",
        "9403, CARD_REFUSED",
        "6985, CARD_REFUSED",
        "9303, CARD_BLOCKED",
    })
    void a_refusal_before_the_debit_touches_neither_psam_nor_journal(String sw, PurchaseRefusal reason) {
        card.on(INIT, sw);
        assertEquals(new PurchaseOutcome.Refused(reason, Integer.parseInt(sw, 16)), pay());
        assertEquals(5, slot.exchanges);
        assertTrue(journal.isEmpty());
    }

    @Test
    void a_card_without_purse_or_with_a_strange_0015_is_refused() {
        var bare = new Script("card").on(SELECT, "6a82");
        var purchase = new Purchase(psam, recording, CardAcceptance.EVERY);
        assertEquals(new PurchaseOutcome.Refused(PurchaseRefusal.NO_PURSE, 0x6A82), purchase.pay(bare, AMOUNT, AT));
        var strange = new Script("card").on(SELECT, "6f0b 8409a00000000386980701 9000");
        assertEquals(
                new PurchaseOutcome.Refused(PurchaseRefusal.CARD_ANSWER_MALFORMED, 0),
                purchase.pay(strange, AMOUNT, AT));
    }

    @Test
    void a_card_out_of_its_dates_or_on_the_blacklist_is_refused_at_select() {
        var purchase = new Purchase(psam, recording, CardAcceptance.EVERY);
        var early = purchase.pay(card, AMOUNT, LocalDateTime.of(2025, 12, 31, 23, 59, 59));
        assertEquals(new PurchaseOutcome.Refused(PurchaseRefusal.NOT_VALID_TODAY, 0), early);
        card.on(SELECT, FCI + "9000");
        var refusing =
                new Purchase(psam, recording, each -> !Hex.of(each.serial()).endsWith("12345678"));
        assertEquals(new PurchaseOutcome.Refused(PurchaseRefusal.BLACKLISTED, 0), refusing.pay(card, AMOUNT, AT));
        card.assertDone();
    }

    @Test
    void a_journal_without_room_stops_the_sale_before_the_psam_gives_a_number() {
        card.on(INIT, OFFER + "9000");
        var full = new PurchaseJournal() {
            @Override
            public void intent(PurchaseIntent intent) {
                throw new IllegalStateException("journal full");
            }

            @Override
            public void settled(PurchaseRecord record) {
                throw new AssertionError("nothing to settle");
            }
        };
        var purchase = new Purchase(psam, full, CardAcceptance.EVERY);
        assertThrows(IllegalStateException.class, () -> purchase.pay(card, AMOUNT, AT));
        slot.assertDone();
        assertEquals(2, card.exchanges);
    }

    @Test
    void a_psam_that_refuses_leaves_a_record_that_explains_its_number() {
        card.on(INIT, OFFER + "9000");
        slot.on(INIT_SAM, "6f00");
        assertEquals(new PurchaseOutcome.Refused(PurchaseRefusal.SAM_FAILED, 0x6F00), pay());
        assertEquals(List.of("intent 447061498 after 5", "NOT_DEBITED 00000000 50000"), journal);
    }

    @Test
    void a_psam_whose_lease_does_not_reach_is_named_as_such() {
        card.on(INIT, OFFER + "9000");
        slot.on(INIT_SAM, "6985");
        assertEquals(new PurchaseOutcome.Refused(PurchaseRefusal.SAM_LEASE_OVER, 0x6985), pay());
        assertEquals(List.of("intent 447061498 after 5", "NOT_DEBITED 00000000 50000"), journal);
    }

    @Test
    void a_psam_that_gives_another_number_than_journalled_is_not_used() {
        card.on(INIT, OFFER + "9000");
        slot.on(INIT_SAM, "1aa59dff 12fc93df 9000");
        assertEquals(new PurchaseOutcome.Refused(PurchaseRefusal.SAM_FAILED, 0), pay());
        assertEquals(2, card.exchanges);
    }

    @Test
    void purchase_with_wrong_mac1_answers_9302_and_is_not_debited() {
        card.on(INIT, OFFER + "9000").on(DEBIT, "9302");
        slot.on(INIT_SAM, "1aa59dfa 12fc93df 9000");
        assertEquals(new PurchaseOutcome.Refused(PurchaseRefusal.SAM_MAC_REFUSED, 0x9302), pay());
        assertEquals("NOT_DEBITED 00000000 50000", journal.get(1));
    }

    @Test
    void a_card_whose_mac2_is_wrong_is_not_paid_and_its_record_goes_to_the_issuer() {
        card.on(INIT, OFFER + "9000").on(DEBIT, "17133c5c 8fe3a2e7 9000");
        slot.on(INIT_SAM, "1aa59dfa 12fc93df 9000").on("80720000 04 8fe3a2e7", "9302");
        var outcome = assertInstanceOf(PurchaseOutcome.Unconfirmed.class, pay());
        assertEquals(PurchaseRefusal.CARD_MAC_WRONG, outcome.reason());
        assertEquals("GREY 17133c5c 19578", journal.get(1));
    }

    @ParameterizedTest
    @CsvSource({"6581", "6f00", "6400", "9000", "17133c5c9000"})
    void an_answer_to_debit_that_proves_nothing_leaves_the_purchase_in_doubt(String answer) {
        card.on(INIT, OFFER + "9000").on(DEBIT, answer);
        slot.on(INIT_SAM, "1aa59dfa 12fc93df 9000");
        assertInstanceOf(PurchaseOutcome.InDoubt.class, pay());
        assertEquals(1, journal.size());
    }

    @Test
    void torn_tap_the_same_card_proves_its_debit_and_the_psam_confirms_it() {
        PurchaseIntent intent = tornTap();
        assertEquals(1, journal.size());
        var back = new Script("card").on(SELECT, FCI + "9000").on(PROVE, "8fe3a2e6 17133c5c 9000");
        slot.on(CREDIT_SAM, "9000");
        var outcome = new PurchaseRecovery(psam, recording).resolve(back, intent);
        assertArrayEquals(
                Hex.parse("17133c5c"),
                assertInstanceOf(PurchaseOutcome.Paid.class, outcome).record().tac());
        assertEquals("PAID 17133c5c 19578", journal.get(1));
    }

    @Test
    void torn_tap_another_card_is_told_so_and_the_purchase_stays_open() {
        PurchaseIntent intent = tornTap();
        var other = new Script("card").on(SELECT, FCI.replace("12345678", "12345679") + "9000");
        assertEquals(
                new PurchaseOutcome.Refused(PurchaseRefusal.OTHER_CARD, 0),
                new PurchaseRecovery(psam, recording).resolve(other, intent));
        assertEquals(1, journal.size());
    }

    @Test
    void torn_tap_no_proof_and_the_counter_unchanged_means_not_debited() {
        PurchaseIntent intent = tornTap();
        var back = new Script("card")
                .on(SELECT, FCI + "9000")
                .on(PROVE, "9406")
                .on("80500102 0b 01 00000001 0392ef2dcefc 0f", OFFER + "9000");
        assertEquals(
                new PurchaseOutcome.Refused(PurchaseRefusal.NOT_DEBITED, 0x9406),
                new PurchaseRecovery(psam, recording).resolve(back, intent));
        assertEquals("NOT_DEBITED 00000000 50000", journal.get(1));
    }

    @Test
    void torn_tap_no_proof_but_the_counter_moved_on_proves_nothing() {
        PurchaseIntent intent = tornTap();
        var back = new Script("card")
                .on(SELECT, FCI + "9000")
                .on(PROVE, "9406")
                .on("80500102 0b 01 00000001 0392ef2dcefc 0f", OFFER.replace("dae0", "dae2") + "9000");
        var outcome = new PurchaseRecovery(psam, recording).resolve(back, intent);
        assertEquals(
                PurchaseRefusal.GIVEN_UP,
                assertInstanceOf(PurchaseOutcome.Unconfirmed.class, outcome).reason());
        assertEquals("GREY 00000000 50000", journal.get(1));
    }

    @Test
    void torn_tap_after_the_psam_moved_on_keeps_the_tac_but_is_not_called_paid() {
        PurchaseIntent intent = PurchaseIntent.parse(tornTap().encode());
        slot.on("00a40000 02 3f00 00", "9000")
                .on("00b09500 0a", "00004403990000000001 9000")
                .on("00b09600 06", "0392ef2dcefc 9000")
                .on("00a40000 02 df02 00", "9000")
                .on("00b09900 04", "1aa59dfb 9000");
        Psam reopened = Psam.open(slot);
        var back = new Script("card").on(SELECT, FCI + "9000").on(PROVE, "8fe3a2e6 17133c5c 9000");
        var outcome = new PurchaseRecovery(reopened, recording).resolve(back, intent);
        assertEquals(
                PurchaseRefusal.CHECK_NOT_POSSIBLE,
                assertInstanceOf(PurchaseOutcome.Unconfirmed.class, outcome).reason());
        assertEquals("GREY 17133c5c 19578", journal.get(1));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "4294967296"})
    void an_amount_outside_four_bytes_is_a_mistake_of_the_caller(long amount) {
        var purchase = new Purchase(psam, recording, CardAcceptance.EVERY);
        assertThrows(IllegalArgumentException.class, () -> purchase.pay(card, amount, AT));
    }
}
