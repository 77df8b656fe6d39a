package io.zhitong.smcrypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Damaged points and signatures, secrets closed under somebody's hands, layouts at their limits. */
class MisuseTest {

    private static final Sm2PrivateKey KEY = Sm2PrivateKey.of(Arrays.copyOf(Hex.parse("39".repeat(32)), 32));

    @Example
    void each_turned_bit_of_an_uncompressed_point_is_off_the_curve() {
        byte[] xy = KEY.publicKey().xy();
        for (int bit = 0; bit < 512; bit++) {
            byte[] changed = flipped(xy, bit);
            assertThrows(MalformedInput.class, () -> Sm2PublicKey.decode(changed));
        }
    }

    @Example
    void each_turned_bit_of_a_compressed_point_is_refused_or_another_key() {
        byte[] compressed = KEY.publicKey().compressed();
        int other = 0;
        for (int bit = 0; bit < 33 * 8; bit++) {
            try {
                Sm2PublicKey decoded = Sm2PublicKey.decode(flipped(compressed, bit));
                assertNotEquals(KEY.publicKey(), decoded);
                other++;
            } catch (MalformedInput refused) {
                assertFalse(String.valueOf(refused.getMessage()).contains(Hex.of(compressed)));
            }
        }
        assertTrue(other > 80 && other < 180, "about half of all x have a point: " + other);
    }

    @Example
    void point_of_every_other_length_or_mark_is_refused() {
        byte[] marked = new ByteWriter().u8(4).bytes(KEY.publicKey().xy()).toByteArray();
        assertEquals(KEY.publicKey(), Sm2PublicKey.decode(marked));
        for (int length = 0; length <= 130; length++) {
            if (length != 33 && length != 64 && length != 65) {
                byte[] other = Arrays.copyOf(marked, length);
                assertThrows(MalformedInput.class, () -> Sm2PublicKey.decode(other), "length " + length);
            }
        }
        for (int mark : new int[] {0, 1, 5, 6, 7, 255}) {
            byte[] wrong = marked.clone();
            wrong[0] = (byte) mark;
            boolean hybrid = mark == 6 || mark == 7;
            if (!hybrid) {
                assertThrows(MalformedInput.class, () -> Sm2PublicKey.decode(wrong), "mark " + mark);
            }
        }
        assertThrows(MalformedInput.class, () -> Sm2PublicKey.decode(new byte[64]));
        assertThrows(MalformedInput.class, () -> Sm2PublicKey.decode(Hex.parse("02" + "ff".repeat(32))), "x ≥ p");
    }

    @Example
    void each_turned_bit_of_signature_and_message_breaks_the_signature() {
        byte[] message = Hex.parse("00112233445566778899");
        byte[] signature = Sm2.sign(KEY, message, RandomSource.secure());
        assertTrue(Sm2.verify(KEY.publicKey(), message, signature));
        for (int bit = 0; bit < 512; bit++) {
            assertFalse(Sm2.verify(KEY.publicKey(), message, flipped(signature, bit)), "signature bit " + bit);
        }
        for (int bit = 0; bit < message.length * 8; bit++) {
            assertFalse(Sm2.verify(KEY.publicKey(), flipped(message, bit), signature), "message bit " + bit);
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return changed;
    }

    /** One signature, one DER form: what decodes encodes to the same bytes. */
    @Property(tries = 500)
    void der_of_any_pair_reads_back_and_damage_is_refused_or_another_pair(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] signature = new byte[64];
        random.nextBytes(signature);
        if (random.nextBoolean()) {
            Arrays.fill(signature, 0, random.nextInt(32), (byte) 0);
        }
        byte[] der = Sm2.toDer(signature);
        assertArrayEquals(signature, Sm2.fromDer(der));
        byte[] changed = flipped(der, random.nextInt(der.length * 8));
        try {
            byte[] other = Sm2.fromDer(changed);
            assertArrayEquals(changed, Sm2.toDer(other));
        } catch (MalformedInput refused) {
            assertFalse(String.valueOf(refused.getMessage()).isEmpty());
        }
        byte[] cut = Arrays.copyOf(der, random.nextInt(der.length));
        assertThrows(MalformedInput.class, () -> Sm2.fromDer(cut));
    }

    @Property(tries = 300)
    void gcm_needs_its_own_key_iv_and_associated_data(@ForAll byte[] plain, @ForAll byte[] aad, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] key = new byte[16];
        byte[] iv = new byte[12];
        random.nextBytes(key);
        random.nextBytes(iv);
        byte[] sealed = Sm4.gcmEncrypt(key, iv, aad, plain);
        assertEquals(plain.length + 16, sealed.length);
        assertArrayEquals(plain, Sm4.gcmDecrypt(key, iv, aad, sealed));
        int bit = random.nextInt(96);
        assertThrows(MalformedInput.class, () -> Sm4.gcmDecrypt(flipped(key, bit), iv, aad, sealed));
        assertThrows(MalformedInput.class, () -> Sm4.gcmDecrypt(key, flipped(iv, bit), aad, sealed));
        byte[] more = Arrays.copyOf(aad, aad.length + 1);
        assertThrows(MalformedInput.class, () -> Sm4.gcmDecrypt(key, iv, more, sealed));
        for (int length = 0; length < Math.min(sealed.length, 40); length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThrows(MalformedInput.class, () -> Sm4.gcmDecrypt(key, iv, aad, cut));
        }
    }

    /** A reader of the secret gets the whole secret or an exception, never half-wiped bytes. */
    @Example
    void secret_closed_while_others_read_it_is_whole_or_gone() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 100; round++) {
                SecretBytes secret = SecretBytes.copyOf(Hex.parse("5a".repeat(64)));
                CyclicBarrier start = new CyclicBarrier(4);
                AtomicInteger gone = new AtomicInteger();
                List<Future<?>> readers = new ArrayList<>();
                for (int reader = 0; reader < 3; reader++) {
                    readers.add(threads.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        for (int i = 0; i < 50; i++) {
                            readWholeOrGone(secret, gone);
                        }
                        return null;
                    }));
                }
                start.await(10, TimeUnit.SECONDS);
                secret.close();
                for (Future<?> reader : readers) {
                    reader.get(10, TimeUnit.SECONDS);
                }
                assertThrows(IllegalStateException.class, secret::length);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void readWholeOrGone(SecretBytes secret, AtomicInteger gone) {
        try {
            assertEquals("5a".repeat(64), Hex.of(secret.export(SecretAccess.TOKEN)));
        } catch (IllegalStateException closed) {
            gone.incrementAndGet();
        }
    }

    @Example
    void one_key_signs_on_several_threads_and_every_signature_verifies() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch done = new CountDownLatch(4);
            List<Future<Boolean>> results = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                byte[] message = {(byte) thread};
                results.add(threads.submit(() -> {
                    boolean all = true;
                    for (int i = 0; i < 25; i++) {
                        all &= Sm2.verify(KEY.publicKey(), message, Sm2.sign(KEY, message, RandomSource.secure()));
                    }
                    done.countDown();
                    return all;
                }));
            }
            assertTrue(done.await(30, TimeUnit.SECONDS));
            for (Future<Boolean> result : results) {
                assertTrue(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Example
    void scalars_at_the_edges_of_their_range() {
        byte[] one = Sm2.fixed32(java.math.BigInteger.ONE);
        byte[] last = Sm2.fixed32(NaiveSm2.N.subtract(java.math.BigInteger.TWO));
        assertEquals(
                Hex.of(Sm2.fixed32(NaiveSm2.G.x())),
                Hex.of(Arrays.copyOf(Sm2PrivateKey.of(one).publicKey().xy(), 32)));
        assertTrue(Sm2.verify(
                Sm2PrivateKey.of(last).publicKey(), one, Sm2.sign(Sm2PrivateKey.of(last), one, RandomSource.secure())));
        for (String wrong : new String[] {"00".repeat(32), "ff".repeat(32), "01".repeat(31), "01".repeat(33)}) {
            assertThrows(MalformedInput.class, () -> Sm2PrivateKey.of(Hex.parse(wrong)));
        }
    }

    @Property(tries = 500)
    void hexadecimal_text_of_any_bytes_reads_back_in_either_case(@ForAll byte[] bytes) {
        assertArrayEquals(bytes, Hex.parse(Hex.of(bytes)));
        assertArrayEquals(bytes, Hex.parse(Hex.of(bytes).toUpperCase()));
        assertArrayEquals(bytes, Hex.parse(" " + Hex.of(bytes) + "\n"));
    }

    @Property(tries = 300)
    void numbers_of_every_width_read_back_and_one_too_many_is_refused(@ForAll long any) {
        long u32 = any & 0xFFFF_FFFFL;
        byte[] raw = new ByteWriter()
                .u8((int) (any & 0xFF))
                .u16((int) (any & 0xFFFF))
                .u24((int) (any & 0xFF_FFFF))
                .u32(u32)
                .u64(any)
                .toByteArray();
        ByteReader in = new ByteReader(raw);
        assertEquals(any & 0xFF, in.u8());
        assertEquals(any & 0xFFFF, in.u16());
        assertEquals(any & 0xFF_FFFF, in.u24());
        assertEquals(u32, in.u32());
        assertEquals(any, in.u64());
        assertEquals(0, in.remaining());
        assertThrows(MalformedInput.class, in::u8);
        assertThrows(IllegalArgumentException.class, () -> new ByteWriter().u32(u32 + 0x1_0000_0000L));
        assertThrows(IllegalArgumentException.class, () -> new ByteWriter().u24(0x100_0000));
    }
}
