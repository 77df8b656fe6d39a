package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions 58, 59 and 5A, byte by byte. */
class MachineWireTest {
    private static final byte[] CERTIFICATE = Hex.parse("0400fe3ba1" + "02" + "0003706f73" + "0004312d3433"
            + "000000006955b900" + "00000000" + "69cd5780" + "5a".repeat(32));

    private final EchoAdministration vault = new EchoAdministration();
    private final VaultDispatcher dispatcher = VaultDispatcher.forMachine(new EchoKeys(), vault);

    private static IssuedMachine certificate() {
        byte[] hash = new byte[32];
        java.util.Arrays.fill(hash, (byte) 0x5A);
        return new IssuedMachine(
                BigInteger.valueOf(0xFE3BA1),
                MachineProfile.P256,
                new MachineName(MachineRole.POS, "1-43"),
                Instant.parse("2026-01-01T00:00:00.9Z"),
                Instant.ofEpochSecond(0x69CD5780L),
                hash);
    }

    @Test
    void certificate_given_has_the_published_bytes_and_reads_back() {
        ByteWriter out = new ByteWriter();
        certificate().encode(out);
        assertEquals(Hex.of(CERTIFICATE), Hex.of(out.toByteArray()));
        ByteReader in = new ByteReader(CERTIFICATE);
        IssuedMachine read = IssuedMachine.decode(in);
        in.end();
        assertEquals(certificate().serial(), read.serial());
        assertEquals(certificate().name(), read.name());
        assertEquals(Instant.parse("2026-01-01T00:00:00Z"), read.from());
        assertArrayEquals(certificate().keyHash(), read.keyHash());
    }

    @Test
    void register_is_read_page_by_page() {
        for (int i = 0; i < 501; i++) {
            vault.machines.given.add(certificate());
        }
        assertEquals("00" + "01f4", answer("0158" + "00000000").substring(0, 6));
        assertEquals("000001" + Hex.of(CERTIFICATE), answer("0158" + "000001f4"));
        assertEquals("000000", answer("0158" + "000001f5"));
        assertEquals("000000", answer("0158" + "ffffffff"));
    }

    @Test
    void revocation_answers_the_whole_list() {
        assertEquals("000000", answer("0159"));
        String entry = "0400fe3ba1" + "03" + "00000000" + "69f45d80";
        assertEquals("000001" + entry, answer("015a" + "0400fe3ba1" + "03"));
        assertEquals("000001" + entry, answer("0159"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0158",
                "0158000000",
                "015800000000ff",
                "015a",
                "015a00fe03",
                "015a0400fe3ba107",
                "015a020001" + "01"
            })
    void malformed_questions_are_refused(String question) {
        assertEquals("07", answer(question).substring(0, 2));
    }

    @Test
    void certificate_of_an_unknown_profile_or_role_or_time_is_refused() {
        for (String bad : new String[] {
            Hex.of(CERTIFICATE).replaceFirst("a102", "a103"),
            Hex.of(CERTIFICATE).replace("706f73", "706f74"),
            Hex.of(CERTIFICATE).replace("000000006955b900", "f00000006955b900")
        }) {
            KeyServiceException refused =
                    assertThrows(KeyServiceException.class, () -> IssuedMachine.decode(new ByteReader(Hex.parse(bad))));
            assertEquals(KeyRefusal.MALFORMED, refused.reason());
        }
    }

    private String answer(String question) {
        return Hex.of(dispatcher.answer(Hex.parse(question)));
    }
}
