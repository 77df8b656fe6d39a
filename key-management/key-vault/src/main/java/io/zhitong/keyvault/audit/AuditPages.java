package io.zhitong.keyvault.audit;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads pieces of an audit file without beginning at its first record each time. Not thread-safe. */
final class AuditPages {
    private static final int HASH = 32;
    private static final int SIZE = 2;

    private final Path path;
    private final List<Long> places;

    AuditPages(Path path, List<Long> places) {
        this.path = path;
        this.places = new ArrayList<>(places);
    }

    /** The record that ends there has a number that {@link AuditWalk#STEP} divides. */
    void remember(long end) {
        places.add(end);
    }

    /**
     * Records {@code from} to {@code to} as they lie in the file, with the chain's hash before them.
     *
     * @param from 1 or more
     * @param to at least from − 1, at most the newest
     */
    AuditPiece read(long from, long to) {
        int step = Math.toIntExact((from - 1) / AuditWalk.STEP);
        long start = step == 0 ? 0 : places.get(step - 1);
        try (FileChannel file = FileChannel.open(path)) {
            long skipped = from - 1 - (long) step * AuditWalk.STEP;
            file.position(start);
            start += length(file, skipped);
            file.position(start);
            int length = Math.toIntExact(length(file, to - from + 1));
            byte[] before = new byte[HASH];
            if (start > 0) {
                file.position(start - HASH);
                before = exactly(file, HASH);
            }
            file.position(start);
            return new AuditPiece(new AuditPosition(from - 1, before), exactly(file, length));
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot read " + path, e);
        }
    }

    private static byte[] exactly(FileChannel file, int length) throws IOException {
        byte[] bytes = Channels.newInputStream(file).readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the audit file ends early");
        }
        return bytes;
    }

    /** Bytes of so many records from where the file stands. */
    private static long length(FileChannel file, long records) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(file)));
        long length = 0;
        for (long i = 0; i < records; i++) {
            int size = in.readUnsignedShort() + HASH;
            in.skipNBytes(size);
            length += SIZE + size;
        }
        return length;
    }
}
