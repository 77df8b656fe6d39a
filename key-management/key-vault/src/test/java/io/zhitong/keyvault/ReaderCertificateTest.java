package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.ReaderCertificateRequest;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReaderCertificateTest {
    private static final byte[] POINT = Hex.parse("0000002a00000007");
    private static final byte[] FROM = Hex.parse("20261121");
    private static final byte[] TO = Hex.parse("20271120");
    private final Sm2PrivateKey reader = Sm2PrivateKey.generate(RandomSource.secure());
    private final byte[] xy = reader.publicKey().xy();

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

    private byte[] proof(byte[] subject) {
        byte[] message = ReaderCertificateRequest.proofMessage(xy, subject, FROM, TO, 7);
        return Sm2.sign(reader, message, RandomSource.secure());
    }

    private static ReaderCertificateRequest request(byte[] xy, byte[] subject, byte[] proof) {
        return new ReaderCertificateRequest(xy, subject, FROM, TO, 7, proof);
    }

    @Test
    void certificate_names_role_issuer_point_and_dates_and_its_signature_holds() {
        byte[] certificate = keys.certifyReader(request(xy, POINT, proof(POINT)));
        byte[] issuer = keys.publicKey(SigningKey.CARD_ISSUER);
        assertEquals(
                "01f0" + Hex.of(Arrays.copyOf(Sm3.hash(issuer), 4)) + "0000002a00000007" + "20261121" + "20271120"
                        + "0007" + Hex.of(reader.publicKey().compressed()),
                Hex.of(Arrays.copyOf(certificate, 57)));
        byte[] signed = new ByteWriter()
                .ascii("ZTC1")
                .bytes(Arrays.copyOf(certificate, 57))
                .toByteArray();
        assertTrue(Sm2.verify(Sm2PublicKey.decode(issuer), signed, Arrays.copyOfRange(certificate, 57, 121)));
    }

    /** 'ZTR1', x ‖ y, subject, dates, number. */
    @Test
    void proof_covers_these_bytes() {
        byte[] message = ReaderCertificateRequest.proofMessage(new byte[64], POINT, FROM, TO, 7);
        assertEquals(
                "5a545231" + "00".repeat(64) + "0000002a00000007" + "20261121" + "20271120" + "0007", Hex.of(message));
    }

    @Test
    void proof_for_another_point_or_by_another_key_is_refused() {
        byte[] elsewhere = Hex.parse("0000002a00000008");
        assertEquals(KeyRefusal.CARD_PROOF_WRONG, refusal(request(xy, elsewhere, proof(POINT))));
        byte[] stranger =
                Sm2PrivateKey.generate(RandomSource.secure()).publicKey().xy();
        assertEquals(KeyRefusal.CARD_PROOF_WRONG, refusal(request(stranger, POINT, proof(POINT))));
        byte[] off = xy.clone();
        off[63] ^= 1;
        assertEquals(KeyRefusal.MALFORMED, refusal(request(off, POINT, proof(POINT))));
    }

    private KeyRefusal refusal(ReaderCertificateRequest request) {
        return assertThrows(KeyServiceException.class, () -> keys.certifyReader(request))
                .reason();
    }

    @ParameterizedTest
    @CsvSource({
        "20261121, 20261121, true",
        "20261121, 20271226, true",
        "20261121, 20271227, false",
        "20261121, 20261120, false",
        "20261131, 20261201, false"
    })
    void reader_is_certified_for_four_hundred_days_at_most(String from, String to, boolean possible) {
        if (possible) {
            var request = new ReaderCertificateRequest(xy, POINT, Hex.parse(from), Hex.parse(to), 1, new byte[64]);
            assertArrayEquals(Hex.parse(to), request.to());
        } else {
            var refused = assertThrows(
                    KeyServiceException.class,
                    () -> new ReaderCertificateRequest(xy, POINT, Hex.parse(from), Hex.parse(to), 1, new byte[64]));
            assertEquals(KeyRefusal.MALFORMED, refused.reason());
            assertFalse(String.valueOf(refused.getMessage()).contains(to), "input is not repeated");
        }
    }
}
