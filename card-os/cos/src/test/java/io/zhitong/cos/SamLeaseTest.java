package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A leased PSAM: what a thief can still do with it ends by date, and by count where he holds the clock. */
class SamLeaseTest {
    private static final String SELECT = "00A4000002DF02";
    private final Bench sam = leased("20261130", "00000003");

    private static Bench leased(String last, String ceiling) {
        Bench sam = SamTest.personalise();
        sam.ok(SELECT);
        sam.ok("80E0001B 07 28 0004 F0 EF FF 00");
        sam.ok("80E0001A 07 A8 0008 F0 F0 FF 81");
        sam.expect(renewal(sam, last + ceiling), "9000");
        return sam;
    }

    /** Line protection key 36/01 is the owner's lease key. */
    private static String renewal(Bench sam, String lease8) {
        return sam.macFrame(SamTest.MASTER, 16, "04D69A00", lease8);
    }

    private static String init(String date) {
        return "807000001C" + "01020304" + "0001" + "00000064" + "06" + date + "101112" + "0104" + SamTest.SERIAL
                + "08";
    }

    @Test
    void date_behind_the_last_of_the_lease_is_refused_without_using_up_a_number() {
        sam.expect(init("20261201"), "6985");
        assertEquals("00000000", sam.ok(init("20261130")).substring(0, 8));
        sam.expect(init("20270101"), "6985");
    }

    @Test
    void grey_lock_is_leased_as_a_purchase_and_ending_one_is_not() {
        String lock = "E04000001C" + "01020304" + "0001" + "00000064" + "92" + "%s101112" + "0104" + SamTest.SERIAL;
        sam.expect(String.format(lock, "20261201"), "6985");
        assertEquals("00000000", sam.ok(String.format(lock, "20261130")).substring(0, 8));
        for (int i = 1; i <= 3; i++) {
            sam.ok(String.format(lock, "20261130"));
        }
        sam.expect(String.format(lock, "20261130"), "6985");
        sam.ok("E044000011" + "94" + "00000064" + "0001" + "0104" + SamTest.SERIAL);
    }

    @Test
    void date_more_than_a_day_before_the_highest_seen_is_refused_also_after_reset() {
        sam.ok(init("20261125"));
        sam.expect(init("20261123"), "6985");
        sam.reset();
        sam.ok(SELECT);
        sam.expect(init("20261123"), "6985");
        assertEquals("00000001", sam.ok(init("20261124")).substring(0, 8));
        sam.expect("00B09B0004", "20261125 9000");
        assertEquals("00000002", sam.ok(init("20261126")).substring(0, 8));
        sam.expect("00B09B0004", "20261126 9000");
    }

    @ParameterizedTest
    @CsvSource({
        "20261101, 20261031, 9000",
        "20261101, 20261030, 6985",
        "20240301, 20240229, 9000",
        "20250301, 20250228, 9000",
        "20260101, 20251231, 9000",
        "20261101, 20261131, 6985",
        "20261101, 2026110A, 6985"
    })
    void day_before_is_that_of_the_calendar(String highest, String date, String sw) {
        sam.ok(init(highest));
        assertTrue(sam.send(init(date)).endsWith(sw));
    }

    @Test
    void number_above_the_ceiling_is_refused_whatever_the_date_says() {
        for (String number : List.of("00000000", "00000001", "00000002", "00000003")) {
            assertEquals(number, sam.ok(init("20261101")).substring(0, 8));
        }
        sam.expect(init("20261101"), "6985").expect(init("20261102"), "6985");
        sam.expect(renewal(sam, "2026113000000004"), "9000");
        assertEquals("00000004", sam.ok(init("20261101")).substring(0, 8));
        sam.expect(init("20261101"), "6985");
    }

    @Test
    void renewal_needs_the_lease_key_and_a_challenge_of_16() {
        String lease = "2027010100000100";
        sam.expect(sam.macFrame(SamTest.MASTER, 8, "04D69A00", lease), "6984");
        sam.expect(sam.macFrame(SamTest.MASTER, 4, "04D69A00", lease), "6984");
        sam.expect(sam.macFrame(Purses.CONTROL, 16, "04D69A00", lease), "6988");
        sam.expect("00D69A0008" + lease, "6987");
        sam.expect("00D69B000420260101", "6982");
        String heard = renewal(sam, lease);
        sam.expect(heard, "9000").expect(heard, "6984");
        sam.ok("0084000010");
        sam.expect(heard, "6988");
        sam.ok(init("20261231"));
    }

    @Test
    void grey_lock_is_leased_too() {
        String lock = "E04000001C" + "01020304" + "0001" + "00000064" + "92" + "%s101112" + "0104" + SamTest.SERIAL;
        sam.expect(String.format(lock, "20261201"), "6985");
        assertEquals("00000000", sam.ok(String.format(lock, "20261130")).substring(0, 8));
    }

    @Test
    void sam_without_a_lease_file_has_none_and_one_without_the_seen_file_issues_nothing() {
        Bench free = SamTest.personalise();
        free.ok(SELECT);
        free.ok(init("20991231"));
        free.ok(init("20010101"));
        free.ok("80E0001A 07 A8 0008 F0 F0 FF 81");
        free.expect(init("20261101"), "6A82");
    }

    @ParameterizedTest
    @CsvSource({"28 0007, 28 0004", "2C 0020, 28 0004", "28 0008, 28 0003", "28 0008, 2C 0010"})
    void lease_of_the_wrong_shape_lets_nothing_through(String lease, String seen) {
        Bench odd = SamTest.personalise();
        odd.ok(SELECT);
        odd.ok("80E0001A 07" + lease + "F0 F0 FF 00");
        odd.ok("80E0001B 07" + seen + "F0 EF FF 00");
        odd.expect(init("20261101"), "6A82");
    }

    @Test
    void fresh_lease_of_zeros_lets_nothing_through() {
        Bench free = SamTest.personalise();
        free.ok(SELECT);
        free.ok("80E0001B 07 28 0004 F0 EF FF 00");
        free.ok("80E0001A 07 A8 0008 F0 F0 FF 81");
        free.expect(init("20261101"), "6985");
    }

    @Test
    void cut_anywhere_keeps_date_seen_and_number_together() {
        sam.ok(init("20261101"));
        Step next = new Step(
                "init with a new date",
                b -> {
                    b.ok(SELECT);
                    return init("20261105");
                },
                "9000");
        Nvm nvm = sam.card().nvm();
        int operations = TearTest.uncut(next, nvm.copy());
        for (int k = 1; k <= operations; k++) {
            for (TornContent torn : TornContent.values()) {
                Bench cut = Bench.on(nvm.copy(), Bench.seeded(1));
                cut.ok(SELECT);
                cut.card().nvm().cutPower(new PowerCut(k, torn));
                assertThrows(PowerLoss.class, () -> cut.send(init("20261105")));
                cut.reset();
                cut.ok(SELECT);
                boolean done = cut.ok("00B0990004").equals("00000002");
                assertEquals(done ? "20261105" : "20261101", cut.ok("00B09B0004"), "cut " + k + " " + torn);
            }
        }
    }
}
