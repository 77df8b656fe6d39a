package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.ReaderCertificateRequest;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every signing key against every kind of message this system signs: one purpose each. */
class SigningPurposesTest {
    @TempDir
    Path folder;

    private OpenVault vault;
    private KeyService keys;

    @BeforeEach
    void open() {
        vault = OpenVault.make(folder);
        keys = vault.service();
    }

    @AfterEach
    void close() {
        vault.close();
    }

    /** First words of what is signed anywhere: lists, commands, certificates, checkpoints, proofs, tombstones, journals, files. */
    @ParameterizedTest
    @CsvSource({
        "ZTL2, POLICY",
        "ZTU1, POLICY",
        "ZTU2, ''",
        "ZTL1, ''",
        "ZTH1, ''",
        "ZTC2, COMMAND",
        "ZTC1, ''",
        "ZTA1, ''",
        "ZTR1, ''",
        "ZTT1, ''",
        "ZTJ1, ''",
        "ZTS1, ''",
        "ZTF1, ''",
        "ZTV2, ''",
        "ZT, ''",
        "ZTL, ''",
        "H|1|TX|44030001, SETTLEMENT"
    })
    void message_is_signed_on_request_by_the_key_of_its_purpose_and_by_no_other(String begins, String by) {
        for (String rest : new String[] {"", "-and what follows"}) {
            byte[] message = (begins + rest).getBytes(StandardCharsets.US_ASCII);
            Set<SigningKey> signed = EnumSet.noneOf(SigningKey.class);
            for (SigningKey key : SigningKey.values()) {
                try {
                    assertEquals(EnumSet.of(key), verifiers(message, keys.sign(key, message)));
                    signed.add(key);
                } catch (KeyServiceException e) {
                    assertEquals(KeyRefusal.NOT_ALLOWED, e.reason());
                }
            }
            assertEquals(by.isEmpty() ? Set.of() : Set.of(SigningKey.valueOf(by)), signed, begins + rest);
        }
    }

    @Test
    void certificate_is_signed_by_the_issuers_key_and_verifies_under_no_other() {
        Sm2PrivateKey reader = Sm2PrivateKey.generate(RandomSource.secure());
        byte[] point = Hex.parse("0000002a00000007");
        byte[] from = Hex.parse("20261121");
        byte[] to = Hex.parse("20271120");
        byte[] xy = reader.publicKey().xy();
        byte[] proof =
                Sm2.sign(reader, ReaderCertificateRequest.proofMessage(xy, point, from, to, 1), RandomSource.secure());
        byte[] certificate = keys.certifyReader(new ReaderCertificateRequest(xy, point, from, to, 1, proof));
        byte[] message = new ByteWriter()
                .ascii("ZTC1")
                .bytes(Arrays.copyOf(certificate, 57))
                .toByteArray();
        assertEquals(EnumSet.of(SigningKey.CARD_ISSUER), verifiers(message, Arrays.copyOfRange(certificate, 57, 121)));
    }

    @Test
    void checkpoint_is_signed_by_the_audit_key_and_verifies_under_no_other() throws IOException {
        byte[] log = Files.readAllBytes(folder.resolve("audit.log"));
        byte[] before = new byte[32];
        int checkpoints = 0;
        for (ByteReader in = new ByteReader(log); in.remaining() > 0; ) {
            ByteReader record = new ByteReader(in.sized());
            long number = record.u64();
            record.u64();
            int kind = record.u8();
            record.text();
            record.bytes(4 + 32);
            record.text();
            byte[] signature = record.sized();
            if (kind == 4) {
                byte[] message =
                        new ByteWriter().ascii("ZTA1").u64(number).bytes(before).toByteArray();
                assertEquals(EnumSet.of(SigningKey.AUDIT), verifiers(message, signature));
                checkpoints++;
            }
            before = in.bytes(32);
        }
        assertTrue(checkpoints > 0, "the search finds checkpoints");
    }

    @Test
    void the_five_keys_are_five() {
        assertEquals(
                5,
                Arrays.stream(SigningKey.values())
                        .map(key -> Hex.of(keys.publicKey(key)))
                        .distinct()
                        .count());
        assertThrows(KeyServiceException.class, () -> keys.sign(SigningKey.SETTLEMENT, new byte[0]));
    }

    private Set<SigningKey> verifiers(byte[] message, byte[] signature) {
        Set<SigningKey> found = EnumSet.noneOf(SigningKey.class);
        for (SigningKey key : SigningKey.values()) {
            if (Sm2.verify(Sm2PublicKey.decode(keys.publicKey(key)), message, signature)) {
                found.add(key);
            }
        }
        return found;
    }
}
