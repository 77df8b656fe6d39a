package io.zhitong.keyvault.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm3;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a chain of 600 records: whatever is asked, in whatever steps, it is the file and nothing beside it. */
class AuditPagesTest {
    private static final int RECORDS = 600;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_800_000_000_123L), ZoneOffset.UTC);

    @TempDir
    static Path folder;

    private static byte[] whole = {};

    @BeforeAll
    static void write() throws IOException {
        ByteWriter out = new ByteWriter();
        byte[] hash = new byte[32];
        for (int i = 1; i <= RECORDS; i++) {
            byte[] record = new AuditEntry(
                            i,
                            1_800_000_000_000L + i,
                            AuditKind.SIGNED.code(),
                            "backend/b",
                            i,
                            new byte[32],
                            "x".repeat(i % 7),
                            new byte[0])
                    .encode();
            hash = Sm3.hash(hash, record);
            out.sized(record).bytes(hash);
        }
        Files.write(folder.resolve("audit.log"), out.toByteArray());
        whole = Files.readAllBytes(folder.resolve("audit.log"));
    }

    private static AuditLog log(Path path) {
        return AuditLog.open(path, AuditPosition.start(), CLOCK, message -> new byte[64]);
    }

    private static AuditFile file() throws IOException {
        return AuditFile.of(folder.resolve("audit.log"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 255, 256, 257, 599, 600, 1000})
    void pages_of_any_size_join_to_the_whole_file(int most) throws IOException {
        AuditFile file = file();
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        long next = 1;
        AuditPiece piece = file.read(next, most);
        while (piece.records().length > 0) {
            assertEquals(next - 1, piece.before().number());
            joined.write(piece.records());
            next = piece.end() + 1;
            piece = file.read(next, most);
        }
        assertEquals(RECORDS + 1, next);
        assertArrayEquals(whole, joined.toByteArray());
    }

    /** Each page checks by itself from the place it names: hash by hash up to its last record. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 258, 511, 512, 513, 514, 600})
    void page_from_anywhere_verifies_from_the_place_it_names(int from) throws IOException {
        AuditPiece piece = file().read(from, 20);
        AuditWalk walk = new AuditWalk(new ByteArrayInputStream(piece.records()), piece.before(), Optional.empty());
        int expected = from;
        Optional<AuditEntry> entry = walk.next();
        while (entry.isPresent()) {
            assertEquals(expected, entry.get().number());
            assertEquals(expected, entry.get().items());
            expected++;
            entry = walk.next();
        }
        assertEquals(Math.min(from + 20, RECORDS + 1), expected);
        assertEquals(expected - 1, piece.end());
        assertTrue(!walk.torn());
    }

    @Test
    void page_behind_the_newest_is_empty_and_names_the_newest() throws IOException {
        AuditFile file = file();
        for (long from : new long[] {RECORDS + 1, RECORDS + 1000, Long.MAX_VALUE}) {
            AuditPiece piece = file.read(from, 10);
            assertEquals(0, piece.records().length);
            assertEquals(RECORDS, piece.before().number());
            assertArrayEquals(file.position().hash(), piece.before().hash());
        }
    }

    @Test
    void first_page_begins_at_the_start_of_the_chain() throws IOException {
        AuditPiece piece = file().read(1, 1);
        assertEquals(0, piece.before().number());
        assertArrayEquals(AuditPosition.start().hash(), piece.before().hash());
        assertEquals(1, piece.end());
    }

    @Test
    void pages_of_a_log_that_grows_are_those_of_its_file(@TempDir Path own) throws IOException {
        Path path = Files.write(own.resolve("audit.log"), whole);
        try (AuditLog log = log(path)) {
            long before = log.position().number();
            log.append(AuditKind.SIGNED, "backend/b", 7, new byte[32], "");
            AuditPiece live = log.read(590, 100);
            AuditPiece kept = AuditFile.of(path).read(590, 100);
            assertEquals(589, live.before().number());
            assertArrayEquals(kept.before().hash(), live.before().hash());
            assertArrayEquals(kept.records(), live.records());
            assertEquals(before + 1, log.read(before + 1, 10).end());
        }
    }

    /** Nothing is read on from a record that was changed: the walk says which one it is. */
    @Test
    void walk_stops_at_the_first_record_that_does_not_fit() throws IOException {
        AuditPiece piece = file().read(100, 10);
        byte[] changed = piece.records();
        changed[changed.length - 40] ^= 1;
        AuditWalk walk = new AuditWalk(new ByteArrayInputStream(changed), piece.before(), Optional.empty());
        for (int i = 0; i < 9; i++) {
            assertTrue(walk.next().isPresent());
        }
        VaultException broken = assertThrows(VaultException.class, walk::next);
        assertEquals(VaultFault.AUDIT_BROKEN, broken.fault());
        assertTrue(String.valueOf(broken.getMessage()).contains("109"), broken.getMessage());
    }

    @Test
    void walk_from_another_place_fits_nothing_and_a_length_without_end_is_refused_at_once() throws IOException {
        AuditPiece piece = file().read(100, 1);
        AuditPosition elsewhere = new AuditPosition(99, new byte[32]);
        AuditWalk walk = new AuditWalk(new ByteArrayInputStream(piece.records()), elsewhere, Optional.empty());
        assertThrows(VaultException.class, walk::next);
        byte[] endless = {(byte) 0xFF, (byte) 0xFF, 0};
        AuditWalk long65535 = new AuditWalk(new ByteArrayInputStream(endless), AuditPosition.start(), Optional.empty());
        assertThrows(VaultException.class, long65535::next);
    }

    @Test
    void record_that_is_cut_is_torn_and_no_record() throws IOException {
        AuditPiece piece = file().read(1, 1);
        for (int length = 1; length < piece.records().length; length++) {
            byte[] cut = Arrays.copyOf(piece.records(), length);
            AuditWalk walk = new AuditWalk(new ByteArrayInputStream(cut), AuditPosition.start(), Optional.empty());
            assertTrue(walk.next().isEmpty() && walk.torn(), "length " + length);
            assertEquals(0, walk.position().number());
        }
    }
}
