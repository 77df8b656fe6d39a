package io.zhitong.smcrypto;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * SM4 with authentication (可鉴别加密), RFC 8998: a sealed text is as long as the plaintext plus its tag. The pair of key and
 * IV must never be used twice. Thread-safe.
 */
public enum Sm4Aead {
    /** GB/T 36624 and NIST SP 800-38D. IV 1 byte and more, best 12; tag 4 … 16 bytes. */
    GCM {
        @Override
        AEADBlockCipher engine() {
            return GCMBlockCipher.newInstance(new SM4Engine());
        }

        @Override
        boolean fits(int iv, int tag) {
            return iv >= 1 && tag >= 4 && tag <= 16;
        }
    },
    /** GB/T 36624 and NIST SP 800-38C. IV 7 … 13 bytes; tag 4, 6, … 16 bytes. */
    CCM {
        @Override
        AEADBlockCipher engine() {
            return CCMBlockCipher.newInstance(new SM4Engine());
        }

        @Override
        boolean fits(int iv, int tag) {
            return iv >= 7 && iv <= 13 && tag >= 4 && tag <= 16 && tag % 2 == 0;
        }
    };

    abstract AEADBlockCipher engine();

    abstract boolean fits(int iv, int tag);

    /**
     * Ciphertext ‖ tag.
     *
     * @param key 16 bytes
     * @param aad authenticated, not encrypted
     * @param tag length of the tag in bytes
     * @throws IllegalArgumentException for lengths the mode does not have
     */
    public byte[] seal(byte[] key, byte[] iv, byte[] aad, byte[] plain, int tag) {
        try {
            return run(true, key, iv, aad, plain, tag);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encryption cannot fail on its tag", e);
        }
    }

    /**
     * Opens ciphertext ‖ tag.
     *
     * @throws MalformedInput if the tag does not fit; nothing of the plaintext is answered
     * @throws IllegalArgumentException for lengths the mode does not have
     */
    public byte[] open(byte[] key, byte[] iv, byte[] aad, byte[] sealed, int tag) {
        try {
            return run(false, key, iv, aad, sealed, tag);
        } catch (InvalidCipherTextException e) {
            throw new MalformedInput("expected a ciphertext with its tag, the tag does not fit");
        }
    }

    private byte[] run(boolean encrypt, byte[] key, byte[] iv, byte[] aad, byte[] in, int tag)
            throws InvalidCipherTextException {
        if (key.length != Sm4Cipher.BLOCK || !fits(iv.length, tag)) {
            throw new IllegalArgumentException("expected a key of 16 bytes and an IV and a tag of lengths that "
                    + name() + " has, came " + key.length + ", " + iv.length + " and " + tag);
        }
        AEADBlockCipher mode = engine();
        mode.init(encrypt, new AEADParameters(new KeyParameter(key), 8 * tag, iv, aad));
        byte[] out = new byte[mode.getOutputSize(in.length)];
        int done = mode.processBytes(in, 0, in.length, out, 0);
        mode.doFinal(out, done);
        return out;
    }
}
