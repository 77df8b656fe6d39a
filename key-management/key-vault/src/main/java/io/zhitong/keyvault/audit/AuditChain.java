package io.zhitong.keyvault.audit;

import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Re-computes a vault's own audit file from its first record. */
public final class AuditChain {
    /**
     * A chain that holds.
     *
     * @param end its newest record
     * @param length bytes of whole records; what follows is an incomplete one
     * @param checkpoints whose signatures were verified
     * @param since records behind the known place
     * @param places where every 256th record ends
     * @param newest the newest checkpoint, its signature not verified without the key
     * @param newestTime of any record since the clock was last seen to go back, Unix milliseconds
     * @param leapt number of the newest record that left numbers out, 0 when there is none
     */
    public record Checked(
            AuditPosition end,
            long length,
            int checkpoints,
            List<AuditEntry> since,
            List<AuditWalk.Place> places,
            Optional<AuditCheckpoint> newest,
            long newestTime,
            long leapt) {}

    private AuditChain() {}

    /**
     * Checks chain and checkpoint signatures of a file.
     *
     * @param known a place the chain must go through
     * @throws VaultException {@link VaultFault#AUDIT_BROKEN} saying where
     */
    public static Checked verify(Path path, AuditPosition known, Sm2PublicKey auditKey) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            return run(file, known, Optional.of(auditKey));
        }
    }

    /**
     * Checks the chain without a key: not its signatures.
     *
     * @param known a place the chain must go through
     */
    public static Checked check(FileChannel file, AuditPosition known) throws IOException {
        return run(file, known, Optional.empty());
    }

    private static Checked run(FileChannel file, AuditPosition known, Optional<Sm2PublicKey> auditKey)
            throws IOException {
        AuditWalk walk = new AuditWalk(Channels.newInputStream(file), AuditPosition.start(), auditKey);
        List<AuditEntry> since = new ArrayList<>();
        boolean through = agrees(walk.position(), known);
        for (Optional<AuditEntry> entry = walk.next(); entry.isPresent(); entry = walk.next()) {
            since.add(entry.get());
            if (agrees(walk.position(), known)) {
                through = true;
                since.clear();
            }
        }
        if (!through) {
            throw AuditWalk.broken("expected record " + known.number() + " as the store remembers it, found "
                    + walk.position().number() + " records: restore the newest audit file");
        }
        return new Checked(
                walk.position(),
                walk.length(),
                walk.checkpoints(),
                List.copyOf(since),
                walk.places(),
                walk.newest(),
                walk.newestTime(),
                walk.leapt());
    }

    private static boolean agrees(AuditPosition at, AuditPosition known) {
        return at.number() == known.number() && Arrays.equals(at.hash(), known.hash());
    }
}
