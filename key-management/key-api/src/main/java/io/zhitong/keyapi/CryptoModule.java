package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;

/**
 * Where keys are used (密码模块): a process's memory, or a device. The vault above it decides what is allowed; the module
 * computes. Thread-safe.
 */
public interface CryptoModule extends AutoCloseable {
    /** The module in words, with the level of certification claimed for it. */
    String attest();

    /** Fresh random bytes from the module's generator. */
    byte[] random(int length);

    /** Takes over an SM4 key of 16 bytes. */
    ModuleKey loadSm4(SecretBytes key);

    /** Takes over an SM2 scalar of 32 bytes. */
    ModuleKey loadSm2(SecretBytes scalar);

    /**
     * SM4-CBC-MAC over data padded 80 00… always; IV and answer have 16 bytes. For a key of 3DES: IV the left 8, answer 8
     * bytes, ISO/IEC 9797-1 algorithm 3 with a key of 16 bytes, DES-CBC with one of 8.
     */
    byte[] mac(DerivedKey key, byte[] iv, byte[] data);

    /** SM4 over one block of 16 bytes; for a key of 3DES over one of 8. */
    byte[] encryptBlock(DerivedKey key, byte[] block);

    /** Left 3 of SM4-CMAC(K, 0¹⁶). */
    byte[] kcv(ModuleKey key);

    /**
     * Derives both keys and wraps one under the other in one operation: SM4-ECB (3DES-ECB) under {@code control} of
     * {@code Ld ‖ before ‖ key ‖ after}, padded 80 00… where not aligned. Ld is the length of what follows it, one byte.
     */
    byte[] deriveAndWrap(DerivedKey control, byte[] before, DerivedKey key, byte[] after);

    /** SM2 signature r ‖ s, 64 bytes, identity 1234567812345678. */
    byte[] sign(ModuleKey key, byte[] message);

    /** The public point x ‖ y of an SM2 key. */
    byte[] publicKey(ModuleKey key);

    /** Destroys every key the module still holds. */
    @Override
    void close();
}
