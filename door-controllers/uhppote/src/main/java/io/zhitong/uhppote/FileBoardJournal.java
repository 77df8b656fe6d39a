package io.zhitong.uhppote;

import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A journal in a file of its own (文件日志): entries of length 4 ‖ CRC-32 4 ‖ cursor 72 ‖ n × (length 2 ‖ record), forced to disk one
 * by one; an entry torn by a crash is cut off when the file is opened, and its events are fetched again. Not thread-safe.
 */
public final class FileBoardJournal implements BoardJournal, AutoCloseable {

    private static final int MOST = 16 << 20;

    private final FileChannel file;
    private final List<JournalRecord> records = new ArrayList<>();
    private BoardCursor cursor;

    private FileBoardJournal(FileChannel file, BoardCursor start) {
        this.file = file;
        cursor = start;
    }

    /** An empty or missing file begins a new journal. */
    public static FileBoardJournal open(Path path, SecureRandom random) {
        try {
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileBoardJournal journal = new FileBoardJournal(file, BoardCursor.start(JournalId.draw(random)));
            long end = 0;
            while (journal.read(end)) {
                end = file.position();
            }
            file.truncate(end);
            file.position(end);
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("expected to read the journal of a board", e);
        }
    }

    private boolean read(long at) throws IOException {
        file.position(at);
        ByteBuffer head = fill(8);
        if (head.hasRemaining() || head.getInt(0) < BoardCursor.LENGTH || head.getInt(0) > MOST) {
            return false;
        }
        ByteBuffer entry = fill(head.getInt(0));
        if (entry.hasRemaining() || crc(entry.array()) != head.getInt(4)) {
            return false;
        }
        ByteReader in = new ByteReader(entry.array());
        cursor = BoardCursor.decode(in.bytes(BoardCursor.LENGTH));
        while (in.remaining() > 0) {
            records.add(JournalRecord.decode(in.sized()));
        }
        return true;
    }

    private ByteBuffer fill(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && file.read(buffer) >= 0) {
            // until it is full or the file ends
        }
        return buffer;
    }

    @Override
    public BoardCursor cursor() {
        return cursor;
    }

    /** All records, oldest first. */
    public List<JournalRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void store(List<JournalRecord> more, BoardCursor behind) {
        ByteWriter entry = new ByteWriter().bytes(behind.encode());
        more.forEach(record -> entry.sized(record.encode()));
        byte[] bytes = entry.toByteArray();
        ByteBuffer out = ByteBuffer.allocate(8 + bytes.length)
                .putInt(bytes.length)
                .putInt(crc(bytes))
                .put(bytes)
                .flip();
        try {
            while (out.hasRemaining()) {
                file.write(out);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("expected to write the journal of a board", e);
        }
        records.addAll(more);
        cursor = behind;
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("expected to close the journal of a board", e);
        }
    }
}
