package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.Hex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Literal frames of docs/keys.md, wire format. */
class WireTest {
    private final EchoKeys keys = new EchoKeys();
    private final VaultDispatcher dispatcher = VaultDispatcher.forMachine(keys);

    @Test
    void status_is_asked_with_two_bytes_and_answered_in_the_published_order() {
        assertEquals(
                "00" + "02" + "01" + "0000000000000007" + "0000010000000000" + "00".repeat(32) + "0006"
                        + "e6a8a1e59d97",
                answer("01 01"));
    }

    @Test
    void wrap_frame_carries_every_field_in_its_place() {
        String control = "03 01 02 4403ff0000000000 4403000100000001";
        String key = "0c 02 02 4403ff0000000000 4403000100000001";
        String answer = answer("01 04 0001" + control + "000102030405060708090a0b0c0d0e0f" + "84d43e01" + "3ef00f0204"
                + key + "02 aabb");

        assertEquals("00" + "0001" + "0005" + "3ef00f0204", answer);
        WrapRequest asked = (WrapRequest) ((List<?>) keys.asked.get(0)).get(0);
        assertEquals(KeyUsage.PURSE_CONTROL, asked.control().usage());
        assertEquals(KeyUsage.DPK, asked.key().usage());
        assertEquals(2, asked.key().version());
        assertEquals("4403000100000001", Hex.of(asked.key().factors().get(1)));
        assertEquals("000102030405060708090a0b0c0d0e0f", Hex.of(asked.iv()));
        assertEquals("aabb", Hex.of(asked.suffix()));
    }

    @Test
    void verify_frame_is_answered_with_one_byte_an_item() {
        String key = "0e 01 02 4403ff0000000000 4403000100000001";
        String right = key + "00" + "0003 010203" + "04 01000000";
        String wrong = key + "08 0102030405060708" + "0001 ff" + "04 00000000";

        assertEquals("00" + "0002" + "01" + "00", answer("01 06 0002" + right + wrong));
    }

    @Test
    void refusal_is_its_code_and_a_text() {
        String answer = answer("01 0a 05 ff");
        ByteReader in = new ByteReader(Hex.parse(answer));

        assertEquals(2, in.u8());
        assertTrue(in.text().contains("审计"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "02 01",
                "01 10",
                "01 01 00",
                "01 03",
                "01 03 0010 00",
                "01 04",
                "01 04 0001",
                "01 04 2711",
                "01 05 0001 0b01",
                "01 06 0001 ff 01 00",
                "01 06 0001 0e 00 00",
                "01 06 0001 0e 01 04",
                "01 08 0a 01 00 09 00",
                "01 0b 06",
                "01 0d 00 01",
                "01 0d 01 00 01",
                "01 0d 01 05 09",
                "01 0d 01 05 02 00",
                "01 0c 03 0003 706f73 0002 3433 0001 30",
                "01 0c 01 0003 706f74 0002 3433 0001 30",
                "01 0c 01 0003 706f73 0002 2f2f 0001 30"
            })
    void malformed_request_is_refused_as_such_and_nothing_is_asked(String hex) {
        assertEquals("07", answer(hex).substring(0, 2), "refusal MALFORMED");
        assertEquals(List.of(), keys.asked);
    }

    @Test
    void random_bytes_never_break_the_dispatcher() {
        Random random = new Random(20261121);
        for (int i = 0; i < 20_000; i++) {
            byte[] request = new byte[random.nextInt(60)];
            random.nextBytes(request);
            if (request.length > 1) {
                request[0] = 1;
                request[1] = (byte) (1 + random.nextInt(15));
            }
            assertTrue(dispatcher.answer(request).length > 0);
        }
    }

    @Test
    void stranger_may_only_enrol() {
        VaultDispatcher stranger = VaultDispatcher.forStranger(
                (token, enrolment) -> new MachineCertificate(token + " " + enrolment.name()));

        String enrolled = "t backend/1";
        assertEquals(
                "00" + "000b" + Hex.of(enrolled.getBytes(StandardCharsets.US_ASCII)),
                Hex.of(stranger.answer(Hex.parse("01 0f 0001 74 01 0007 6261636b656e64 0001 31 0001 30"))));
        for (int op = 1; op < 0x0f; op++) {
            byte[] answer = stranger.answer(new byte[] {1, (byte) op});
            assertEquals(12, answer[0], "op " + op + ": CALLER_NOT_ALLOWED");
        }
        assertEquals(12, dispatcher.answer(Hex.parse("01 0f 0001 74"))[0], "a machine has no use for a token");
        assertEquals(12, dispatcher.answer(Hex.parse("01 00"))[0], "no such question");
        assertEquals(12, dispatcher.answer(Hex.parse("01 ff"))[0], "no such question");
    }

    @Test
    void frame_has_its_length_before_it() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VaultFrames.write(out, Hex.parse("0101"));

        assertEquals("000000020101", Hex.of(out.toByteArray()));
        assertArrayEquals(
                Hex.parse("0101"),
                VaultFrames.read(new ByteArrayInputStream(out.toByteArray())).orElseThrow());
        assertFalse(VaultFrames.read(new ByteArrayInputStream(new byte[0])).isPresent());
    }

    @Test
    void cut_empty_and_over_large_frames_are_refused() {
        assertThrows(EOFException.class, () -> read("00"));
        assertThrows(EOFException.class, () -> read("0000000201"));
        assertEquals(KeyRefusal.TOO_LARGE, refusal("00000000"));
        assertEquals(KeyRefusal.TOO_LARGE, refusal("00400001"));
        assertEquals(KeyRefusal.TOO_LARGE, refusal("ffffffff"));
    }

    private static KeyRefusal refusal(String hex) {
        return assertThrows(KeyServiceException.class, () -> read(hex)).reason();
    }

    private static void read(String hex) throws IOException {
        VaultFrames.read(new ByteArrayInputStream(Hex.parse(hex)));
    }

    private String answer(String hex) {
        return Hex.of(dispatcher.answer(Hex.parse(hex)));
    }
}
