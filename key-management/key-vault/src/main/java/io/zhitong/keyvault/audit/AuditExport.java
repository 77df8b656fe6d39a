package io.zhitong.keyvault.audit;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An exported part of the audit chain (审计导出文件): 'ZTAX' ‖ version 1 (01) ‖ number before the first record 8 ‖ hash there 32 ‖
 * records as in the vault's file. A vault's own {@code audit.log} is read too: a record's length never begins with 'Z'.
 */
public final class AuditExport {
    private static final String MAGIC = "ZTAX";
    private static final int VERSION = 1;
    private static final int HEADER = 45;

    /**
     * What holds of an export.
     *
     * @param before the place before its first record
     * @param end its last record
     * @param checkpoints verified
     * @param coveredTo last record that a verified checkpoint or a known place covers
     */
    public record Verified(AuditPosition before, AuditPosition end, int checkpoints, long coveredTo) {}

    private AuditExport() {}

    /** The header of an export that begins behind a place. */
    public static byte[] header(AuditPosition before) {
        return new ByteWriter()
                .ascii(MAGIC)
                .u8(VERSION)
                .u64(before.number())
                .bytes(before.hash())
                .toByteArray();
    }

    /**
     * Checks an export offline: layout, chain, numbers, checkpoint signatures, known places, and that it ends with a whole
     * record.
     *
     * @param known places that somebody else kept; the chain must go through each
     * @param each told of every record that holds
     * @throws io.zhitong.keyvault.VaultException {@link io.zhitong.keyvault.VaultFault#AUDIT_BROKEN} with the first wrong
     *     record and why
     */
    public static Verified verify(
            InputStream in, Sm2PublicKey auditKey, List<AuditPosition> known, Consumer<AuditEntry> each)
            throws IOException {
        BufferedInputStream file = new BufferedInputStream(in);
        AuditPosition before = begin(file);
        AuditWalk walk = new AuditWalk(file, before, Optional.of(auditKey));
        List<AuditPosition> met = new ArrayList<>();
        meet(before, known, met);
        for (Optional<AuditEntry> entry = walk.next(); entry.isPresent(); entry = walk.next()) {
            each.accept(entry.get());
            meet(walk.position(), known, met);
        }
        requireEnd(walk, before, known, met);
        long covered = Math.max(
                walk.signedTo(),
                met.stream().mapToLong(AuditPosition::number).max().orElse(0));
        if (covered <= before.number() && walk.checkpoints() == 0) {
            throw AuditWalk.broken("records " + (before.number() + 1) + " to "
                    + walk.position().number()
                    + " are covered by no checkpoint and no known place: export further, or give --known");
        }
        return new Verified(before, walk.position(), walk.checkpoints(), covered);
    }

    private static AuditPosition begin(BufferedInputStream file) throws IOException {
        file.mark(HEADER);
        byte[] head = file.readNBytes(HEADER);
        if (head.length == 0 || head[0] != MAGIC.charAt(0)) {
            file.reset();
            return AuditPosition.start();
        }
        try {
            ByteReader in = new ByteReader(head).magic(MAGIC);
            int version = in.u8();
            AuditPosition before = new AuditPosition(in.u64(), in.bytes(32));
            if (version != VERSION || before.number() < 0) {
                throw AuditWalk.broken("expected an export of version " + VERSION);
            }
            if (before.number() == 0 && !Arrays.equals(before.hash(), new byte[32])) {
                throw AuditWalk.broken("record 1 has nothing before it, the header says otherwise");
            }
            return before;
        } catch (MalformedInput e) {
            throw AuditWalk.broken("expected an export of the audit chain, the header is another one");
        }
    }

    private static void meet(AuditPosition at, List<AuditPosition> known, List<AuditPosition> met) {
        for (AuditPosition place : known) {
            if (place.number() == at.number()) {
                if (!Arrays.equals(place.hash(), at.hash())) {
                    throw AuditWalk.broken("record " + at.number() + " has another hash than the known one");
                }
                met.add(place);
            }
        }
    }

    private static void requireEnd(
            AuditWalk walk, AuditPosition before, List<AuditPosition> known, List<AuditPosition> met) {
        long end = walk.position().number();
        if (walk.torn()) {
            throw AuditWalk.broken("record " + (end + 1) + " is incomplete: the file was cut off");
        }
        for (AuditPosition place : known) {
            if (place.number() > end) {
                throw AuditWalk.broken("record " + (end + 1) + " to " + place.number()
                        + " are missing: the file was cut off behind record " + end);
            }
            if (place.number() < before.number()) {
                throw AuditWalk.broken("known record " + place.number() + " lies before the first of this file, "
                        + (before.number() + 1) + ": export from there on");
            }
            if (!met.contains(place)) {
                throw AuditWalk.broken("known record " + place.number()
                        + " is not there, numbers leapt over it: records were lost before a restore");
            }
        }
    }
}
