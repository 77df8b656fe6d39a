package io.zhitong.keyvault.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit chain when the disk is full, records are exchanged or left out, lengths are changed, the clock goes back. */
class AuditDamageTest {
    private static final AuditPosition NOTHING = AuditPosition.start();
    private static final Instant NOON = Instant.parse("2026-11-21T04:00:00Z");
    private final Sm2PrivateKey key = Sm2PrivateKey.generate(RandomSource.secure());

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("audit.log");
    }

    private byte[] sign(byte[] message) {
        return Sm2.sign(key, message, RandomSource.secure());
    }

    private AuditLog open(AuditPosition known, Clock clock) {
        return AuditLog.open(file(), known, clock, this::sign);
    }

    private AuditLog open(AuditPosition known) {
        return open(known, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private AuditChain.Checked verified() throws IOException {
        return AuditChain.verify(file(), NOTHING, key.publicKey());
    }

    private static void append(AuditLog log, String detail) {
        log.append(AuditKind.SIGNED, "backend/b", 1, new byte[32], detail);
    }

    /** A file whose writes stop half-way after so many bytes, until there is room again. */
    private static final class FullDisk extends FileChannel {
        private final FileChannel inner;
        private long room = Long.MAX_VALUE;
        private boolean stuck;

        FullDisk(FileChannel inner) {
            this.inner = inner;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (room <= 0) {
                throw new IOException("No space left on device");
            }
            ByteBuffer part = source.duplicate();
            int length = (int) Math.min(room, source.remaining());
            part.limit(part.position() + length);
            int written = inner.write(part);
            source.position(source.position() + written);
            room -= written;
            return written;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (stuck) {
                throw new IOException("Input/output error");
            }
            inner.truncate(size);
            return this;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return inner.read(target);
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            return inner.read(targets, offset, length);
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            return inner.write(sources, offset, length);
        }

        @Override
        public long position() throws IOException {
            return inner.position();
        }

        @Override
        public FileChannel position(long newPosition) throws IOException {
            inner.position(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            return inner.size();
        }

        @Override
        public void force(boolean metaData) throws IOException {
            inner.force(metaData);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return inner.transferTo(position, count, target);
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
            return inner.transferFrom(source, position, count);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return inner.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return inner.write(source, position);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            return inner.map(mode, position, size);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return inner.lock(position, size, shared);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return inner.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            inner.close();
        }
    }

    private AuditLog onDisk(FullDisk disk) throws IOException {
        return new AuditLog(
                file(), disk, AuditChain.check(disk, NOTHING), Clock.fixed(NOON, ZoneOffset.UTC), this::sign);
    }

    private FullDisk disk() throws IOException {
        return new FullDisk(
                FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @ParameterizedTest(name = "room for {0} bytes more")
    @ValueSource(longs = {0, 1, 2, 3, 40, 90, 100})
    void record_that_does_not_fit_is_taken_back_and_the_chain_goes_on_when_there_is_room(long room) throws IOException {
        try (FullDisk disk = disk()) {
            AuditLog log = onDisk(disk);
            append(log, "first");
            AuditPosition before = log.position();
            disk.room = room;
            for (int i = 0; i < 3; i++) {
                VaultException refused = assertThrows(VaultException.class, () -> append(log, "does not fit"));
                assertEquals(VaultFault.FILE, refused.fault());
            }
            assertEquals(before, log.position());
            disk.room = Long.MAX_VALUE;
            append(log, "second");
            log.checkpoint();
        }
        assertEquals(3, verified().end().number());
    }

    @Test
    void log_that_cannot_take_half_a_record_back_writes_nothing_more_and_opens_after_a_new_start() throws IOException {
        try (FullDisk disk = disk()) {
            AuditLog log = onDisk(disk);
            append(log, "first");
            disk.room = 30;
            disk.stuck = true;
            assertThrows(VaultException.class, () -> append(log, "torn"));
            disk.room = Long.MAX_VALUE;
            assertThrows(VaultException.class, () -> append(log, "never"));
        }
        try (AuditLog log = open(NOTHING)) {
            append(log, "after");
        }
        // the first, the record of the damage, the one after
        assertEquals(3, verified().end().number());
    }

    private List<byte[]> records() throws IOException {
        List<byte[]> found = new ArrayList<>();
        byte[] all = Files.readAllBytes(file());
        ByteReader in = new ByteReader(all);
        int at = 0;
        while (in.remaining() > 0) {
            int length = 2 + in.sized().length + 32;
            in.bytes(32);
            found.add(Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
        return found;
    }

    private void write(List<byte[]> records) throws IOException {
        int length = records.stream().mapToInt(r -> r.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        records.forEach(all::put);
        Files.write(file(), all.array());
    }

    @Test
    void records_left_out_doubled_or_exchanged_are_found() throws IOException {
        try (AuditLog log = open(NOTHING)) {
            for (int i = 0; i < 6; i++) {
                append(log, "record " + i);
            }
        }
        AuditPosition end = verified().end();
        List<byte[]> intact = records();
        assertEquals(6, intact.size());
        for (int i = 0; i < 6; i++) {
            List<byte[]> without = new ArrayList<>(intact);
            without.remove(i);
            write(without);
            refused(end, "without " + i);
            List<byte[]> doubled = new ArrayList<>(intact);
            doubled.add(i, intact.get(i));
            write(doubled);
            refused(end, "doubled " + i);
            if (i > 0) {
                List<byte[]> exchanged = new ArrayList<>(intact);
                exchanged.set(i, intact.get(i - 1));
                exchanged.set(i - 1, intact.get(i));
                write(exchanged);
                refused(end, "exchanged " + i);
            }
        }
        write(intact);
        open(end).close();
    }

    private void refused(AuditPosition known, String what) {
        VaultException refused =
                assertThrows(VaultException.class, () -> open(known).close(), what);
        assertEquals(VaultFault.AUDIT_BROKEN, refused.fault(), what);
    }

    @Test
    void changed_length_in_the_middle_never_cuts_off_what_follows() throws IOException {
        try (AuditLog log = open(NOTHING)) {
            for (int i = 0; i < 30; i++) {
                append(log, "record " + i);
            }
        }
        byte[] intact = Files.readAllBytes(file());
        int third = records().get(0).length + records().get(1).length;
        for (int bit = 0; bit < 16; bit++) {
            byte[] changed = intact.clone();
            changed[third + bit / 8] ^= (byte) (0x80 >> bit % 8);
            Files.write(file(), changed);
            refused(NOTHING, "bit " + bit);
            assertEquals(intact.length, Files.size(file()), "bit " + bit);
        }
    }

    @Test
    void every_cut_at_the_end_leaves_the_whole_records_and_says_how_much_was_lost() throws IOException {
        try (AuditLog log = open(NOTHING)) {
            append(log, "one");
            append(log, "two");
        }
        byte[] intact = Files.readAllBytes(file());
        int first = records().get(0).length;
        Random random = new Random(4);
        for (int length = first + 1; length < intact.length; length += 1 + random.nextInt(9)) {
            Files.write(file(), Arrays.copyOf(intact, length));
            open(NOTHING).close();
            List<byte[]> kept = records();
            assertEquals(2, kept.size(), "length " + length);
            String damage = AuditEntry.decode(Arrays.copyOfRange(kept.get(1), 2, kept.get(1).length - 32))
                    .detail();
            assertEquals("cut off an incomplete record of " + (length - first) + " bytes", damage);
        }
    }

    @Test
    void clock_that_goes_back_is_recorded_once_and_changes_times_and_not_the_order() throws IOException {
        Instant[] now = {NOON};
        Clock clock = new Clock() {
            private final InstantSource source = () -> now[0];

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return source.instant();
            }
        };
        AuditPosition known;
        try (AuditLog log = open(NOTHING, clock)) {
            append(log, "noon");
            now[0] = NOON.minus(Duration.ofDays(400));
            append(log, "a year before");
            log.checkpoint();
            known = log.position();
        }
        try (AuditLog log = open(known, clock)) {
            append(log, "still before");
        }
        List<Long> numbers = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        List<Integer> kinds = new ArrayList<>();
        for (byte[] record : records()) {
            AuditEntry entry = AuditEntry.decode(Arrays.copyOfRange(record, 2, record.length - 32));
            numbers.add(entry.number());
            times.add(entry.time());
            kinds.add(entry.kind());
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), numbers);
        assertEquals(
                1,
                kinds.stream()
                        .filter(kind -> kind == AuditKind.CLOCK_BACK.code())
                        .count());
        assertEquals(AuditKind.CLOCK_BACK.code(), kinds.get(1));
        assertTrue(times.get(1) < times.get(0));
        assertEquals(5, verified().end().number());
    }

    @Test
    void checkpoint_moved_to_another_place_does_not_verify() throws IOException {
        try (AuditLog log = open(NOTHING)) {
            append(log, "one");
            log.checkpoint();
        }
        byte[] signature = AuditEntry.decode(
                        Arrays.copyOfRange(records().get(1), 2, records().get(1).length - 32))
                .signature();
        Files.delete(file());
        try (AuditLog log = AuditLog.open(file(), NOTHING, Clock.fixed(NOON, ZoneOffset.UTC), message -> signature)) {
            append(log, "another one");
            log.checkpoint();
        }
        VaultException refused = assertThrows(VaultException.class, this::verified);
        assertEquals(VaultFault.AUDIT_BROKEN, refused.fault());
    }

    @Test
    void revocations_behind_the_known_place_are_told_and_older_ones_not() {
        AuditPosition known;
        try (AuditLog log = open(NOTHING)) {
            log.append(AuditKind.MACHINE_REVOKED, "backend/b", 1, new byte[32], "1a COMPROMISED");
            known = log.position();
            append(log, "2b not a revocation");
            log.append(AuditKind.MACHINE_REVOKED, "backend/b", 1, new byte[32], "3c COMPROMISED");
        }
        try (AuditLog log = open(known)) {
            assertEquals(List.of("3c COMPROMISED"), log.revokedSince());
        }
        try (AuditLog log = open(NOTHING)) {
            assertEquals(List.of("1a COMPROMISED", "3c COMPROMISED"), log.revokedSince());
        }
    }
}
