package io.zhitong.keyvault.module.sdf;

import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.smcrypto.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The structures of GM/T 0018, packed to one byte (数据结构). Numbers are in the order of the machine; coordinates and the
 * halves of a signature lie right-aligned in fields of 64 bytes.
 *
 * <pre>
 * DEVICEINFO       issuer 40 ‖ name 16 ‖ serial 16 ‖ version 4 ‖ standard 4 ‖ asymmetric 8 ‖ symmetric 4 ‖ hash 4 ‖ buffer 4
 * ECCrefPublicKey  bits 4 ‖ x 64 ‖ y 64
 * ECCSignature     r 64 ‖ s 64
 * ECCCipher        x 64 ‖ y 64 ‖ M 32 ‖ L 4 ‖ C L
 * </pre>
 */
public final class SdfStructs {
    /** Bytes of DEVICEINFO. */
    public static final int DEVICE_INFO = 100;
    /** Bytes of ECCrefPublicKey. */
    public static final int PUBLIC_KEY = 132;
    /** Bytes of ECCSignature. */
    public static final int SIGNATURE = 128;

    private static final int FIELD = 64;
    private static final int NUMBER = 32;
    private static final int BITS = 256;
    private static final int CIPHER_HEAD = 164;

    private SdfStructs() {}

    /** The struct of a point x ‖ y. */
    public static byte[] publicKey(byte[] point) {
        return new ByteWriter().bytes(number(BITS)).bytes(twoFields(point)).toByteArray();
    }

    /** x ‖ y of the struct. */
    public static byte[] point(byte[] struct) {
        return twoNumbers(Arrays.copyOfRange(struct, 4, PUBLIC_KEY), "a coordinate");
    }

    /** The struct of r ‖ s. */
    public static byte[] signature(byte[] rs) {
        return twoFields(rs);
    }

    /** r ‖ s of the struct. */
    public static byte[] rs(byte[] struct) {
        return twoNumbers(struct, "half a signature");
    }

    /** The struct of x ‖ y ‖ hash 32 ‖ ciphertext, which is how the vault keeps an envelope. */
    public static byte[] cipher(byte[] envelope) {
        int length = envelope.length - 3 * NUMBER;
        return new ByteWriter()
                .bytes(twoFields(Arrays.copyOf(envelope, 2 * NUMBER)))
                .bytes(Arrays.copyOfRange(envelope, 2 * NUMBER, 3 * NUMBER))
                .bytes(number(length))
                .bytes(Arrays.copyOfRange(envelope, 3 * NUMBER, envelope.length))
                .toByteArray();
    }

    /** Bytes of the struct of an envelope over a key of that length. */
    public static int cipherLength(int key) {
        return CIPHER_HEAD + key;
    }

    /** x ‖ y ‖ hash 32 ‖ ciphertext of the struct. */
    public static byte[] envelope(byte[] struct) {
        return new ByteWriter()
                .bytes(twoNumbers(Arrays.copyOf(struct, 2 * FIELD), "a coordinate"))
                .bytes(Arrays.copyOfRange(struct, 2 * FIELD, 2 * FIELD + NUMBER))
                .bytes(Arrays.copyOfRange(struct, CIPHER_HEAD, struct.length))
                .toByteArray();
    }

    /**
     * A struct whose two fields of 64 bytes, from an offset on, hold their numbers at the other end: how a device that leaves
     * the standard there would have it.
     */
    public static byte[] otherAlignment(byte[] struct, int from) {
        byte[] moved = struct.clone();
        for (int field = from; field < from + 2 * FIELD; field += FIELD) {
            System.arraycopy(struct, field, moved, field + NUMBER, NUMBER);
            System.arraycopy(struct, field + NUMBER, moved, field, NUMBER);
        }
        return moved;
    }

    /** Issuer, name and serial number in words; anything but printable ASCII is left out. */
    public static String device(byte[] info) {
        return text(info, 0, 40) + ", " + text(info, 40, 56) + ", serial " + text(info, 56, 72);
    }

    private static String text(byte[] info, int from, int to) {
        return new String(info, from, to - from, StandardCharsets.US_ASCII)
                .replaceAll("[^ -~]", "")
                .strip();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private static byte[] twoFields(byte[] two) {
        byte[] zeros = new byte[FIELD - NUMBER];
        return new ByteWriter()
                .bytes(zeros)
                .bytes(Arrays.copyOf(two, NUMBER))
                .bytes(zeros)
                .bytes(Arrays.copyOfRange(two, NUMBER, 2 * NUMBER))
                .toByteArray();
    }

    private static byte[] twoNumbers(byte[] fields, String what) {
        for (int at = 0; at < NUMBER; at++) {
            if ((fields[at] | fields[FIELD + at]) != 0) {
                throw new ModuleException(
                        ModuleRefusal.WRONG_RESULT, what + " is expected right-aligned in 64 bytes, and is not");
            }
        }
        return new ByteWriter()
                .bytes(Arrays.copyOfRange(fields, NUMBER, FIELD))
                .bytes(Arrays.copyOfRange(fields, FIELD + NUMBER, 2 * FIELD))
                .toByteArray();
    }
}
