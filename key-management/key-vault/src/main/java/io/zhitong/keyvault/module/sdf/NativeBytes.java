package io.zhitong.keyvault.module.sdf;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Arrays;

/** Memory lent to a library (本机缓冲区): a guard stands behind it, and it is wiped when it is closed. Not thread-safe. */
public final class NativeBytes implements AutoCloseable {
    private static final int GUARD = 16;
    private static final byte GUARD_BYTE = (byte) 0xA5;

    private final Memory memory;
    private final int length;

    private NativeBytes(int length) {
        this.length = length;
        this.memory = new Memory(length + GUARD);
        memory.clear();
        memory.setMemory(length, GUARD, GUARD_BYTE);
    }

    /** A copy of the content. */
    public static NativeBytes of(byte[] content) {
        NativeBytes bytes = new NativeBytes(content.length);
        bytes.memory.write(0, content, 0, content.length);
        return bytes;
    }

    /** So many zeros. */
    public static NativeBytes sized(int length) {
        return new NativeBytes(length);
    }

    /** Where it lies. */
    public Pointer at() {
        return memory;
    }

    /** The left bytes; the caller wipes them where they are a key. */
    public byte[] left(int count) {
        if (count < 0 || count > length) {
            throw new IllegalArgumentException("expected at most " + length + " bytes, came " + count);
        }
        return memory.getByteArray(0, count);
    }

    /** All bytes; the caller wipes them where they are a key. */
    public byte[] all() {
        return left(length);
    }

    /** Whether the library wrote behind what it was lent. */
    public boolean overrun() {
        byte[] intact = new byte[GUARD];
        Arrays.fill(intact, GUARD_BYTE);
        return !Arrays.equals(intact, memory.getByteArray(length, GUARD));
    }

    @Override
    public void close() {
        memory.clear();
        memory.close();
    }
}
