package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.Nvm;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secure messaging of docs/card.md in all its forms, with every single bit of the frame turned. */
class SecureMessagingFlipTest {
    private static final String KEY_DATA = "FEF0F00204" + "5e".repeat(16);
    private static final Nvm CARD = card();

    /** A form of protected command: the frame after a fresh challenge. */
    enum Form {
        WRITE_WITH_MAC(b -> b.macFrame(Purses.DAMK, 8, "04D69902", "A1A2")),
        WRITE_WITH_MAC_AND_SHORT_CHALLENGE(b -> b.macFrame(Purses.DAMK, 4, "04D69902", "A1A2")),
        WRITE_ENCRYPTED(b -> b.sealedFrame(Purses.DAMK, "04D69A00", "0102030405")),
        APPEND_WITH_MAC(b -> b.macFrame(Purses.DAMK, 16, "04E200D8", "01020304")),
        UPDATE_RECORD_WITH_MAC(b -> b.macFrame(Purses.DAMK, 16, "04DC01DC", "05060708")),
        KEY_ADDED_SEALED(b -> b.sealedFrame(Purses.CONTROL, "84D40102", KEY_DATA)),
        KEY_REPLACED_SEALED(b -> b.sealedFrame(Purses.CONTROL, "84D4FE01", KEY_DATA)),
        READ_WITH_MAC(b -> b.macFrame(Purses.DAMK, 8, "04B09900", "")),
        READ_RECORD_WITH_MAC(b -> b.macFrame(Purses.DAMK, 8, "04B201DC", ""));

        final Function<Bench, String> frame;

        Form(Function<Bench, String> frame) {
            this.frame = frame;
        }
    }

    private static Nvm card() {
        Bench bench = Purses.personalise(Bench.blank());
        bench.ok("80E00019 07 A8 0008 F0 F0 FF 00");
        bench.ok("80E0001A 07 E8 0020 F0 F0 FF 80");
        bench.ok("80E0001B 07 AA 0404 F0 F0 FF 00");
        bench.ok(bench.macFrame(Purses.DAMK, 8, "04E200D8", "11121314"));
        return bench.card().nvm();
    }

    private static Bench bench() {
        Bench bench = Bench.on(CARD.copy(), Bench.seeded(8));
        bench.ok(Purses.SELECT);
        return bench;
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void frame_as_it_is_does_its_work(Form form) {
        Bench bench = bench();
        String answer = bench.send(form.frame.apply(bench));
        assertTrue(answer.endsWith("9000"), answer);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void every_bit_turned_is_noticed_and_changes_no_file_and_no_key(Form form) {
        Bench first = bench();
        String frame = form.frame.apply(first);
        String before = withoutTries(first.dump());
        Map<String, Integer> words = new TreeMap<>();
        for (int bit = 0; bit < 4 * frame.length(); bit++) {
            Bench bench = bench();
            assertEquals(frame, form.frame.apply(bench));
            String answer = bench.send(Flips.bit(frame, bit));
            assertFalse(answer.endsWith("9000"), "bit " + bit);
            assertEquals(4, answer.length(), "bit " + bit);
            assertEquals(before, withoutTries(bench.dump()), "bit " + bit);
            words.merge(answer, 1, Integer::sum);
        }
        // all of data and MAC behind the five bytes of the header, and some of the header
        assertTrue(words.get("6988") >= 4 * (frame.length() - 10), words.toString());
    }

    /** The dump with the low nibble of every key's tries left out: a wrong MAC may cost one. */
    private static String withoutTries(String dump) {
        return dump.replaceAll("(39f0f00f04|36f0f0ff04)3[0-3]", "$1--")
                .replaceAll("(36|39)(00f0f0[0-9a-f]{4})3[0-3]", "$1$2--");
    }

    @Test
    void comparison_leaves_out_tries_only() {
        Bench bench = bench();
        String full = bench.dump();
        bench.ok("0084000008");
        bench.expect("04D6990006A1A200000000", "6988");
        assertNotEquals(full, bench.dump());
        assertEquals(withoutTries(full), withoutTries(bench.dump()));
        assertNotEquals(withoutTries(full), withoutTries(full.replace("11121314", "11121315")));
        assertNotEquals(withoutTries(full), withoutTries(full.replace(Purses.DPK, "ff" + Purses.DPK.substring(2))));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void frame_under_another_challenge_is_refused(Form form) {
        Bench bench = bench();
        String frame = form.frame.apply(bench);
        String before = withoutTries(bench.dump());
        bench.ok("0084000010");
        bench.expect(frame, "6988");
        bench.expect(frame, "6984");
        assertEquals(before, withoutTries(bench.dump()));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void frame_played_again_is_refused(Form form) {
        Bench bench = bench();
        String frame = form.frame.apply(bench);
        assertTrue(bench.send(frame).endsWith("9000"));
        String after = withoutTries(bench.dump());
        String replayed = bench.send(frame);
        assertTrue(replayed.equals("6984") || replayed.equals("6985"), replayed);
        assertEquals(after, withoutTries(bench.dump()));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void frame_under_another_key_is_refused(Form form) {
        Bench other = bench();
        String header = form.frame.apply(other).substring(0, 8);
        for (String key : new String[] {Purses.DPK, Purses.DLK, Purses.DTK, "00".repeat(16)}) {
            Bench bench = bench();
            boolean hasData = !header.startsWith("04B0") && !header.startsWith("04B2");
            bench.expect(bench.macFrame(key, 16, header, hasData ? "00".repeat(16) : ""), "6988");
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void three_wrong_macs_block_the_key_for_every_form_under_it(Form form) {
        Bench bench = bench();
        for (String sw : new String[] {"6988", "6988", "6988", "6983", "6983"}) {
            String frame = form.frame.apply(bench);
            bench.expect(Flips.bit(frame, 4 * frame.length() - 1), sw);
        }
        bench.expect(form.frame.apply(bench), "6983");
        bench.reset();
        bench.ok(Purses.SELECT);
        bench.expect(form.frame.apply(bench), "6983");
    }

    @Test
    void every_bit_of_a_protected_answer_is_under_its_mac() {
        Bench bench = bench();
        bench.ok(bench.macFrame(Purses.DAMK, 8, "04D69900", "0102030405060708"));
        String challenge = bench.ok("0084000008");
        String read = "04B0990004";
        String answer = bench.ok(read + Witness.mac4(Purses.DAMK, challenge + "00".repeat(8), read) + "0C");
        assertEquals("0102030405060708", answer.substring(0, 16));
        String mac = Witness.mac4(Purses.DAMK, challenge + "00".repeat(8), answer.substring(0, 16));
        assertEquals(mac, answer.substring(16));
        assertNotEquals(
                mac,
                Witness.mac4(
                        Purses.DAMK,
                        challenge + "00".repeat(8),
                        Flips.bit(answer, 17).substring(0, 16)));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void key_and_key_pair_commands_take_no_short_challenge(int n) {
        Bench bench = bench();
        String before = bench.dump();
        bench.expect(bench.macFrame(Purses.CONTROL, n, "84D40102", "00".repeat(32)), "6984");
        assertEquals(before, bench.dump());
        Bench access = Bench.on(Accesses.personalise("").card().nvm(), Bench.seeded(2));
        access.ok(Accesses.SELECT);
        String kept = access.dump();
        access.expect(access.macFrame(Purses.CONTROL, n, "84F60001", ""), "6984");
        assertEquals(kept, access.dump());
    }

    @Test
    void right_mac_over_content_that_is_refused_costs_no_try() {
        for (String frame : Stream.of(
                        "04D69908|A1", "04D69900|A1A2A3A4A5A6A7A8A9", "04DC09DC|01020304", "04E200D8|0102")
                .toList()) {
            Bench bench = bench();
            String before = bench.dump();
            String[] parts = frame.split("\\|");
            String answer = bench.send(bench.macFrame(Purses.DAMK, 16, parts[0], parts[1]));
            assertTrue(Stream.of("6B00", "6A83", "6700").anyMatch(answer::equals), frame + " " + answer);
            assertEquals(before, bench.dump());
        }
    }

    @ParameterizedTest(name = "plain block {0}")
    @ValueSource(
            strings = {
                "10000000000000000000000000000000", // a length beyond the blocks
                "FF000000000000000000000000000000",
                "05010203040500000000000000000000", // padding without its 80
                "05010203040580000000000000000001", // padding not of zeros
                "05010203040581000000000000000000",
                "0E0102030405060708090A0B0C0D0E00" // aligned but for one byte, which is not 80
            })
    void wrongly_padded_plain_text_is_refused_after_its_mac_held(String plain) {
        Bench bench = bench();
        String before = bench.dump();
        String sealed = Witness.ecb(Purses.DAMK, plain);
        bench.expect(bench.macFrame(Purses.DAMK, 16, "04D69A00", sealed), "6A80");
        assertEquals(before, bench.dump());
    }

    @Test
    void plain_and_protected_forms_do_not_stand_for_each_other() {
        Bench bench = bench();
        bench.expect("00D6990002A1A2", "6987");
        bench.expect("00D69A0002A1A2", "6987");
        bench.expect("00E200D80401020304", "6987");
        bench.expect("00DC01DC0401020304", "6987");
        bench.expect("00B0990000", "6987");
        bench.expect("00B201DC00", "6987");
        bench.expect(bench.macFrame(Purses.DAMK, 8, "04D69500", "A1A2"), "6985");
        bench.expect(bench.macFrame(Purses.DAMK, 8, "04B09500", ""), "6985");
    }
}
