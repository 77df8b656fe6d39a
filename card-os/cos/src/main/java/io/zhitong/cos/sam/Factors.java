package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.smcrypto.ByteReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Derivation factors (分散因子) as PSAM commands carry them: upwards, the card's first; the last one is applied first. */
final class Factors {
    static final int LENGTH = 8;
    private static final int MOST = 3;

    private Factors() {}

    /** 6700 unless that many bytes are one to three factors. */
    static void checkLength(int bytes) {
        boolean fits = bytes > 0 && bytes % LENGTH == 0 && bytes <= MOST * LENGTH;
        CommandRefused.unless(fits, StatusWord.WRONG_LENGTH);
    }

    /** The card's key out of a master; the caller wipes it. */
    static byte[] derive(StoredKey master, CardAlgorithm algorithm, byte[] upwards) {
        List<byte[]> factors = new ArrayList<>();
        ByteReader in = new ByteReader(upwards);
        while (in.remaining() > 0) {
            factors.add(in.bytes(LENGTH));
        }
        Collections.reverse(factors);
        byte[] root = master.value();
        try {
            return algorithm.diversify(root, factors);
        } finally {
            Arrays.fill(root, (byte) 0);
        }
    }
}
