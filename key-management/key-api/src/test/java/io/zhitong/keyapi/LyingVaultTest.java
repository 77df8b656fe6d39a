package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever bytes come back, the caller gets the answer, the vault's refusal or UNAVAILABLE. */
@Timeout(60)
class LyingVaultTest {

    private static final KeyRef DTK =
            KeyRef.of(KeyUsage.DTK, 1, Hex.parse("4403ff0000000000"), Hex.parse("4403000100000001"));
    private static final VerifyRequest TAC = new VerifyRequest(DTK, new byte[0], new byte[23], new byte[4]);
    private static final AtomicReference<byte[]> ANSWER = new AtomicReference<>(new byte[1]);
    private static TestPeer peer;
    private static RemoteKeyService keys;

    @BeforeAll
    static void connect() throws IOException {
        peer = TestPeer.answering(request -> ANSWER.get());
        keys = peer.client(Duration.ofSeconds(10));
    }

    @AfterAll
    static void close() throws IOException {
        keys.close();
        peer.close();
    }

    private static KeyRefusal refusal(String answer, Executable act) {
        ANSWER.set(Hex.parse(answer));
        return assertThrows(KeyServiceException.class, act).reason();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNAVAILABLE")
    void each_refusal_of_the_vault_reaches_the_caller_by_name(KeyRefusal reason) {
        String answer = Hex.of(VaultDispatcher.refusal(new KeyServiceException(reason, "密钥库")));
        assertEquals(reason, refusal(answer, keys::status));
    }

    @ParameterizedTest
    @CsvSource({
        "no answer to one item,      00 0000",
        "two answers to one item,    00 0002 01 01",
        "an item that is cut,        00 0001",
        "a byte too much,            00 0001 01 00",
        "neither right nor wrong,    00 0001 02",
        "more items than there are,  00 FFFF 01",
        "a refusal without its text, 02",
        "a text longer than it is,   02 00FF 61",
        "a text that is not UTF-8,   02 0001 FF"
    })
    void check_of_a_tac_is_never_true_by_mistake(String what, String answer) {
        KeyRefusal refusal = refusal(answer, () -> keys.verifyMacs(List.of(TAC)));
        assertTrue(refusal == KeyRefusal.UNAVAILABLE || refusal == KeyRefusal.MALFORMED, what + ": " + refusal);
    }

    @Test
    void answer_is_the_vaults_only_if_every_byte_of_it_is_there() {
        byte[] whole = new ByteWriter()
                .u8(0)
                .u8(1)
                .u8(0)
                .u64(7)
                .u64(9)
                .bytes(new byte[32])
                .text("soft")
                .toByteArray();
        ANSWER.set(whole);
        assertEquals("soft", keys.status().module());
        for (int length = 1; length < whole.length; length++) {
            assertEquals(
                    KeyRefusal.UNAVAILABLE,
                    refusal(Hex.of(java.util.Arrays.copyOf(whole, length)), keys::status),
                    "length " + length);
        }
    }

    @Test
    void random_answers_end_in_a_refusal_or_in_a_value_and_in_nothing_else() {
        Random random = new Random(15);
        for (int round = 0; round < 400; round++) {
            byte[] answer = new byte[1 + random.nextInt(80)];
            random.nextBytes(answer);
            answer[0] = (byte) random.nextInt(17);
            ANSWER.set(answer);
            try {
                switch (round % 4) {
                    case 0 -> keys.status();
                    case 1 -> keys.keys();
                    case 2 -> keys.revocations();
                    default -> keys.verifyMacs(List.of(TAC));
                }
            } catch (KeyServiceException refused) {
                assertTrue(String.valueOf(refused.getMessage()).length() < 500);
            }
        }
    }

    @Test
    void batch_above_ten_thousand_items_and_a_message_above_two_megabytes_never_leave_the_caller() {
        ANSWER.set(Hex.parse("00 0000"));
        assertEquals(
                KeyRefusal.MALFORMED,
                assertThrows(
                                KeyServiceException.class,
                                () -> keys.verifyMacs(java.util.Collections.nCopies(10_001, TAC)))
                        .reason());
        assertEquals(
                KeyRefusal.TOO_LARGE,
                assertThrows(KeyServiceException.class, () -> keys.sign(SigningKey.POLICY, new byte[VaultFrames.MOST]))
                        .reason());
        assertEquals(
                KeyRefusal.MALFORMED,
                assertThrows(KeyServiceException.class, () -> keys.authenticate(DTK, new byte[7]))
                        .reason());
    }
}
