package io.zhitong.keyvault.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditExportTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_800_000_000_123L), ZoneOffset.UTC);

    private final Sm2PrivateKey key = Sm2PrivateKey.generate(RandomSource.secure());

    private final List<AuditEntry> told = new ArrayList<>();

    @TempDir
    Path folder;

    private AuditLog log() {
        return AuditLog.open(
                folder.resolve("audit.log"),
                AuditPosition.start(),
                CLOCK,
                message -> Sm2.sign(key, message, RandomSource.secure()));
    }

    private static void append(AuditLog log, int times) {
        for (int i = 0; i < times; i++) {
            log.append(AuditKind.SIGNED, "backend/b", 1, new byte[32], "");
        }
    }

    private static byte[] export(AuditLog log, long from) {
        AuditPiece piece = log.read(from, 10_000);
        return join(AuditExport.header(piece.before()), piece.records());
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private AuditExport.Verified verify(byte[] export, AuditPosition... known) throws IOException {
        return AuditExport.verify(new ByteArrayInputStream(export), key.publicKey(), List.of(known), told::add);
    }

    private String refusal(byte[] export, AuditPosition... known) {
        VaultException refused = assertThrows(VaultException.class, () -> verify(export, known));
        assertEquals(VaultFault.AUDIT_BROKEN, refused.fault());
        return refused.getMessage();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 255, 256, 257, 258, 511, 512, 513, 514, 599})
    void export_from_any_record_is_the_rest_of_the_file_and_holds(long from) throws IOException {
        try (AuditLog log = log()) {
            append(log, 590);
            AuditPosition end = log.checkpoint();
            assertTrue(end.number() >= 590);
            append(log, 3);
            AuditExport.Verified verified = verify(export(log, Math.min(from, end.number())));
            assertEquals(Math.min(from, end.number()) - 1, verified.before().number());
            assertEquals(log.position().number(), verified.end().number());
            assertArrayEquals(log.position().hash(), verified.end().hash());
            assertEquals(end.number() - 1, verified.coveredTo(), "what the newest checkpoint signed");
            assertEquals(verified.end().number() - verified.before().number(), told.size());
        }
    }

    @Test
    void pages_read_after_reopening_are_those_read_before() {
        byte[] before;
        try (AuditLog log = log()) {
            append(log, 700);
            before = log.read(400, 150).records();
        }
        try (AuditLog log = log()) {
            assertArrayEquals(before, log.read(400, 150).records());
            assertEquals(0, log.read(log.position().number() + 1, 10).records().length);
        }
    }

    @Test
    void header_has_the_bytes_of_the_page() {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) 0x5C);
        assertArrayEquals(
                new ByteWriter().ascii("ZTAX").u8(1).u64(4711).bytes(hash).toByteArray(),
                AuditExport.header(new AuditPosition(4711, hash)));
    }

    @Test
    void every_flipped_bit_of_an_export_is_found() {
        byte[] export;
        AuditPosition end;
        try (AuditLog log = log()) {
            append(log, 2);
            log.checkpoint();
            end = log.position();
            export = export(log, 2);
        }
        for (int at = 0; at < export.length; at++) {
            for (int bit = 1; bit < 0x100; bit <<= 3) {
                byte[] changed = export.clone();
                changed[at] ^= (byte) bit;
                String message = refusal(changed, end);
                assertTrue(message.contains("record") || message.contains("export"), "byte " + at + ": " + message);
            }
        }
    }

    @Test
    void cut_and_exchanged_and_left_out_records_are_named() {
        List<byte[]> records = new ArrayList<>();
        AuditPosition end;
        try (AuditLog log = log()) {
            append(log, 4);
            log.checkpoint();
            append(log, 1);
            end = log.position();
            for (int number = 1; number <= 6; number++) {
                records.add(log.read(number, 1).records());
            }
        }
        byte[] head = AuditExport.header(AuditPosition.start());
        byte[] whole = join(head, join(records.toArray(byte[][]::new)));
        assertEquals("", refusedPart(whole));
        assertTrue(refusal(Arrays.copyOf(whole, whole.length - 1)).contains("record 6 is incomplete"));
        byte[] cut = Arrays.copyOf(whole, whole.length - records.get(5).length);
        assertEquals("", refusedPart(cut), "a cut at a record's end shows by a known place only");
        assertTrue(refusal(cut, end).contains("record 6 to 6 are missing"));
        records.add(1, records.remove(2));
        assertTrue(refusal(join(head, join(records.toArray(byte[][]::new))))
                .contains("record 2 was changed, or one before it is missing"));
        records.remove(2);
        assertTrue(refusal(join(head, join(records.toArray(byte[][]::new)))).contains("record 2 was changed"));
    }

    private String refusedPart(byte[] export) {
        try {
            verify(export);
            return "";
        } catch (VaultException | IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void chain_begun_anew_by_somebody_without_the_audit_key_is_refused() {
        byte[] forged = forged(Sm2PrivateKey.generate(RandomSource.secure()));
        assertTrue(refusal(forged).contains("the signature of checkpoint 2 does not verify"));
        assertEquals("", refusedPart(forged(key)), "the same bytes by the right key");
        byte[] withoutCheckpoint = Arrays.copyOf(forged, forged.length - checkpointLength(forged));
        assertTrue(refusal(withoutCheckpoint).contains("covered by no checkpoint and no known place"));
    }

    private static int checkpointLength(byte[] forged) {
        int first = 2 + ((forged[45] & 0xFF) << 8 | forged[46] & 0xFF) + 32;
        return forged.length - 45 - first;
    }

    private static byte[] forged(Sm2PrivateKey signer) {
        byte[] first = new AuditEntry(1, 1, 16, "backend/b", 1, new byte[32], "", new byte[0]).encode();
        byte[] hash = HashChain.next(HashChain.start(), first);
        byte[] signature = Sm2.sign(signer, AuditCheckpoint.signed(2, hash), RandomSource.secure());
        byte[] second = new AuditEntry(2, 1, 4, "vault", 0, new byte[32], "", signature).encode();
        return new ByteWriter()
                .bytes(AuditExport.header(AuditPosition.start()))
                .sized(first)
                .bytes(hash)
                .sized(second)
                .bytes(HashChain.next(hash, second))
                .toByteArray();
    }

    @Test
    void known_places_are_compared_wherever_they_lie() throws IOException {
        AuditPosition early;
        AuditPosition late;
        byte[] export;
        try (AuditLog log = log()) {
            append(log, 2);
            early = log.position();
            append(log, 3);
            late = log.position();
            export = export(log, 4);
        }
        assertEquals(5, verify(export, late).coveredTo());
        assertTrue(refusal(export, late, early).contains("known record 2 lies before the first of this file, 4"));
        assertTrue(refusal(export, new AuditPosition(5, new byte[32]))
                .contains("record 5 has another hash than the known one"));
        assertTrue(refusal(export, late, new AuditPosition(9, new byte[32])).contains("record 6 to 9 are missing"));
    }

    @Test
    void known_place_before_the_first_record_vouches_for_none_of_them() throws IOException {
        try (AuditLog log = log()) {
            append(log, 2);
            AuditPosition before = log.position();
            append(log, 2);
            for (AuditPosition vain : List.of(AuditPosition.start(), before)) {
                String message = refusal(export(log, vain.number() + 1), vain);
                assertTrue(message.contains("covered by no checkpoint and no known place"), message);
            }
            assertEquals(4, verify(export(log, 3), before, log.position()).coveredTo());
        }
    }

    @Test
    void record_that_somebody_knows_and_that_numbers_leapt_over_is_missed() throws IOException {
        byte[] export;
        try (AuditLog log = log()) {
            append(log, 3);
            log.hold();
            log.leap(1_000_000, "from 3 by the word of a backend");
            export = export(log, 1);
            assertEquals(1_000_001, verify(export, log.position()).coveredTo());
        }
        String message = refusal(export, new AuditPosition(7, new byte[32]));
        assertTrue(message.contains("known record 7 is not there, numbers leapt over it"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "ZTAX",
                "ZTAY0123456789012345678901234567890123456789012345678",
                "no audit at all, but text"
            })
    void what_is_no_export_is_refused(String text) {
        refusal(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
