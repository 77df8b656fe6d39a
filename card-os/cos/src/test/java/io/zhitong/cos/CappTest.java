package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compound purchases: records of two files change with the debit, or not at all. */
class CappTest {
    private static final String INIT = "805003020B01" + "00000064" + Purses.TERMINAL + "0F";
    private static final String PARKING = "AA0500" + "0102030405";
    private static final String METRO = "BB0300" + "C1C2C3";
    private final Bench card = Purses.personalise(Bench.blank());

    @BeforeEach
    void files() {
        card.setPurse(2, 1_000, 0, 7, 0);
        card.ok(Purses.SELECT);
        // written with a MAC from outside; a debit needs none
        card.ok("80E0 0017 07 AC 0040 F0 F0 FF 80");
        card.ok(card.macFrame(Purses.DAMK, 8, "04E200B8", PARKING));
        card.ok(card.macFrame(Purses.DAMK, 8, "04E200B8", METRO));
        card.ok("80E0 0019 07 2A 0204 F0 F0 FF 00");
        card.ok("00E200C8 04 CC010011");
    }

    private String debit(String init) {
        String session = Witness.derive(Purses.DPK, init.substring(22) + init.substring(8, 12) + "0009");
        String mac1 = Witness.mac4(session, "00000064" + "09" + Purses.TERMINAL + Purses.TIME);
        return "805401000F" + "00000009" + Purses.TIME + mac1 + "08";
    }

    private void records(String parking, String metro, String fixed) {
        card.expect("00B201BC00", parking + "9000");
        card.expect("00B202BC00", metro + "9000");
        card.expect("00B201CC00", fixed + "9000");
    }

    @Test
    void records_change_with_the_debit_and_not_before() {
        String debit = debit(card.ok(INIT));
        card.ok("80DCAAB8 08 AA0501 FFFFFFFFFF");
        card.ok("80DCBBB8 06 BB0301 EEEEEE");
        card.ok("80DCCCC8 04 CC010122");
        card.ok("80DCAAB8 08 AA0501 0A0B0C0D0E");
        card.ok(debit);
        records("AA05010A0B0C0D0E", "BB0301EEEEEE", "CC010122");
        card.expect("805C000204", "00000384 9000");
        assertEquals("9000", card.send("805A0009020007").substring(16));
    }

    @Test
    void purchase_without_a_record_is_one_too() {
        card.ok(debit(card.ok(INIT)));
        records(PARKING, METRO, "CC010011");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "GET CHALLENGE,   0084000008",
        "READ RECORD,     00B201BC00",
        "GET BALANCE,     805C000204",
        "SELECT,          00A4040009A00000000386980701",
        "unknown command, 80EE000000",
        "another update refused, 80DCDDB803DD0100"
    })
    void any_other_command_drops_records_and_transaction(String what, String frame) {
        String debit = debit(card.ok(INIT));
        card.ok("80DCAAB8 08 AA0501 FFFFFFFFFF");
        card.send(frame);
        card.expect(debit, "6901");
        records(PARKING, METRO, "CC010011");
        card.expect("805C000204", "000003E8 9000");
        // nor do they wait for the next purchase
        card.ok(debit(card.ok(INIT)));
        records(PARKING, METRO, "CC010011");
    }

    @Test
    void wrong_mac1_and_reset_leave_records_and_balance() {
        String debit = debit(card.ok(INIT));
        card.ok("80DCAAB8 08 AA0501 FFFFFFFFFF");
        card.expect(Flips.bit(debit, 8 * 16), "9302");
        card.ok(INIT);
        card.ok("80DCAAB8 08 AA0501 FFFFFFFFFF");
        card.reset();
        card.ok(Purses.SELECT);
        card.expect(debit, "6901");
        records(PARKING, METRO, "CC010011");
        card.expect("805C000204", "000003E8 9000");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "type that is in no record,    80DCDDB8 03 DD0100, 6A83",
        "record of another type,       80DCAAB8 08 BB05010102030405, 6A80",
        "shorter record,               80DCAAB8 07 AA050101020304, 6700",
        "longer record,                80DCAAB8 09 AA0501010203040506, 6700",
        "no record,                    80DCAAB8, 6700",
        "answer asked for,             80DCAAB8 08 AA05010102030405 08, 6700",
        "file by record number,        80DCAABC 08 AA05010102030405, 6A86",
        "no file,                      80DCAA00 08 AA05010102030405, 6A86",
        "file that is not there,       80DCAAD8 08 AA05010102030405, 6A82",
        "binary file,                  80DCAAA8 08 AA05010102030405, 6981",
        "log,                          80DC00C0 17 0000000000000000000000000000000000000000000000, 6981",
        "class 84,                     84DCAAB8 08 AA05010102030405, 6E00"
    })
    void update_that_does_not_fit_is_refused(String what, String frame, String word) {
        card.ok(INIT);
        card.expect(frame, word);
        records(PARKING, METRO, "CC010011");
    }

    @Test
    void update_belongs_to_capp_only() {
        String frame = "80DCAAB8 08 AA05010102030405";
        card.expect(frame, "6901");
        card.ok(Purses.initPurchase(1));
        card.expect(frame, "6901");
        card.ok(Purses.initLoad(1));
        card.expect(frame, "6901");
    }

    @Test
    void fifth_record_of_one_purchase_answers_6A84() {
        card.ok(INIT);
        for (int i = 0; i < 4; i++) {
            card.ok("80DCCCC8 04 CC010122");
        }
        card.expect("80DCCCC8 04 CC010133", "6A84");
        records(PARKING, METRO, "CC010011");
    }

    @Test
    void file_that_nobody_may_write_is_not_written_by_a_debit_either() {
        card.ok("80E0 001A 07 2A 0104 F0 F0 FF 00");
        card.ok("00E200D0 04 EE010000");
        card.ok("80E0 001B 07 2C 0010 F0 EF FF 00");
        card.ok(INIT);
        card.expect("80DC00D8 02 0001", "6982");
        card.ok(INIT);
        card.ok("80DCEED0 04 EE010001");
    }
}
