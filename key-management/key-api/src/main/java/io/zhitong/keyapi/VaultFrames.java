package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteWriter;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Frames of the vault's wire protocol: length 4 ‖ content, big-endian. A request's content is {@code 01 ‖ op 1 ‖ body}, an
 * answer's is {@code status 1 ‖ body}: 00 with the answer, else a refusal's code with a text of ours.
 */
public final class VaultFrames {
    /** Most bytes of a frame's content: ten thousand TACs have half of it. */
    public static final int MOST = 4 * 1024 * 1024;

    static final int VERSION = 1;

    private VaultFrames() {}

    /**
     * Reads one frame's content.
     *
     * @return empty at the end of the stream between frames
     * @throws KeyServiceException {@link KeyRefusal#TOO_LARGE} when the length is 0 or beyond {@link #MOST}; the stream is
     *     then out of step and must be closed
     */
    public static Optional<byte[]> read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int first = data.read();
        if (first < 0) {
            return Optional.empty();
        }
        long length = (long) first << 24 | data.readUnsignedByte() << 16 | data.readUnsignedShort();
        if (length == 0 || length > MOST) {
            throw new KeyServiceException(KeyRefusal.TOO_LARGE, "expected a frame of 1 to " + MOST + " bytes");
        }
        byte[] content = data.readNBytes((int) length);
        if (content.length != length) {
            throw new EOFException("the stream ended within a frame");
        }
        return Optional.of(content);
    }

    /** Writes one frame. */
    public static void write(OutputStream out, byte[] content) throws IOException {
        if (content.length > MOST) {
            throw new KeyServiceException(
                    KeyRefusal.TOO_LARGE, "expected at most " + MOST + " bytes: send smaller batches");
        }
        out.write(new ByteWriter().u32(content.length).bytes(content).toByteArray());
        out.flush();
    }
}
