package io.zhitong.settlementfile;

/**
 * Who signs settlement files (签名者): the key vault, through whatever client the caller has. The private key is never
 * here.
 */
public interface PackageSigner {
    /**
     * SM2 signature with identity 1234567812345678.
     *
     * @param message the exact bytes of the file
     * @return r‖s, 64 bytes
     */
    byte[] sign(byte[] message);

    /** The public key, x‖y, 64 bytes. */
    byte[] publicKey();
}
