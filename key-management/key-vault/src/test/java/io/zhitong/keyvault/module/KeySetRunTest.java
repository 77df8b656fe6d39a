package io.zhitong.keyvault.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyvault.block.KeyBlock;
import io.zhitong.keyvault.block.KeySetRun;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole deliveries through the soft module; every block is opened again and its key derived anew, one at a time. */
class KeySetRunTest {
    private static final byte[] PROTECTION = Hex.parse("00112233445566778899aabbccddeeff");
    private static final byte[] ROOT = Hex.parse("000102030405060708090a0b0c0d0e0f");
    private static final byte[] CITY_DTK = Hex.parse("fedcba98765432100123456789abcdef");
    private static final byte[] CITY = Hex.parse("4403ff0000000000");

    private final SoftModule module = new SoftModule(RandomSource.secure());
    private final ModuleKey protection = module.loadSm4(SecretBytes.copyOf(PROTECTION));
    private final ModuleKey root = module.loadSm4(SecretBytes.copyOf(ROOT));
    private final ModuleKey cityDtk = module.loadSm4(SecretBytes.copyOf(CITY_DTK));

    @AfterEach
    void closeModule() {
        module.close();
    }

    private List<KeySetMaster> masters() {
        return List.of(
                new KeySetMaster(KeyRef.of(KeyUsage.DPK, 1, CITY), new DerivedKey(root, List.of(CITY))),
                new KeySetMaster(KeyRef.of(KeyUsage.DTK, 3, CITY), new DerivedKey(cityDtk, List.of())));
    }

    private static byte[] cards(int count) {
        ByteWriter cards = new ByteWriter();
        for (int i = 0; i < count; i++) {
            cards.u64(0x4403_0001_0000_0000L + i);
        }
        return cards.toByteArray();
    }

    private String written(int count, int threads) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (KeySetRun run = module.keySets(masters(), protection, threads)) {
            run.write(cards(count), out);
            assertEquals(count * run.length(), out.size());
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    /** Less than a thread takes at once, exactly that, a remainder, and more chunks than threads have buffers. */
    @ParameterizedTest
    @CsvSource({"1, 1", "500, 2", "1203, 2", "2600, 1", "0, 2"})
    void every_card_has_its_own_keys_in_the_order_of_the_cards(int count, int threads) throws IOException {
        String sets = written(count, threads);
        byte[] cityDpk = Sm4.encryptBlock(ROOT, KeySteps.doubled(CITY));
        int length = count == 0 ? 1 : sets.length() / count / 2;
        Set<String> bodies = new HashSet<>();
        for (int i = 0; i < 2 * count; i++) {
            String block = sets.substring(i * length, (i + 1) * length);
            byte[] card = new ByteWriter().u64(0x4403_0001_0000_0000L + i / 2).toByteArray();
            boolean first = i % 2 == 0;
            try (KeyBlock opened = KeyBlock.open(block, SecretBytes.copyOf(PROTECTION))) {
                KeyRef ref = opened.header().key();
                assertEquals(first ? KeyUsage.DPK : KeyUsage.DTK, ref.usage());
                assertEquals(first ? 1 : 3, ref.version());
                assertEquals(
                        List.of(Hex.of(CITY), Hex.of(card)),
                        ref.factors().stream().map(Hex::of).toList());
                assertEquals(
                        Hex.of(Sm4.encryptBlock(first ? cityDpk : CITY_DTK, KeySteps.doubled(card))),
                        Hex.of(opened.key().export(SecretAccess.TOKEN)));
            }
            bodies.add(block.substring(length - 96));
        }
        assertEquals(2 * count, bodies.size(), "no block twice");
    }

    /** The fill is drawn anew: the same order does not give the same blocks. */
    @Test
    void a_second_run_over_the_same_cards_gives_other_blocks() throws IOException {
        assertFalse(written(3, 1).equals(written(3, 1)));
    }

    @Test
    void a_stream_that_fails_ends_the_run_with_its_own_exception() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space");
            }
        };
        try (KeySetRun run = module.keySets(masters(), protection, 2)) {
            assertEquals(
                    "no space",
                    assertThrows(IOException.class, () -> run.write(cards(3000), full))
                            .getMessage());
        }
    }

    @Test
    void half_a_factor_and_foreign_keys_are_refused() {
        try (KeySetRun run = module.keySets(masters(), protection, 1)) {
            assertThrows(
                    IllegalArgumentException.class, () -> run.write(new byte[12], OutputStream.nullOutputStream()));
        }
        try (SoftModule other = new SoftModule(RandomSource.secure())) {
            ModuleKey sm2 = other.generate(KeyAlgorithm.SM2);
            assertThrows(IllegalArgumentException.class, () -> module.keySets(masters(), sm2, 1));
        }
    }
}
