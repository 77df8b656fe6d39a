package io.zhitong.zt.crypto;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.CardCipher;
import io.zhitong.smcrypto.DesCipher;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.List;

/**
 * The formulas of docs/keys.md and docs/card.md taken apart (逐步演算): each intermediate value is written down as it is
 * computed. What comes out is what {@link CardAlgorithm} gives; a test holds the two together.
 */
final class CipherSteps {
    private static final int KCV = 3;
    private static final int REDUCTION = 0x87;

    private final CardAlgorithm algorithm;
    private final Explanation out;

    CipherSteps(CardAlgorithm algorithm, Explanation out) {
        this.algorithm = algorithm;
        this.out = out;
    }

    /** One level for each factor of 8 bytes; answers the last key. */
    byte[] derive(String name, byte[] key, List<byte[]> factors) {
        out.part("key 密钥 " + name);
        out.value("K0", key);
        kcv(key);
        byte[] at = key;
        for (int i = 0; i < factors.size(); i++) {
            out.part("level 第" + (i + 1) + "级");
            at = level("K" + i, "K" + (i + 1), at, factors.get(i));
            kcv(at);
        }
        return at;
    }

    /** The session key of a transaction: 16 bytes for SM4, 8 for 3DES. */
    byte[] session(byte[] key, byte[] seed) {
        out.part("session key 过程密钥");
        if (algorithm == CardAlgorithm.SM4) {
            return level("K", "SK", key, seed);
        }
        byte[] session = algorithm.cipher(key).encryptBlock(seed);
        out.value("seed 因子", seed);
        out.value("SK = 3DES(K, seed)", session);
        return session;
    }

    private byte[] level(String above, String below, byte[] key, byte[] factor) {
        byte[] complement = factor.clone();
        for (int i = 0; i < complement.length; i++) {
            complement[i] = (byte) ~complement[i];
        }
        out.value("factor 分散因子 f", factor);
        out.value("~f", complement);
        CardCipher cipher = algorithm.cipher(key);
        byte[] derived;
        if (algorithm == CardAlgorithm.SM4) {
            derived = cipher.encryptBlock(join(factor, complement));
            out.value(below + " = SM4(" + above + ", f ‖ ~f)", derived);
        } else {
            byte[] left = cipher.encryptBlock(factor);
            byte[] right = cipher.encryptBlock(complement);
            out.value("left 左半 = 3DES(" + above + ", f)", left);
            out.value("right 右半 = 3DES(" + above + ", ~f)", right);
            derived = join(left, right);
            out.value(below, derived);
        }
        return derived;
    }

    /** Key check values, each with its method. */
    void kcv(byte[] key) {
        if (algorithm == CardAlgorithm.SM4) {
            out.value("KCV CMAC", Arrays.copyOf(Sm4.cmac(key, new byte[16]), KCV));
        }
        byte[] zero = algorithm.cipher(key).encryptBlock(new byte[algorithm.block()]);
        out.value(algorithm == CardAlgorithm.SM4 ? "KCV ECB" : "KCV 3DES", Arrays.copyOf(zero, KCV));
    }

    /** CBC-MAC of cards, one block: padding 80 00… always, IV of one block. */
    byte[] cbcMac(byte[] key, byte[] iv, byte[] data) {
        int block = algorithm.block();
        byte[] padded = BlockModes.padAlways(data, block);
        out.part("CBC-MAC");
        out.value("C0 = IV 初始值", iv);
        out.value("padded 填充后", padded);
        if (algorithm == CardAlgorithm.TRIPLE_DES && key.length == 2 * block) {
            return crossed(key, iv, padded);
        }
        return chain(algorithm.cipher(key), iv, padded);
    }

    /** ISO/IEC 9797-1 algorithm 3: single DES through, then the last block once more with both halves. */
    private byte[] crossed(byte[] key, byte[] iv, byte[] padded) {
        var left = new DesCipher(Arrays.copyOf(key, DesCipher.BLOCK));
        var right = new DesCipher(Arrays.copyOfRange(key, DesCipher.BLOCK, 2 * DesCipher.BLOCK));
        byte[] chained = chain(left, iv, padded);
        byte[] back = right.decryptBlock(chained);
        out.value("D(right 右半, C)", back);
        byte[] mac = left.encryptBlock(back);
        out.value("E(left 左半, …)", mac);
        return mac;
    }

    private byte[] chain(CardCipher cipher, byte[] iv, byte[] padded) {
        byte[] at = iv;
        for (int i = 0; i < padded.length / cipher.blockSize(); i++) {
            byte[] mixed = xor(at, Arrays.copyOfRange(padded, i * cipher.blockSize(), (i + 1) * cipher.blockSize()));
            at = cipher.encryptBlock(mixed);
            out.value("X" + (i + 1) + " = C" + i + " ⊕ P" + (i + 1), mixed);
            out.value("C" + (i + 1) + " = E(X" + (i + 1) + ")", at);
        }
        return at;
    }

    /** CMAC of SM4 (NIST SP 800-38B). */
    byte[] cmac(byte[] key, byte[] data) {
        CardCipher cipher = CardAlgorithm.SM4.cipher(key);
        byte[] l = cipher.encryptBlock(new byte[16]);
        byte[] k1 = doubled(l);
        byte[] k2 = doubled(k1);
        boolean whole = data.length > 0 && data.length % 16 == 0;
        byte[] padded = whole ? data.clone() : BlockModes.padAlways(data, 16);
        out.part("CMAC");
        out.value("L = E(0)", l);
        out.value("K1 = 2·L", k1);
        out.value("K2 = 2·K1", k2);
        int last = padded.length - 16;
        byte[] sub = xor(Arrays.copyOfRange(padded, last, padded.length), whole ? k1 : k2);
        System.arraycopy(sub, 0, padded, last, 16);
        out.value(whole ? "last block ⊕ K1 末块" : "last block ⊕ K2 末块", sub);
        return chain(cipher, new byte[16], padded);
    }

    /** ENC of a key record: Ld ‖ record, padded where not aligned, ECB. */
    byte[] encrypted(byte[] control, byte[] record) {
        byte[] clear = new ByteWriter().u8(record.length).bytes(record).toByteArray();
        byte[] padded = BlockModes.padIfUnaligned(clear, algorithm.block());
        byte[] enc = BlockModes.ecbEncrypt(algorithm.cipher(control), padded);
        out.part("ENC");
        out.value("Ld ‖ record 明文", clear);
        out.value("padded 填充后", padded);
        out.value("ENC = ECB(control, …)", enc);
        return enc;
    }

    /** Times x in GF(2^128). */
    private static byte[] doubled(byte[] in) {
        byte[] twice = new byte[in.length];
        for (int i = 0; i < in.length; i++) {
            int carry = i + 1 < in.length ? (in[i + 1] & 0xFF) >> 7 : 0;
            twice[i] = (byte) (in[i] << 1 | carry);
        }
        twice[in.length - 1] ^= (byte) (in[0] < 0 ? REDUCTION : 0);
        return twice;
    }

    private static byte[] xor(byte[] a, byte[] b) {
        byte[] mixed = a.clone();
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] ^= b[i];
        }
        return mixed;
    }

    static byte[] join(byte[] a, byte[] b) {
        return new ByteWriter().bytes(a).bytes(b).toByteArray();
    }
}
