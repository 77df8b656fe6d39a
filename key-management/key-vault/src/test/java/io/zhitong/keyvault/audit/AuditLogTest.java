package io.zhitong.keyvault.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final AuditPosition NOTHING = AuditPosition.start();
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_800_000_000_123L), ZoneOffset.UTC);

    private final Sm2PrivateKey key = Sm2PrivateKey.generate(RandomSource.secure());

    @TempDir
    Path folder;

    @Test
    void record_lies_in_the_file_as_published_and_its_hash_covers_the_one_before() throws IOException {
        try (AuditLog log = open(NOTHING)) {
            log.append(AuditKind.VERIFIED, "backend/b", 2, new byte[32], "");
            log.append(AuditKind.REFUSED, "backend/b", 0, new byte[32], "why");
        }
        ByteReader in = new ByteReader(Files.readAllBytes(file()));
        byte[] first = in.sized();
        byte[] firstHash = in.bytes(32);
        byte[] second = in.sized();
        byte[] secondHash = in.bytes(32);
        in.end();

        assertArrayEquals(Sm3.hash(new byte[32], first), firstHash);
        assertArrayEquals(Sm3.hash(firstHash, second), secondHash);
        ByteReader record = new ByteReader(second);
        assertEquals(2, record.u64());
        assertEquals(1_800_000_000_123L, record.u64());
        assertEquals(30, record.u8());
        assertEquals("backend/b", record.text());
        assertEquals(0, record.u32());
        assertArrayEquals(new byte[32], record.bytes(32));
        assertEquals("why", record.text());
        assertEquals(0, record.sized().length);
    }

    @Test
    void chain_goes_on_after_reopening_and_checkpoints_verify_with_the_public_key() throws IOException {
        try (AuditLog log = open(NOTHING)) {
            append(log, 250);
        }
        AuditPosition end;
        try (AuditLog log = open(NOTHING)) {
            append(log, 1);
            log.checkpoint();
            end = log.position();
        }
        AuditChain.Checked checked = AuditChain.verify(file(), NOTHING, key.publicKey());

        assertEquals(end.number(), checked.end().number());
        assertArrayEquals(end.hash(), checked.end().hash());
        assertEquals(3, checked.checkpoints(), "after record 100, after record 200, and the last");
    }

    @Test
    void every_changed_byte_is_found() throws IOException {
        try (AuditLog log = open(NOTHING)) {
            append(log, 3);
            log.checkpoint();
        }
        AuditPosition end = AuditChain.verify(file(), NOTHING, key.publicKey()).end();
        byte[] intact = Files.readAllBytes(file());
        for (int at = 0; at < intact.length; at++) {
            byte[] changed = intact.clone();
            changed[at] ^= 0x10;
            Files.write(file(), changed);
            assertThrows(VaultException.class, () -> open(end).close(), "byte " + at);
        }
    }

    @Test
    void record_cut_by_a_power_failure_is_dropped_and_the_cut_is_recorded() throws IOException {
        try (AuditLog log = open(NOTHING)) {
            append(log, 3);
        }
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length - 5));

        try (AuditLog log = open(NOTHING)) {
            assertEquals(3, log.position().number(), "two left, and the record of the damage");
        }
        assertEquals(
                3, AuditChain.verify(file(), NOTHING, key.publicKey()).end().number());
    }

    @Test
    void chain_shorter_than_the_store_remembers_is_refused() throws IOException {
        AuditPosition end;
        try (AuditLog log = open(NOTHING)) {
            append(log, 3);
            end = log.position();
        }
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length / 3));

        VaultException refused = assertThrows(VaultException.class, () -> open(end));
        assertEquals(VaultFault.AUDIT_BROKEN, refused.fault());
    }

    @Test
    void checkpoint_of_another_key_is_refused() throws IOException {
        try (AuditLog log = open(NOTHING)) {
            log.checkpoint();
        }
        Sm2PrivateKey other = Sm2PrivateKey.generate(RandomSource.secure());

        assertTrue(AuditChain.verify(file(), NOTHING, key.publicKey()).checkpoints() == 1);
        assertThrows(VaultException.class, () -> AuditChain.verify(file(), NOTHING, other.publicKey()));
    }

    private AuditLog open(AuditPosition known) {
        return AuditLog.open(file(), known, CLOCK, message -> Sm2.sign(key, message, RandomSource.secure()));
    }

    private Path file() {
        return folder.resolve("audit.log");
    }

    private static void append(AuditLog log, int times) {
        for (int i = 0; i < times; i++) {
            log.append(AuditKind.SIGNED, "backend/b", 1, new byte[32], "");
        }
    }
}
