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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * A journal in a file of its own (文件日志): entries of length 4 ‖ CRC-32 4 ‖ cursor 72 ‖ n × (length 2 ‖ record), forced to disk one
 * by one; an entry torn by a crash is cut off when the file is opened, and its events are fetched again. Not thread-safe.
 */
public final class FileBoardJournal implements BoardJournal, AutoCloseable {

    private static final int MOST = 16 << 20;

    private final FileChannel file;
    private BoardCursor cursor;
    private long end;

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
            journal.replay(record -> {});
            file.truncate(journal.end);
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("expected to read the journal of a board", e);
        }
    }

    /** Reads every whole entry; {@code end} lies behind the last of them. */
    private void replay(Consumer<JournalRecord> each) throws IOException {
        end = 0;
        for (Optional<byte[]> entry = entry(); entry.isPresent(); entry = entry()) {
            end += 8L + entry.get().length;
            ByteReader in = new ByteReader(entry.get());
            cursor = BoardCursor.decode(in.bytes(BoardCursor.LENGTH));
            while (in.remaining() > 0) {
                each.accept(JournalRecord.decode(in.sized()));
            }
        }
    }

    private Optional<byte[]> entry() throws IOException {
        file.position(end);
        ByteBuffer head = fill(8);
        if (head.hasRemaining() || head.getInt(0) < BoardCursor.LENGTH || head.getInt(0) > MOST) {
            return Optional.empty();
        }
        ByteBuffer entry = fill(head.getInt(0));
        return entry.hasRemaining() || crc(entry.array()) != head.getInt(4)
                ? Optional.empty()
                : Optional.of(entry.array());
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

    /** All records, oldest first, read from the file. */
    public List<JournalRecord> records() {
        try {
            List<JournalRecord> records = new ArrayList<>();
            replay(records::add);
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException("expected to read the journal of a board", e);
        }
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
            file.position(end);
            while (out.hasRemaining()) {
                file.write(out);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("expected to write the journal of a board", e);
        }
        end += 8L + bytes.length;
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
