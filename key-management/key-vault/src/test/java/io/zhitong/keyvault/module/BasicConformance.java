package io.zhitong.keyvault.module;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What every home of the module does, whatever it computes with. */
public interface BasicConformance {
    byte[] FACTOR = Hex.parse("4403ff0000000000");

    /** The module under test, open; the test class closes it. */
    CryptoModule module();

    /** The same home once more, as after a restart; the caller closes it. */
    CryptoModule reopened();

    /** What some key of an algorithm computes, to be compared with itself. */
    static byte[] work(CryptoModule module, KeyAlgorithm algorithm, ModuleKey key) {
        return switch (algorithm) {
            case SM4 -> module.mac(new DerivedKey(key, List.of(FACTOR)), new byte[16], new byte[33]);
            case TRIPLE_DES -> module.mac(new DerivedKey(key, List.of()).thenCard(FACTOR), new byte[16], new byte[33]);
            case SM2 -> module.publicKey(key);
        };
    }

    static ModuleKey load(CryptoModule module, KeyAlgorithm algorithm) {
        SecretBytes key = SecretBytes.takeOver(Hex.parse("01".repeat(algorithm.length())));
        return switch (algorithm) {
            case SM4 -> module.loadSm4(key);
            case TRIPLE_DES -> module.loadTripleDes(key);
            case SM2 -> module.loadSm2(key);
        };
    }

    @Test
    default void attest_says_what_it_is_in_two_languages() {
        String words = module().attest();
        assertFalse(words.isBlank());
        assertNotEquals(words.length(), words.codePoints().filter(c -> c < 128).count(), words);
    }

    @Test
    default void random_bytes_have_the_length_asked_for_and_never_repeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            seen.add(Hex.of(module().random(16)));
        }
        assertEquals(200, seen.size());
        assertEquals(4096, module().random(4096).length);
        assertEquals(1, module().random(1).length);
    }

    @Test
    default void an_algorithm_that_is_not_offered_is_refused_with_that_reason() {
        for (KeyAlgorithm absent : EnumSet.complementOf(EnumSet.copyOf(module().algorithms()))) {
            assertEquals(
                    ModuleRefusal.ALGORITHM_NOT_SUPPORTED,
                    assertThrows(ModuleException.class, () -> module().generate(absent))
                            .reason());
            assertEquals(
                    ModuleRefusal.ALGORITHM_NOT_SUPPORTED,
                    assertThrows(ModuleException.class, () -> load(module(), absent))
                            .reason());
        }
    }

    @Test
    default void generated_keys_differ_and_come_back_from_their_blobs_after_a_restart() {
        for (KeyAlgorithm algorithm : module().algorithms()) {
            ModuleKey one = module().generate(algorithm);
            ModuleKey two = module().generate(algorithm);
            byte[] mine = work(module(), algorithm, one);
            assertFalse(Arrays.equals(mine, work(module(), algorithm, two)), algorithm.english());

            byte[] blob = module().wrapped(one);
            try (CryptoModule later = reopened()) {
                assertArrayEquals(mine, work(later, algorithm, later.importWrapped(blob)), algorithm.english());
            }
        }
    }

    @Test
    default void a_blob_changed_in_any_byte_does_not_open_as_another_key() {
        for (KeyAlgorithm algorithm : module().algorithms()) {
            ModuleKey key = module().generate(algorithm);
            byte[] blob = module().wrapped(key);
            for (int at = 0; at < blob.length; at += 5) {
                byte[] changed = blob.clone();
                changed[at] ^= 0x40;
                ModuleException refused = assertThrows(
                        ModuleException.class, () -> module().importWrapped(changed), algorithm + " byte " + at);
                assertEquals(ModuleRefusal.FOREIGN_BLOB, refused.reason());
            }
            assertThrows(ModuleException.class, () -> module().importWrapped(Arrays.copyOf(blob, blob.length - 1)));
            assertThrows(ModuleException.class, () -> module().importWrapped(new byte[0]));
        }
    }

    @Test
    default void a_destroyed_key_works_no_more_and_the_others_do() {
        for (KeyAlgorithm algorithm : module().algorithms()) {
            ModuleKey gone = module().generate(algorithm);
            ModuleKey stays = module().generate(algorithm);
            byte[] before = work(module(), algorithm, stays);
            work(module(), algorithm, gone);
            gone.close();
            if (algorithm != KeyAlgorithm.SM2) {
                assertThrows(IllegalStateException.class, () -> work(module(), algorithm, gone));
            }
            assertArrayEquals(before, work(module(), algorithm, stays));
        }
    }

    @Test
    default void keys_of_another_module_are_refused() {
        ModuleKey foreign = () -> {};
        DerivedKey derived = new DerivedKey(foreign, List.of(FACTOR)).thenCard(FACTOR);

        assertThrows(IllegalArgumentException.class, () -> module().kcv(foreign));
        assertThrows(IllegalArgumentException.class, () -> module().wrapped(foreign));
        assertThrows(IllegalArgumentException.class, () -> module().mac(derived, new byte[16], new byte[1]));
    }

    /** Four threads, each with a key of its own and one that all share. */
    @Test
    default void threads_get_what_one_thread_gets() throws InterruptedException, ExecutionException, TimeoutException {
        KeyAlgorithm algorithm =
                module().algorithms().contains(KeyAlgorithm.SM4) ? KeyAlgorithm.SM4 : KeyAlgorithm.TRIPLE_DES;
        ModuleKey shared = module().generate(algorithm);
        byte[] expected = work(module(), algorithm, shared);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                done.add(threads.submit(() -> {
                    ModuleKey own = module().generate(algorithm);
                    byte[] mine = work(module(), algorithm, own);
                    for (int round = 0; round < 10; round++) {
                        assertArrayEquals(expected, work(module(), algorithm, shared));
                        assertArrayEquals(mine, work(module(), algorithm, own));
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
