package io.zhitong.smcrypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * Key bytes (密钥字节) that cannot leak by accident: redacted text, constant-time equality, zeroised on close.
 *
 * <p>Thread-safe. After {@link #close()} every use throws {@link IllegalStateException}.
 */
public final class SecretBytes implements AutoCloseable {
    private byte @org.jspecify.annotations.Nullable [] bytes;

    private SecretBytes(byte[] owned) {
        this.bytes = owned;
    }

    /** Wraps a copy; the caller still owns (and should wipe) its array. */
    public static SecretBytes copyOf(byte[] source) {
        return new SecretBytes(source.clone());
    }

    /** Wraps the array itself; the caller must not touch it any more. */
    public static SecretBytes takeOver(byte[] source) {
        return new SecretBytes(Objects.requireNonNull(source));
    }

    /** Length in bytes. */
    public synchronized int length() {
        return alive().length;
    }

    /** A fresh copy of the bytes, which the caller wipes after use. */
    public synchronized byte[] export(SecretAccess token) {
        Objects.requireNonNull(token, "token");
        return alive().clone();
    }

    /** Overwrites the bytes with zeros; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
            bytes = null;
        }
    }

    private byte[] alive() {
        if (bytes == null) {
            throw new IllegalStateException("secret was closed; take it from its owner again");
        }
        return bytes;
    }

    /** Compares in time that depends on the lengths only. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof SecretBytes that)) {
            return false;
        }
        byte[] mine = export(SecretAccess.TOKEN);
        byte[] theirs = that.export(SecretAccess.TOKEN);
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    /** The same for all secrets: a hash of a key would be a hint at it. */
    @Override
    public int hashCode() {
        return SecretBytes.class.hashCode();
    }

    @Override
    public synchronized String toString() {
        return bytes == null ? "SecretBytes[closed]" : "SecretBytes[" + bytes.length + " bytes, redacted]";
    }
}
