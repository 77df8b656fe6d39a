package io.zhitong.smcrypto;

import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CBCModeCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** SM4 (GB/T 32907, 分组密码算法) in the modes the house uses. Keys and blocks have 16 bytes. Thread-safe. */
public final class Sm4 {
    private static final int TAG = 16;

    private Sm4() {}

    /** One block under the key. */
    public static byte[] encryptBlock(byte[] key, byte[] block) {
        return new Sm4Cipher(key).encryptBlock(block);
    }

    /** ECB over whole blocks, no padding. */
    public static byte[] ecbEncrypt(byte[] key, byte[] data) {
        return BlockModes.ecbEncrypt(new Sm4Cipher(key), data);
    }

    /** ECB over whole blocks, no padding. */
    public static byte[] ecbDecrypt(byte[] key, byte[] data) {
        return BlockModes.ecbDecrypt(new Sm4Cipher(key), data);
    }

    /** CBC over whole blocks, no padding. */
    public static byte[] cbcEncrypt(byte[] key, byte[] iv, byte[] data) {
        return cbc(true, key, iv, data);
    }

    /** CBC over whole blocks, no padding. */
    public static byte[] cbcDecrypt(byte[] key, byte[] iv, byte[] data) {
        return cbc(false, key, iv, data);
    }

    /**
     * CTR (GB/T 17964) over data of any length, both ways: the whole block counts, big-endian, from iv (16 bytes). The pair
     * of key and iv must never be used twice.
     */
    public static byte[] ctr(byte[] key, byte[] iv, byte[] data) {
        if (iv.length != Sm4Cipher.BLOCK) {
            throw new IllegalArgumentException("expected a first counter of 16 bytes, came " + iv.length);
        }
        var mode = SICBlockCipher.newInstance(new SM4Engine());
        mode.init(true, new ParametersWithIV(new KeyParameter(key), iv));
        byte[] out = new byte[data.length];
        mode.processBytes(data, 0, data.length, out, 0);
        return out;
    }

    /** Last block of CBC over data padded 80 00… always: 16 bytes, of which cards use the left 4. */
    public static byte[] cbcMac(byte[] key, byte[] iv, byte[] data) {
        return BlockModes.cbcMac(new Sm4Cipher(key), iv, BlockModes.padAlways(data, Sm4Cipher.BLOCK));
    }

    /** CMAC (NIST SP 800-38B with SM4): 16 bytes. */
    public static byte[] cmac(byte[] key, byte[] data) {
        CMac mac = new CMac(new SM4Engine());
        mac.init(new KeyParameter(key));
        mac.update(data, 0, data.length);
        byte[] out = new byte[TAG];
        mac.doFinal(out, 0);
        return out;
    }

    /** GCM with a tag of 16 bytes: ciphertext ‖ tag. The pair of key and iv (12 bytes) must never be used twice. */
    public static byte[] gcmEncrypt(byte[] key, byte[] iv, byte[] aad, byte[] plain) {
        return Sm4Aead.GCM.seal(key, iv, aad, plain, TAG);
    }

    /**
     * Opens ciphertext ‖ tag 16.
     *
     * @throws MalformedInput if the tag does not fit
     */
    public static byte[] gcmDecrypt(byte[] key, byte[] iv, byte[] aad, byte[] sealed) {
        return Sm4Aead.GCM.open(key, iv, aad, sealed, TAG);
    }

    private static byte[] cbc(boolean encrypt, byte[] key, byte[] iv, byte[] data) {
        if (data.length % Sm4Cipher.BLOCK != 0) {
            throw new IllegalArgumentException("expected whole blocks of 16 bytes, came " + data.length);
        }
        CBCModeCipher mode = CBCBlockCipher.newInstance(new SM4Engine());
        mode.init(encrypt, new ParametersWithIV(new KeyParameter(key), iv));
        byte[] out = new byte[data.length];
        for (int at = 0; at < data.length; at += Sm4Cipher.BLOCK) {
            mode.processBlock(data, at, out, at);
        }
        return out;
    }
}
