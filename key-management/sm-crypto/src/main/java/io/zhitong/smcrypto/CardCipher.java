package io.zhitong.smcrypto;

/** A keyed block algorithm of a card (分组密码): SM4 with blocks of 16 bytes, DES or 3DES with 8. Not thread-safe. */
public sealed interface CardCipher permits Sm4Cipher, DesCipher {
    /** Bytes a block: 8 or 16. */
    int blockSize();

    /** One block in, one block out. */
    byte[] encryptBlock(byte[] block);

    /** One block in, one block out. */
    byte[] decryptBlock(byte[] block);
}
