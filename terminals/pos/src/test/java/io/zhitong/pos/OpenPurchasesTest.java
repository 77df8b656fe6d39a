package io.zhitong.pos;

import static io.zhitong.accessmodel.EventKind.PURCHASE;
import static io.zhitong.accessmodel.EventKind.PURCHASE_INTENT;
import static io.zhitong.accessmodel.EventKind.PURCHASE_IN_DOUBT;
import static io.zhitong.accessmodel.EventKind.PURCHASE_REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardterminal.PurchaseIntent;
import io.zhitong.edge.EdgeException;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the journal says about purchases without an end; records as hex, layout docs/card.md. */
class OpenPurchasesTest {
    private static final byte[] CHEN = Hex.parse("00004403010112345678");
    private static final byte[] WANG = Hex.parse("00004403010112345679");

    private final MemoryLog log = new MemoryLog();

    private static byte[] bytes(int number, String card, String tac, String state) {
        return bytes("00004403990000000001", number, card, tac, state);
    }

    private static byte[] bytes(String psam, int number, String card, String tac, String state) {
        return Hex.parse("01060401" + psam + String.format("%08x", number) + "440300000001" + "4403000000000000"
                + "0000" + card + "0001" + "00000064" + "00002710" + "20261121153000" + tac + state);
    }

    private static PurchaseIntent intent(int number, String card) {
        return PurchaseIntent.parse(bytes(number, card, "00000000", greyState()));
    }

    private static PurchaseRecord record(int number, String card, String tac, PurchaseRecord.State state) {
        return PurchaseRecord.parse(bytes(number, card, tac, stateByte(state)));
    }

    private static String greyState() {
        return stateByte(PurchaseRecord.State.GREY);
    }

    private static String stateByte(PurchaseRecord.State state) {
        return switch (state) {
            case PAID -> "00";
            case GREY -> "01";
            case NOT_DEBITED -> "02";
        };
    }

    @Test
    void new_till_has_nothing_in_doubt() {
        OpenPurchases open = OpenPurchases.read(log);
        assertEquals(0, open.inDoubt());
        assertEquals(List.of(), open.of(CHEN));
        assertEquals(List.of(), log.kinds());
    }

    @Test
    void intent_is_open_until_its_end_and_each_end_has_its_kind() {
        OpenPurchases open = OpenPurchases.read(log);
        open.intent(intent(1, TestCards.CHEN));
        open.intent(intent(2, TestCards.CHEN));
        open.intent(intent(3, TestCards.CHEN));
        assertEquals(3, open.unsettled().size());
        open.settled(record(1, TestCards.CHEN, "17133c5c", PurchaseRecord.State.PAID));
        open.settled(record(2, TestCards.CHEN, "00000000", PurchaseRecord.State.NOT_DEBITED));
        open.settled(record(3, TestCards.CHEN, "00000000", PurchaseRecord.State.GREY));
        assertEquals(
                List.of(
                        PURCHASE_INTENT,
                        PURCHASE_INTENT,
                        PURCHASE_INTENT,
                        PURCHASE,
                        PURCHASE_REFUSED,
                        PURCHASE_IN_DOUBT),
                log.kinds());
        assertEquals(1, open.inDoubt());
        assertFalse(open.isUnsettled(intent(3, TestCards.CHEN)));
        assertEquals(List.of(), open.unsettled());
    }

    @Test
    void grey_without_proof_is_written_once_and_with_proof_once_more() {
        OpenPurchases open = OpenPurchases.read(log);
        open.intent(intent(1, TestCards.CHEN));
        open.settled(record(1, TestCards.CHEN, "00000000", PurchaseRecord.State.GREY));
        open.settled(record(1, TestCards.CHEN, "00000000", PurchaseRecord.State.GREY));
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE_IN_DOUBT), log.kinds());
        open.settled(record(1, TestCards.CHEN, "17133c5c", PurchaseRecord.State.GREY));
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE_IN_DOUBT, PURCHASE_IN_DOUBT), log.kinds());
        assertEquals(0, open.inDoubt());
    }

    @Test
    void restart_turns_what_has_no_end_grey_and_a_second_restart_adds_nothing() {
        log.append(PURCHASE_INTENT, bytes(1, TestCards.CHEN, "00000000", greyState()));
        log.append(PURCHASE, bytes(1, TestCards.CHEN, "17133c5c", "00"));
        log.append(PURCHASE_INTENT, bytes(2, TestCards.WANG, "00000000", greyState()));
        OpenPurchases first = OpenPurchases.read(log);
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE, PURCHASE_INTENT, PURCHASE_IN_DOUBT), log.kinds());
        assertEquals(1, first.of(WANG).size());
        assertEquals(0, first.of(CHEN).size());
        assertEquals(1, OpenPurchases.read(log).inDoubt());
        assertEquals(4, log.kinds().size());
    }

    @Test
    void same_number_of_another_psam_is_another_purchase() {
        log.append(PURCHASE_INTENT, bytes(1, TestCards.CHEN, "00000000", greyState()));
        log.append(PURCHASE, bytes("00004403990000000002", 1, TestCards.CHEN, "17133c5c", "00"));
        assertEquals(1, OpenPurchases.read(log).inDoubt());
    }

    @Test
    void purchases_of_a_card_come_oldest_first() {
        OpenPurchases open = OpenPurchases.read(log);
        for (int number : new int[] {7, 3, 9}) {
            open.intent(intent(number, TestCards.CHEN));
        }
        assertEquals(
                List.of(7L, 3L, 9L),
                open.of(CHEN).stream().map(each -> each.grey().terminalSeq()).toList());
    }

    @Test
    void record_of_another_length_is_passed_over_and_one_of_another_version_stops_the_start() {
        log.append(PURCHASE_INTENT, new byte[63]);
        assertEquals(0, OpenPurchases.read(log).inDoubt());
        log.append(PURCHASE_INTENT, new byte[PurchaseRecord.LENGTH]);
        assertThrows(MalformedInput.class, () -> OpenPurchases.read(log));
    }

    @Test
    void intent_that_could_not_be_written_is_not_open() {
        OpenPurchases open = OpenPurchases.read(log);
        log.failsAfter(0);
        assertThrows(EdgeException.class, () -> open.intent(intent(1, TestCards.CHEN)));
        assertEquals(0, open.inDoubt());
    }

    @Test
    void end_that_could_not_be_written_leaves_the_purchase_open() {
        OpenPurchases open = OpenPurchases.read(log);
        open.intent(intent(1, TestCards.CHEN));
        log.failsAfter(0);
        PurchaseRecord paid = record(1, TestCards.CHEN, "17133c5c", PurchaseRecord.State.PAID);
        assertThrows(EdgeException.class, () -> open.settled(paid));
        assertTrue(open.isUnsettled(intent(1, TestCards.CHEN)));
        log.works();
        open.settled(paid);
        assertEquals(0, open.inDoubt());
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE), log.kinds());
    }
}
