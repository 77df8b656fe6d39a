package io.zhitong.fleet;

import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal's records one after the other, each length 2 ‖ record (日志文件). Survives a kill of the process, not a power cut:
 * nothing is forced to the disk. Not thread-safe.
 */
record JournalFile(Path file) {

    void append(JournalRecord record) {
        byte[] bytes = record.encode();
        ByteArrayOutputStream framed = new ByteArrayOutputStream(2 + bytes.length);
        framed.write(bytes.length >> 8);
        framed.write(bytes.length);
        framed.writeBytes(bytes);
        try {
            Files.write(file, framed.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be written", e);
        }
    }

    /** All whole records that follow each other; what was cut off behind them is cut off in the file, too. */
    List<JournalRecord> read() {
        List<JournalRecord> records = new ArrayList<>();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
            int good = 0;
            Hash last = Hash.ZERO;
            while (bytes.remaining() >= 2 && bytes.remaining() >= 2 + Short.toUnsignedInt(bytes.getShort(good))) {
                byte[] next = new byte[Short.toUnsignedInt(bytes.getShort())];
                bytes.get(next);
                JournalRecord record = JournalRecord.decode(next);
                if (!record.previous().equals(last)) {
                    break;
                }
                last = record.hash();
                records.add(record);
                good = bytes.position();
            }
            cut(good, bytes.limit());
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be read", e);
        } catch (ModelException e) {
            throw new UncheckedIOException(new IOException("the journal " + file + " is damaged: remove it", e));
        }
        return records;
    }

    private void cut(int good, int length) throws IOException {
        if (good < length) {
            Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), good));
        }
    }
}
