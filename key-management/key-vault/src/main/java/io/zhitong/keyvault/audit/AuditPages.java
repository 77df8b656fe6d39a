package io.zhitong.keyvault.audit;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads pieces of an audit file without beginning at its first record each time. Not thread-safe. */
final class AuditPages {
    private static final int HASH = 32;
    private static final int SIZE = 2;

    private static final int NUMBER = 8;

    private final NavigableMap<Long, Long> ends = new TreeMap<>();
    private final Path path;
    private int sinceLast;

    AuditPages(Path path, List<AuditWalk.Place> places) {
        this.path = path;
        places.forEach(place -> ends.put(place.number(), place.end()));
    }

    /** A record was appended, and ends there. */
    void appended(long number, long end) {
        sinceLast++;
        if (sinceLast >= AuditWalk.STEP) {
            ends.put(number, end);
            sinceLast = 0;
        }
    }

    /**
     * Records as they lie in the file, from the first one of that number or a higher one, with the place before it.
     *
     * @param from 1 or more
     * @param most how many at most
     * @param length of the whole records in the file
     */
    AuditPiece read(long from, int most, long length) {
        Map.Entry<Long, Long> near = ends.lowerEntry(from);
        long number = near == null ? 0 : near.getKey();
        long start = near == null ? 0 : near.getValue();
        try (FileChannel file = FileChannel.open(path)) {
            long end = start;
            int taken = 0;
            long last = number;
            while (taken < most && end < length) {
                file.position(end);
                ByteBuffer head = ByteBuffer.wrap(exactly(file, SIZE + NUMBER));
                int size = head.getShort() & 0xFFFF;
                long next = head.getLong();
                end += SIZE + size + HASH;
                if (next < from) {
                    number = next;
                    start = end;
                } else {
                    taken++;
                }
                last = next;
            }
            return piece(file, number, start, Math.toIntExact(end - start), last);
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot read " + path, e);
        }
    }

    private static AuditPiece piece(FileChannel file, long number, long start, int length, long last)
            throws IOException {
        byte[] before = new byte[HASH];
        if (start > 0) {
            file.position(start - HASH);
            before = exactly(file, HASH);
        }
        file.position(start);
        return new AuditPiece(new AuditPosition(number, before), exactly(file, length), last);
    }

    private static byte[] exactly(FileChannel file, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw new IOException("the audit file ends early");
            }
        }
        return bytes.array();
    }
}
