package io.zhitong.smcrypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sm2Test {
    /** SubjectPublicKeyInfo of an SM2 key up to the point: id-ecPublicKey, sm2p256v1, BIT STRING, 04. */
    private static final byte[] SPKI = Hex.parse("3059301306072a8648ce3d020106082a811ccf5501822d03420004");

    private static final byte[] MESSAGE = "一卡通 settles".getBytes(StandardCharsets.UTF_8);
    private final Sm2PrivateKey key = Sm2PrivateKey.generate(RandomSource.secure());

    @TempDir
    Path dir;

    @Test
    void openssl_accepts_our_signature_over_a_file_and_refuses_it_over_another() throws Exception {
        Path pem = dir.resolve("pub.pem");
        Files.writeString(pem, publicPem(key.publicKey()));
        Path file = Files.write(dir.resolve("file"), MESSAGE);
        Path other = Files.write(dir.resolve("other"), new byte[] {1});
        byte[] der = Sm2.toDer(Sm2.sign(key, MESSAGE, RandomSource.secure()));
        Path sig = Files.write(dir.resolve("sig"), der);
        assertEquals(0, openssl("-verify", pem, sig, file));
        assertNotEquals(0, openssl("-verify", pem, sig, other));
    }

    @Test
    void a_signature_verifies_only_over_its_message_and_its_key() {
        byte[] signature = Sm2.sign(key, MESSAGE, RandomSource.secure());
        assertTrue(Sm2.verify(key.publicKey(), MESSAGE, signature));
        assertFalse(Sm2.verify(key.publicKey(), new byte[] {1}, signature));
        Sm2PublicKey stranger = Sm2PrivateKey.generate(RandomSource.secure()).publicKey();
        assertFalse(Sm2.verify(stranger, MESSAGE, signature));
        for (int i = 0; i < 64; i++) {
            byte[] forged = signature.clone();
            forged[i] ^= 1;
            assertFalse(Sm2.verify(key.publicKey(), MESSAGE, forged), "byte " + i);
        }
    }

    @Test
    void r_and_s_out_of_range_are_refused() {
        byte[] order = Sm2.fixed32(Sm2.ORDER);
        byte[] zero = new byte[32];
        byte[] one = Sm2.fixed32(BigInteger.ONE);
        byte[] last = Sm2.fixed32(Sm2.ORDER.subtract(BigInteger.ONE));
        assertFalse(Sm2.verify(key.publicKey(), MESSAGE, join(zero, one)));
        assertFalse(Sm2.verify(key.publicKey(), MESSAGE, join(one, zero)));
        assertFalse(Sm2.verify(key.publicKey(), MESSAGE, join(order, one)));
        assertFalse(Sm2.verify(key.publicKey(), MESSAGE, join(one, order)));
        assertFalse(Sm2.verify(key.publicKey(), MESSAGE, join(one, last)), "r + s = n");
        assertFalse(Sm2.verify(key.publicKey(), MESSAGE, new byte[63]));
    }

    @Test
    void a_repeated_random_number_gives_different_one_time_numbers_for_different_messages() {
        RandomSource stuck = n -> new byte[n];
        byte[] a = Sm2.sign(key, new byte[] {1}, stuck);
        byte[] b = Sm2.sign(key, new byte[] {2}, stuck);
        // the same k would give r_a - e_a = r_b - e_b
        assertNotEquals(xOfOneTimePoint(a, new byte[] {1}), xOfOneTimePoint(b, new byte[] {2}));
    }

    private BigInteger xOfOneTimePoint(byte[] signature, byte[] message) {
        BigInteger e = new BigInteger(1, Sm3.hash(Sm2.za(key.publicKey()), message));
        return new BigInteger(1, java.util.Arrays.copyOf(signature, 32))
                .subtract(e)
                .mod(Sm2.ORDER);
    }

    @Test
    void der_has_one_form_only() {
        byte[] signature = Sm2.sign(key, MESSAGE, RandomSource.secure());
        byte[] der = Sm2.toDer(signature);
        assertArrayEquals(signature, Sm2.fromDer(der));
        byte[] tail = java.util.Arrays.copyOf(der, der.length + 1);
        assertThrows(MalformedInput.class, () -> Sm2.fromDer(tail));
        assertThrows(MalformedInput.class, () -> Sm2.fromDer(new byte[] {0x30, 0}));
        assertThrows(MalformedInput.class, () -> Sm2.fromDer(Hex.parse("300702020001020101")), "leading zero");
        assertThrows(MalformedInput.class, () -> Sm2.fromDer(new byte[0]));
    }

    @Test
    void both_sides_of_an_agreement_reach_the_same_x() {
        Sm2PrivateKey peer = Sm2PrivateKey.generate(RandomSource.secure());
        assertArrayEquals(Sm2.ecdhX(key, peer.publicKey()), Sm2.ecdhX(peer, key.publicKey()));
    }

    @Test
    void points_off_the_curve_and_scalars_out_of_range_are_refused() {
        byte[] off = key.publicKey().xy();
        off[63] ^= 1;
        assertThrows(MalformedInput.class, () -> Sm2PublicKey.decode(off));
        assertThrows(MalformedInput.class, () -> Sm2PublicKey.decode(new byte[10]));
        assertThrows(MalformedInput.class, () -> Sm2PrivateKey.of(new byte[32]));
        assertThrows(MalformedInput.class, () -> Sm2PrivateKey.of(Sm2.fixed32(Sm2.ORDER.subtract(BigInteger.ONE))));
    }

    @Test
    void all_encodings_of_a_point_mean_the_same_key() {
        assertEquals(key.publicKey(), Sm2PublicKey.decode(key.publicKey().compressed()));
        assertEquals(key.publicKey(), Sm2PublicKey.decode(key.publicKey().xy()));
    }

    @Test
    void a_private_key_shows_no_scalar_in_its_text_and_none_after_closing() {
        byte[] scalar = key.export(SecretAccess.TOKEN);
        assertFalse(key.toString().contains(Hex.of(scalar)));
        key.close();
        assertThrows(IllegalStateException.class, () -> Sm2.sign(key, MESSAGE, RandomSource.secure()));
    }

    private static byte[] join(byte[] r, byte[] s) {
        return new ByteWriter().bytes(r).bytes(s).toByteArray();
    }

    private static String publicPem(Sm2PublicKey key) {
        byte[] der = join(SPKI, key.xy());
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static int openssl(String mode, Path pem, Path sig, Path file) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(
                        "openssl",
                        "dgst",
                        "-sm3",
                        "-sigopt",
                        "distid:1234567812345678",
                        mode,
                        pem.toString(),
                        "-signature",
                        sig.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        run.getInputStream().readAllBytes();
        assertTrue(run.waitFor(20, TimeUnit.SECONDS));
        return run.exitValue();
    }
}
