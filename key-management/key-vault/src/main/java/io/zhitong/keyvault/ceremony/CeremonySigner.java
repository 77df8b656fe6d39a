package io.zhitong.keyvault.ceremony;

/** The key that signs transcripts (仪式记录签名密钥): the vault's audit key. */
public interface CeremonySigner {
    /** x ‖ y, 64 bytes. */
    byte[] publicKey();

    /** r ‖ s, 64 bytes. */
    byte[] sign(byte[] message);
}
