package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.smcrypto.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PSAM against terminals that lie, repeat, or ask in the wrong order, and at the end of its numbers. */
class SamMisuseTest {
    private static final String SELECT = "00A4000002DF02";
    private static final Nvm SAM = SamTest.personalise().card().nvm();
    private final Bench sam = Bench.on(SAM.copy(), Bench.seeded(1));

    private static String init(String type, String version, String algorithm) {
        return "807000001C" + "01020304" + "0001" + "00000064" + type + Purses.TIME + version + algorithm
                + SamTest.SERIAL + "08";
    }

    private static final String INIT = init("06", "01", "04");

    private static String mac2(String answer, long amount) {
        byte[] dpk = CardAlgorithm.SM4.diversify(Hex.parse(SamTest.MASTER), Hex.parse(SamTest.SERIAL));
        long number = Long.parseLong(answer.substring(0, 8), 16);
        byte[] seed = PurseCryptograms.offlineSeed(Hex.parse("01020304"), 1, number);
        byte[] session = CardAlgorithm.SM4.sessionKey(dpk, seed);
        return Hex.of(CardAlgorithm.SM4.mac4(session, PurseCryptograms.purchaseMac2(amount)));
    }

    private void select() {
        sam.ok(SELECT);
    }

    @ParameterizedTest(name = "type {0}: {1}")
    @CsvSource({
        "04, 9000",
        "05, 9000",
        "06, 9000",
        "09, 9000",
        "01, 6A80",
        "02, 6A80",
        "03, 6A80",
        "07, 6A80",
        "00, 6A80",
        "91, 6A80",
        "FF, 6A80"
    })
    void only_debits_without_a_host_are_authorised(String type, String sw) {
        select();
        String answer = sam.send(init(type, "01", "04"));
        assertEquals(sw, answer.substring(answer.length() - 4));
        sam.expect("00B0990000", (sw.equals("9000") ? "00000001" : "00000000") + "9000");
    }

    @Test
    void mac2_is_asked_once() {
        select();
        String credit = "8072000004" + mac2(sam.ok(INIT), 100);
        sam.ok(credit);
        sam.expect(credit, "6901");
    }

    @Test
    void mac2_of_another_amount_number_or_card_is_wrong_and_the_tries_come_back_with_a_right_one() {
        select();
        String first = sam.ok(INIT);
        sam.expect("8072000004" + mac2(first, 101), "9302");
        String second = sam.ok(INIT);
        assertNotEquals(first, second);
        sam.expect("8072000004" + mac2(first, 100), "9302");
        String third = sam.ok(INIT.replace(SamTest.SERIAL, "4403010112345679"));
        sam.expect("8072000004" + mac2(third, 100), "9302");
        String before = sam.dump();
        sam.ok("8072000004" + mac2(sam.ok(INIT), 100));
        assertNotEquals(before, sam.dump());
        for (int i = 0; i < 14; i++) {
            sam.ok(INIT);
            sam.expect("8072000004" + "00000000", "9302");
        }
        sam.ok("8072000004" + mac2(sam.ok(INIT), 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0084000008", SELECT, "801A3B0108" + SamTest.SERIAL, "00B0990000", "FFFF0000"})
    void purchase_is_forgotten_by_any_command_between_and_its_number_is_used_up(String between) {
        select();
        String credit = "8072000004" + mac2(sam.ok(INIT), 100);
        sam.send(between);
        sam.expect(credit, "6901");
        assertEquals("00000001", sam.ok(INIT).substring(0, 8));
    }

    @Test
    void blocked_master_stays_blocked_after_reset_and_others_work_on() {
        select();
        sam.ok(sam.sealedFrame(Purses.CONTROL, "84D40102", "FEF0F00204" + SamTest.MASTER));
        for (int i = 0; i < 15; i++) {
            sam.ok(INIT);
            sam.expect("807200000400000000", i < 14 ? "9302" : "9303");
        }
        sam.reset();
        select();
        String blocked = sam.dump();
        sam.expect(INIT, "9303");
        assertEquals(blocked, sam.dump());
        assertEquals("0000000F", sam.ok(init("06", "02", "04")).substring(0, 8));
    }

    @Test
    void last_number_is_never_issued_and_nothing_wraps() {
        Bench end = withSequence("FFFFFFFD");
        assertEquals("FFFFFFFD", end.ok(INIT).substring(0, 8));
        assertEquals("FFFFFFFE", end.ok(INIT).substring(0, 8));
        String before = end.dump();
        end.expect(INIT, "9402");
        end.expect(INIT, "9402");
        assertEquals(before, end.dump());
    }

    /** A SAM whose number file may be written, for the test alone. */
    private static Bench withSequence(String number) {
        Bench bench = Bench.on(SAM.copy(), Bench.seeded(1));
        String own = Hex.of(CardAlgorithm.SM4.diversify(Bench.BATCH_KEY, Bench.CHIP.chipId()));
        bench.ok(bench.authenticateFrame(own));
        bench.ok("80E0DF03 0D 38 0300 F0 F0 01 FF FF 5053414D32");
        bench.ok("00A4000002DF03");
        bench.ok("80E00000 07 3F 0100 01 01 FF FF");
        bench.ok(bench.sealedFrame(own, "84D40100", "F9F0F00F33" + Purses.CONTROL));
        bench.ok(bench.sealedFrame(Purses.CONTROL, "84D40101", "FEF0F00104" + SamTest.MASTER));
        bench.ok("80E00019 07 28 0004 F0 F0 FF 00");
        bench.ok("00D6990004" + number);
        return bench;
    }

    @Test
    void sam_without_terminal_number_or_number_file_gives_no_number() {
        Bench bare = Bench.on(SAM.copy(), Bench.seeded(1));
        String own = Hex.of(CardAlgorithm.SM4.diversify(Bench.BATCH_KEY, Bench.CHIP.chipId()));
        bare.ok(bare.authenticateFrame(own));
        bare.ok("80E0DF03 0D 38 0300 F0 F0 01 FF FF 5053414D32");
        bare.ok("00A4000002DF03");
        bare.expect(INIT, "9403");
        bare.ok("80E00000 07 3F 0100 01 01 FF FF");
        bare.ok(bare.sealedFrame(own, "84D40100", "F9F0F00F33" + Purses.CONTROL));
        bare.ok(bare.sealedFrame(Purses.CONTROL, "84D40101", "FEF0F00104" + SamTest.MASTER));
        bare.expect(INIT, "6A82");
        // records and directories are no place for a number
        bare.ok("80E00019 07 2A 0104 F0 F0 FF 00");
        String before = bare.dump();
        bare.expect(INIT, "6A82");
        assertEquals(before, bare.dump());
    }

    @Test
    void masters_are_not_read_by_any_command_and_not_encrypted_with() {
        select();
        for (String frame : new String[] {
            "00B0800000",
            "00A40000020000",
            "00B2010400",
            "0088000110" + "00".repeat(16),
            "0088010110" + "00".repeat(16),
            "0088020110" + "00".repeat(16),
            "801A3E0108" + SamTest.SERIAL,
            "801A340108" + SamTest.SERIAL
        }) {
            String answer = sam.send(frame);
            assertEquals(4, answer.length(), frame);
            assertNotEquals("9000", answer, frame);
        }
    }

    @ParameterizedTest(name = "usage {0} of {1} factors")
    @CsvSource({"30, 1", "50, 2", "70, 3"})
    void delivered_key_goes_through_every_level_in_the_order_of_the_page(String usage, int levels) {
        String[] factors = {SamTest.SERIAL, "0000000000440301", SamTest.CITY};
        StringBuilder upwards = new StringBuilder();
        String key = SamTest.MASTER;
        for (int i = 0; i < levels; i++) {
            upwards.append(factors[i]);
            key = Hex.of(CardAlgorithm.SM4.diversify(Hex.parse(key), Hex.parse(factors[levels - 1 - i])));
        }
        select();
        sam.ok(String.format("801A%s01%02X", usage, 8 * levels) + upwards);
        assertEquals(Witness.ecb(key, "00".repeat(16)), sam.ok("80FA000010" + "00".repeat(16)));
    }

    @ParameterizedTest(name = "key of usage {0}: mode 00 {1}, 05 {2}, 10 {3}")
    @CsvSource({
        "30, 9000, 6985, 6985",
        "39, 9000, 6985, 6985",
        "32, 6985, 9000, 6985",
        "36, 6985, 9000, 6985",
        "3B, 6985, 6985, 9000"
    })
    void delivered_key_does_what_its_type_says_and_nothing_else(String usage, String ecb, String mac, String cmac) {
        select();
        String id = usage.equals("39") ? "00" : "01";
        sam.ok("801A" + usage + id + "08" + SamTest.SERIAL);
        String message = "5A544631" + "00".repeat(28);
        for (String[] each : new String[][] {{"00", ecb}, {"05", mac}, {"10", cmac}}) {
            String answer = sam.send("80FA" + each[0] + "0020" + message);
            assertEquals(each[1], answer.substring(answer.length() - 4), "mode " + each[0]);
        }
    }
}
