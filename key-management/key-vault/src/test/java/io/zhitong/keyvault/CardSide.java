package io.zhitong.keyvault;

import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A card's cryptograms by the JCA's SM4, apart from the vault's code. */
final class CardSide {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    private final byte[] key;

    private CardSide(byte[] key) {
        this.key = key;
    }

    static CardSide of(SecretBytes root, List<byte[]> factors) {
        CardSide at = new CardSide(root.export(SecretAccess.TOKEN));
        for (byte[] factor : factors) {
            at = at.below(factor);
        }
        return at;
    }

    byte[] key() {
        return key.clone();
    }

    byte[] mac(byte[] iv, byte[] data) {
        byte[] padded = Arrays.copyOf(data, (data.length / 16 + 1) * 16);
        padded[data.length] = (byte) 0x80;
        byte[] all = run("SM4/CBC/NoPadding", iv, padded);
        return Arrays.copyOfRange(all, all.length - 16, all.length - 12);
    }

    byte[] sessionMac(byte[] seed, byte[] data) {
        return below(seed).mac(new byte[16], data);
    }

    /** SM4 over one block. */
    byte[] block(byte[] block) {
        return run("SM4/ECB/NoPadding", new byte[0], block);
    }

    private CardSide below(byte[] factor) {
        byte[] block = Arrays.copyOf(factor, 16);
        for (int i = 0; i < 8; i++) {
            block[8 + i] = (byte) (factor[i] ^ 0xFF);
        }
        return new CardSide(run("SM4/ECB/NoPadding", new byte[0], block));
    }

    private byte[] run(String mode, byte[] iv, byte[] data) {
        try {
            Cipher cipher = Cipher.getInstance(mode, BC);
            SecretKeySpec sm4 = new SecretKeySpec(key, "SM4");
            if (iv.length == 0) {
                cipher.init(Cipher.ENCRYPT_MODE, sm4);
            } else {
                cipher.init(Cipher.ENCRYPT_MODE, sm4, new IvParameterSpec(iv));
            }
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SM4 of the JCA", e);
        }
    }
}
