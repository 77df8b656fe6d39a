package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.smcrypto.Hex;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an order of a SAM says, and which orders there are not. */
class SamOrderTest {
    private static final SamOrder PLAIN = TestOrders.sam(SamOrder.Kind.PURCHASE);

    @Test
    void plain_order_is_given_to_the_community_without_a_lease_for_our_own_cards() {
        assertArrayEquals(TestOrders.COMMUNITY, PLAIN.receiver());
        assertTrue(PLAIN.lease().isEmpty());
        assertEquals(false, PLAIN.boughtCards());
    }

    @Test
    void each_change_keeps_the_rest() {
        LeaseTerms lease = new LeaseTerms(LocalDate.of(2026, 12, 31), 9);
        SamOrder all = PLAIN.leased(lease).withBoughtCards().receivedBy(Hex.parse("0000000000000043"));
        assertEquals(lease, all.lease().orElseThrow());
        assertTrue(all.boughtCards());
        assertEquals("0000000000000043", Hex.of(all.receiver()));
        assertArrayEquals(PLAIN.serial(), all.serial());
        assertArrayEquals(PLAIN.terminal(), all.terminal());
        SamBlank first = all.blank();
        assertArrayEquals(PLAIN.serial(), first.serial());
        assertArrayEquals(TestOrders.CITY, first.city());
        assertEquals(SamOrder.Kind.PURCHASE, first.kind());
    }

    @Test
    void order_cannot_be_changed_behind_its_back() {
        byte[] serial = PLAIN.serial();
        serial[0] ^= 1;
        PLAIN.city()[0] ^= 1;
        PLAIN.receiver()[0] ^= 1;
        assertEquals("00004403990000000001", Hex.of(PLAIN.serial()));
        assertArrayEquals(TestOrders.CITY, PLAIN.city());
        assertArrayEquals(TestOrders.COMMUNITY, PLAIN.receiver());
    }

    @ParameterizedTest
    @CsvSource({"7, 8, 10, 6", "8, 7, 10, 6", "8, 8, 9, 6", "8, 8, 10, 5"})
    void numbers_of_other_lengths_are_no_order(int city, int community, int serial, int terminal) {
        byte[] theirs = new byte[community];
        theirs[0] = 1;
        assertThrows(
                IllegalArgumentException.class,
                () -> new SamOrder(
                        SamOrder.Kind.PURCHASE, new byte[city], theirs, new byte[serial], new byte[terminal], 1));
        assertThrows(IllegalArgumentException.class, () -> PLAIN.receivedBy(new byte[7]));
        assertThrows(
                IllegalArgumentException.class, () -> new SamBlank(SamOrder.Kind.ACCESS, new byte[8], new byte[9], 1));
    }
}
