package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;
import java.util.Set;

/**
 * Where keys are used (密码模块): a process's memory, or a device. The vault above it decides what is allowed; the module
 * computes. A key lives in it until it is closed. Homes differ in their {@link #algorithms()} and in nothing else that a
 * caller sees (docs/keys.md, "Homes of the module"). Thread-safe.
 *
 * <p>Every method throws {@link ModuleException} where the module cannot do it, and {@link IllegalArgumentException} for keys
 * of another module and for wrong sizes.
 */
public interface CryptoModule extends AutoCloseable {
    /** The module in words, with the level of certification claimed for it. */
    String attest();

    /** What it computes with; keys of any other algorithm are refused. */
    Set<KeyAlgorithm> algorithms();

    /** Fresh random bytes from the module's generator. */
    byte[] random(int length);

    /** Draws a new key, or key pair, inside the module. */
    ModuleKey generate(KeyAlgorithm algorithm);

    /** The key as a blob that {@link #importWrapped} of this module, also after a restart, and nothing else opens. */
    byte[] wrapped(ModuleKey key);

    /** The key of a blob; {@link ModuleRefusal#FOREIGN_BLOB} when the blob is another module's or was changed. */
    ModuleKey importWrapped(byte[] blob);

    /** Takes over an SM4 key of 16 bytes. */
    ModuleKey loadSm4(SecretBytes key);

    /** Takes over an SM2 scalar of 32 bytes; a device that makes its pairs itself refuses. */
    ModuleKey loadSm2(SecretBytes scalar);

    /** Takes over a master of 3DES of 16 bytes: no step of SM4 leads from it. */
    ModuleKey loadTripleDes(SecretBytes key);

    /**
     * SM4-CBC-MAC over data padded 80 00… always; IV and answer have 16 bytes. For a key of 3DES: IV the left 8, answer 8
     * bytes, ISO/IEC 9797-1 algorithm 3 with a key of 16 bytes, DES-CBC with one of 8.
     */
    byte[] mac(DerivedKey key, byte[] iv, byte[] data);

    /** SM4 over one block of 16 bytes; for a key of 3DES over one of 8. */
    byte[] encryptBlock(DerivedKey key, byte[] block);

    /** Left 3 of SM4-CMAC(K, 0¹⁶); of 3DES-ECB(K, 0⁸) for a master of 3DES. */
    byte[] kcv(ModuleKey key);

    /**
     * Derives both keys and wraps one under the other in one operation: SM4-ECB (3DES-ECB) under {@code control} of
     * {@code Ld ‖ before ‖ key ‖ after}, padded 80 00… where not aligned. Ld is the length of what follows it, one byte.
     */
    byte[] deriveAndWrap(DerivedKey control, byte[] before, DerivedKey key, byte[] after);

    /** SM2 signature r ‖ s, 64 bytes, identity 1234567812345678. */
    byte[] sign(ModuleKey key, byte[] message);

    /** Whether r ‖ s is the signature of a point x ‖ y (64 bytes, on the curve) over the message. */
    boolean verify(byte[] point, byte[] message, byte[] signature);

    /** The public point x ‖ y of an SM2 key. */
    byte[] publicKey(ModuleKey key);

    /** Destroys every key the module still holds. */
    @Override
    void close();
}
