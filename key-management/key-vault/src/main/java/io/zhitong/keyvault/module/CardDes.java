package io.zhitong.keyvault.module;

import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.DesCipher;
import java.util.Arrays;

/** What cards of 3DES ask of their issuer (外购卡算法), docs/card.md "Cryptograms" and "Secure messaging". */
public final class CardDes {
    /** Bytes a block. */
    public static final int BLOCK = 8;

    private CardDes() {}

    /** The step to the card's own key: 3DES(K, f8) ‖ 3DES(K, ~f8). */
    public static byte[] down(byte[] key, byte[] factor) {
        var cipher = new DesCipher(key);
        byte[] complement = factor.clone();
        for (int i = 0; i < complement.length; i++) {
            complement[i] = (byte) ~complement[i];
        }
        return new ByteWriter()
                .bytes(cipher.encryptBlock(factor))
                .bytes(cipher.encryptBlock(complement))
                .toByteArray();
    }

    /** The session key of 8 bytes: 3DES(K, seed). */
    public static byte[] session(byte[] key, byte[] seed) {
        return new DesCipher(key).encryptBlock(seed);
    }

    /** The key of 8 bytes that makes TACs: left half ⊕ right half. */
    public static byte[] halvesAdded(byte[] key) {
        byte[] out = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            out[i] ^= key[BLOCK + i];
        }
        return out;
    }

    /** One block of 8 bytes. */
    public static byte[] encryptBlock(byte[] key, byte[] block) {
        return new DesCipher(key).encryptBlock(block);
    }

    /** Over whole blocks. */
    public static byte[] ecb(byte[] key, byte[] padded) {
        return BlockModes.ecbEncrypt(new DesCipher(key), padded);
    }

    /** Padded 80 00… always; the initial value is the left 8 bytes. */
    public static byte[] mac(byte[] key, byte[] iv, byte[] data) {
        byte[] padded = BlockModes.padAlways(data, BLOCK);
        byte[] start = Arrays.copyOf(iv, BLOCK);
        if (key.length == BLOCK) {
            return BlockModes.cbcMac(new DesCipher(key), start, padded);
        }
        byte[] left = Arrays.copyOf(key, BLOCK);
        byte[] right = Arrays.copyOfRange(key, BLOCK, 2 * BLOCK);
        try {
            byte[] chained = BlockModes.cbcMac(new DesCipher(left), start, padded);
            return new DesCipher(left).encryptBlock(new DesCipher(right).decryptBlock(chained));
        } finally {
            Arrays.fill(left, (byte) 0);
            Arrays.fill(right, (byte) 0);
        }
    }
}
