package io.zhitong.keyvault;

import io.zhitong.keyapi.ReplicaPart;
import io.zhitong.keyapi.ReplicaPlace;
import io.zhitong.keyapi.VaultReplication;
import io.zhitong.keyvault.audit.AuditChain;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.keyvault.audit.AuditWalk;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.VaultStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that follows a vault (热备目录): its compartments, encrypted as they came, and its audit. It opens nothing and has no
 * machine share. Not thread-safe.
 */
final class Standby implements AutoCloseable {
    private final Path folder;
    private final FileChannel audit;
    private AuditPosition at;

    private Standby(Path folder, FileChannel audit, AuditPosition at) {
        this.folder = folder;
        this.audit = audit;
        this.at = at;
    }

    /**
     * Goes on where the folder stands; a record that a power cut left incomplete is cut off, and comes again.
     *
     * @throws VaultException {@link VaultFault#STORE_EXISTS} for the folder of a vault that has been served
     */
    static Standby of(Path folder) throws IOException {
        if (Files.exists(folder.resolve("machine.share"))) {
            throw new VaultException(
                    VaultFault.STORE_EXISTS, "expected a folder of a standby, this is a vault's own: " + folder);
        }
        FileChannel file = FileChannel.open(
                new VaultFolder(folder).audit(),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        AuditChain.Checked checked = AuditChain.check(file, AuditPosition.start());
        file.truncate(checked.length());
        file.position(checked.length());
        return new Standby(folder, file, checked.end());
    }

    ReplicaPlace place() {
        return new ReplicaPlace(generation(Compartment.OPERATIONAL), generation(Compartment.MASTERS), at.number());
    }

    private long generation(Compartment compartment) {
        return VaultStore.exists(folder, compartment)
                ? VaultStore.generationOf(VaultStore.newest(folder, compartment))
                : 0;
    }

    /** Asks once and writes what came; when it returns it survives a power cut. Whether anything came. */
    boolean follow(VaultReplication vault) throws IOException {
        ReplicaPart part = vault.next(place());
        append(part.records());
        take(Compartment.MASTERS, part.masters());
        take(Compartment.OPERATIONAL, part.operational());
        return !part.isEmpty();
    }

    /** Checks that they continue our chain before any of them is written. */
    private void append(byte[] records) throws IOException {
        AuditWalk walk = new AuditWalk(new ByteArrayInputStream(records), at, Optional.empty());
        while (walk.next().isPresent()) {
            at = walk.position();
        }
        if (walk.length() != records.length) {
            throw new VaultException(VaultFault.AUDIT_BROKEN, "the vault sent a piece of a record");
        }
        ByteBuffer bytes = ByteBuffer.wrap(records);
        while (bytes.hasRemaining()) {
            audit.write(bytes);
        }
        audit.force(false);
    }

    private void take(Compartment compartment, byte[] file) {
        if (file.length > 0) {
            if (VaultStore.generationOf(file) <= generation(compartment)) {
                throw new VaultException(VaultFault.STORE_REFUSED, "the vault sent no newer generation");
            }
            VaultStore.adopt(folder, compartment, file);
        }
    }

    @Override
    public void close() throws IOException {
        audit.close();
    }
}
