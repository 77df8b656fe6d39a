package io.zhitong.uhppote.emulator;

import io.zhitong.uhppote.message.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What an emulated board remembers (存储): every frame that changed it, in order, 64 bytes and their CRC-32, forced to disk before
 * the answer leaves. An end torn by a crash is cut off when the file is opened. Not thread-safe.
 */
final class BoardLog implements AutoCloseable {

    private static final int ENTRY = Frame.LENGTH_BYTES + 4;

    private final FileChannel file;

    private BoardLog(FileChannel file) {
        this.file = file;
    }

    static BoardLog open(Path path) {
        try {
            return new BoardLog(FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException("expected to open the board's memory", e);
        }
    }

    /** All frames up to the first that is not whole; what follows is cut off. */
    List<byte[]> replay() {
        try {
            List<byte[]> frames = new ArrayList<>();
            ByteBuffer entry = ByteBuffer.allocate(ENTRY);
            while (fill(entry.clear()) && whole(entry)) {
                byte[] frame = new byte[Frame.LENGTH_BYTES];
                entry.get(0, frame);
                frames.add(frame);
            }
            file.truncate((long) frames.size() * ENTRY);
            file.position((long) frames.size() * ENTRY);
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException("expected to read the board's memory", e);
        }
    }

    void append(byte[] frame) {
        try {
            ByteBuffer entry =
                    ByteBuffer.allocate(ENTRY).put(frame).putInt(crc(frame)).flip();
            while (entry.hasRemaining()) {
                file.write(entry);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("expected to write the board's memory", e);
        }
    }

    private boolean fill(ByteBuffer entry) throws IOException {
        while (entry.hasRemaining()) {
            if (file.read(entry) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean whole(ByteBuffer entry) {
        byte[] frame = new byte[Frame.LENGTH_BYTES];
        entry.get(0, frame);
        return entry.getInt(Frame.LENGTH_BYTES) == crc(frame);
    }

    private static int crc(byte[] frame) {
        CRC32 crc = new CRC32();
        crc.update(frame);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("expected to close the board's memory", e);
        }
    }
}
