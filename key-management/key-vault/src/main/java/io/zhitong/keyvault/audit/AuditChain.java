package io.zhitong.keyvault.audit;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Re-computes an audit file from its first record; anyone with the audit key's public point can. */
public final class AuditChain {
    private static final int HASH = 32;

    /** Records are short; a longer one is no torn tail, which might be cut off, but a changed length. */
    private static final int LONGEST_RECORD = 2048;

    /**
     * A chain that holds.
     *
     * @param end its newest record
     * @param length bytes of whole records; what follows is an incomplete one
     * @param checkpoints whose signatures were verified
     * @param since records behind the known place
     */
    public record Checked(AuditPosition end, long length, int checkpoints, List<AuditEntry> since) {}

    private final DataInputStream in;
    private final Optional<Sm2PublicKey> auditKey;
    private AuditPosition at = AuditPosition.start();
    private long length;
    private int checkpoints;
    private final List<AuditEntry> since = new ArrayList<>();

    private AuditChain(FileChannel file, Optional<Sm2PublicKey> auditKey) {
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(file)));
        this.auditKey = auditKey;
    }

    /**
     * Checks chain and checkpoint signatures of a file.
     *
     * @param known a place the chain must go through
     * @throws VaultException {@link VaultFault#AUDIT_BROKEN} saying where
     */
    public static Checked verify(Path path, AuditPosition known, Sm2PublicKey auditKey) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            return new AuditChain(file, Optional.of(auditKey)).run(known);
        }
    }

    static Checked check(FileChannel file, AuditPosition known) throws IOException {
        return new AuditChain(file, Optional.empty()).run(known);
    }

    private Checked run(AuditPosition known) throws IOException {
        boolean through = agrees(known);
        for (Optional<byte[]> record = next(); record.isPresent(); record = next()) {
            accept(record.get());
            if (agrees(known)) {
                through = true;
                since.clear();
            }
        }
        if (!through) {
            throw broken("expected record " + known.number() + " as the store remembers it, found " + at.number()
                    + " records: restore the newest audit file");
        }
        return new Checked(at, length, checkpoints, List.copyOf(since));
    }

    private boolean agrees(AuditPosition known) {
        return at.number() == known.number() && Arrays.equals(at.hash(), known.hash());
    }

    private Optional<byte[]> next() throws IOException {
        byte[] size = in.readNBytes(2);
        if (size.length < 2) {
            return Optional.empty();
        }
        int expected = (size[0] & 0xFF) << 8 | size[1] & 0xFF;
        if (expected > LONGEST_RECORD) {
            throw broken("record " + (at.number() + 1) + " announces " + expected + " bytes, none has so many");
        }
        byte[] rest = in.readNBytes(expected + HASH);
        return rest.length < expected + HASH ? Optional.empty() : Optional.of(rest);
    }

    private void accept(byte[] recordAndHash) {
        byte[] record = Arrays.copyOf(recordAndHash, recordAndHash.length - HASH);
        byte[] hash = HashChain.next(at.hash(), record);
        boolean right = Arrays.equals(hash, 0, HASH, recordAndHash, record.length, recordAndHash.length);
        if (!right) {
            throw broken("record " + (at.number() + 1) + " was changed, or one before it is missing");
        }
        try {
            AuditEntry entry = AuditEntry.decode(record);
            if (entry.number() != at.number() + 1) {
                throw broken("expected record " + (at.number() + 1));
            }
            checkSignature(entry);
            since.add(entry);
        } catch (MalformedInput e) {
            throw broken("record " + (at.number() + 1) + " has another layout");
        }
        at = new AuditPosition(at.number() + 1, hash);
        length += 2L + recordAndHash.length;
    }

    private void checkSignature(AuditEntry entry) {
        if (entry.kind() == AuditKind.CHECKPOINT.code() && auditKey.isPresent()) {
            byte[] signed = AuditEntry.checkpoint(entry.number(), at.hash());
            if (!Sm2.verify(auditKey.get(), signed, entry.signature())) {
                throw broken("the signature of checkpoint " + entry.number() + " does not verify");
            }
            checkpoints++;
        }
    }

    private static VaultException broken(String message) {
        return new VaultException(VaultFault.AUDIT_BROKEN, message);
    }
}
