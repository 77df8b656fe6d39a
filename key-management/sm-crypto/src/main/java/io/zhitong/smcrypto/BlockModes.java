package io.zhitong.smcrypto;

import java.util.Arrays;

/** Modes over whole blocks, the same for SM4 and DES. Nothing here pads by itself but where the name says so. */
public final class BlockModes {
    private BlockModes() {}

    /** ECB over whole blocks. */
    public static byte[] ecbEncrypt(CardCipher cipher, byte[] data) {
        return eachBlock(cipher, data, true);
    }

    /** ECB over whole blocks. */
    public static byte[] ecbDecrypt(CardCipher cipher, byte[] data) {
        return eachBlock(cipher, data, false);
    }

    /** The last block of CBC over whole blocks; iv has the length of a block. */
    public static byte[] cbcMac(CardCipher cipher, byte[] iv, byte[] data) {
        int block = cipher.blockSize();
        checkWhole(data, block);
        byte[] chain = iv.clone();
        for (int at = 0; at < data.length; at += block) {
            for (int i = 0; i < block; i++) {
                chain[i] ^= data[at + i];
            }
            chain = cipher.encryptBlock(chain);
        }
        return chain;
    }

    /** Appends 80 00… up to a whole block, always at least one byte (ISO 9797-1 padding 2). */
    public static byte[] padAlways(byte[] data, int block) {
        byte[] padded = Arrays.copyOf(data, (data.length / block + 1) * block);
        padded[data.length] = (byte) 0x80;
        return padded;
    }

    /** Appends 80 00… only if the data do not end on a block already. */
    public static byte[] padIfUnaligned(byte[] data, int block) {
        return data.length % block == 0 ? data.clone() : padAlways(data, block);
    }

    private static byte[] eachBlock(CardCipher cipher, byte[] data, boolean encrypt) {
        int block = cipher.blockSize();
        checkWhole(data, block);
        byte[] out = new byte[data.length];
        for (int at = 0; at < data.length; at += block) {
            byte[] in = Arrays.copyOfRange(data, at, at + block);
            byte[] result = encrypt ? cipher.encryptBlock(in) : cipher.decryptBlock(in);
            System.arraycopy(result, 0, out, at, block);
        }
        return out;
    }

    private static void checkWhole(byte[] data, int block) {
        if (data.length % block != 0) {
            throw new IllegalArgumentException("expected whole blocks of " + block + " bytes, came " + data.length);
        }
    }
}
