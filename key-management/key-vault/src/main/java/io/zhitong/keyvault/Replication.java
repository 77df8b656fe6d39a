package io.zhitong.keyvault;

import io.zhitong.keyapi.ReplicaPart;
import io.zhitong.keyapi.ReplicaPlace;
import io.zhitong.keyapi.VaultReplication;
import io.zhitong.keyvault.audit.AuditLog;
import io.zhitong.keyvault.audit.AuditPiece;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.VaultStore;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vault's end of its standby (热备). While one follows, a change counts only when it lies on the standby's disk too; one
 * that does not acknowledge within {@value #PATIENCE_SECONDS} seconds is no longer waited for until it asks again. Audit
 * records follow without being waited for. Thread-safe.
 */
final class Replication implements VaultReplication {
    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);
    private static final int PATIENCE_SECONDS = 3;
    private static final int RECORDS = 1000;

    private final Path folder;
    private final AuditLog audit;
    private final LongSupplier nanos;
    private ReplicaPlace acknowledged = new ReplicaPlace(0, 0, 0);
    private long records;
    private boolean follows;
    private boolean closed;

    Replication(Path folder, AuditLog audit, LongSupplier nanos) {
        this.folder = folder;
        this.audit = audit;
        this.nanos = nanos;
        audit.onAppended(this::wake);
    }

    private synchronized void wake() {
        records++;
        notifyAll();
    }

    @Override
    public ReplicaPart next(ReplicaPlace have) {
        acknowledge(have);
        long end = nanos.getAsLong() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        ReplicaPart part = part(have);
        while (part.isEmpty() && pause(end)) {
            part = part(have);
        }
        return part;
    }

    private synchronized void acknowledge(ReplicaPlace have) {
        if (!follows) {
            LOG.info("a standby follows, {} records later 热备已跟随", records);
        }
        follows = true;
        acknowledged = have;
        notifyAll();
    }

    /** Whether there is time left to wait in. */
    private synchronized boolean pause(long end) {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - nanos.getAsLong());
        if (millis <= 0 || closed) {
            return false;
        }
        try {
            wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The compartments are read first: the audit, read later, goes through every place they remember. */
    private ReplicaPart part(ReplicaPlace have) {
        byte[] operational = newer(Compartment.OPERATIONAL, have.operational());
        byte[] masters = newer(Compartment.MASTERS, have.masters());
        long needed = audit.position().number();
        AuditPiece piece = audit.read(have.audit() + 1, RECORDS);
        boolean reaches = needed <= have.audit() || piece.end() >= needed;
        return reaches
                ? new ReplicaPart(piece.records(), operational, masters)
                : new ReplicaPart(piece.records(), new byte[0], new byte[0]);
    }

    private byte[] newer(Compartment compartment, long than) {
        if (!VaultStore.exists(folder, compartment)) {
            return new byte[0];
        }
        byte[] newest = VaultStore.newest(folder, compartment);
        return VaultStore.generationOf(newest) > than ? newest : new byte[0];
    }

    /** Waits until the standby has what lies on our disk now, if one follows. */
    synchronized void awaitStandby() {
        notifyAll();
        if (!follows) {
            return;
        }
        ReplicaPlace wanted = new ReplicaPlace(generation(Compartment.OPERATIONAL), generation(Compartment.MASTERS), 0);
        long end = nanos.getAsLong() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (behind(wanted) && pause(end)) {
            LOG.debug("waiting for the standby");
        }
        if (behind(wanted)) {
            follows = false;
            LOG.warn("the standby does not follow: going on without it 热备未跟随");
        }
    }

    private boolean behind(ReplicaPlace wanted) {
        return acknowledged.operational() < wanted.operational() || acknowledged.masters() < wanted.masters();
    }

    private long generation(Compartment compartment) {
        return VaultStore.exists(folder, compartment)
                ? VaultStore.generationOf(VaultStore.newest(folder, compartment))
                : 0;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
