package io.zhitong.keyvault;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyvault.audit.AuditLog;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The half of a vault that only its quorum opens (主密钥区). Sealing waits for what is being computed and then destroys the
 * keys. Thread-safe.
 */
final class MasterCompartment implements AutoCloseable {
    private final Path folder;
    private final MasterHome home;
    private final RandomSource random;
    private final AuditLog audit;
    private final Clock clock;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private Runnable saved = () -> {};
    private @Nullable VaultStore store;
    private @Nullable OpenMasters open;

    MasterCompartment(Path folder, MasterHome home, RandomSource random, AuditLog audit, Clock clock) {
        this.folder = folder;
        this.home = home;
        this.random = random;
        this.audit = audit;
        this.clock = clock;
    }

    /** Called after each change that lies on disk, before it counts. */
    void onSaved(Runnable listener) {
        saved = listener;
    }

    /** Whether there is one, open or not. */
    boolean made() {
        return VaultStore.exists(folder, Compartment.MASTERS);
    }

    /** Whether its quorum is a marked test quorum; believed from the clear head while it is closed. */
    boolean demoQuorum() {
        return VaultStore.marked(folder, Compartment.MASTERS);
    }

    boolean isOpen() {
        lock.readLock().lock();
        try {
            return open != null;
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Works with the open masters.
     *
     * @throws KeyServiceException {@link KeyRefusal#SEALED} while they are closed
     */
    <T> T use(Function<OpenMasters, T> work) {
        lock.readLock().lock();
        try {
            return work.apply(opened());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A first content as its home keeps it, bound to the audit; takes over the clear keys. */
    VaultContent born(VaultContent first) {
        AuditPosition at = audit.position();
        return inDevice(() -> home.born(first)).withAudit(at.number(), at.hash());
    }

    /** Makes it and opens it; takes over the master. */
    void make(SecretBytes master, boolean marked, VaultContent first) {
        lock.writeLock().lock();
        try {
            VaultContent content = born(first);
            store = VaultStore.create(folder, Compartment.MASTERS, master, marked, content, random);
            open = loaded(content);
            saved.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Opens it; takes over the master.
     *
     * @return files that were there and not intact, in words
     * @throws VaultException when it does not open; it stays closed then
     */
    List<String> open(SecretBytes master) {
        lock.writeLock().lock();
        try {
            if (open != null) {
                master.close();
                return List.of();
            }
            VaultStore.Opened opened = VaultStore.open(folder, Compartment.MASTERS, master, random);
            audit.requireThrough(new AuditPosition(
                    opened.content().auditNumber(), opened.content().auditHash()));
            take(opened);
            return opened.refused();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** A store whose masters are still in clear, and belong into a device, is written over in both its generations. */
    private void take(VaultStore.Opened opened) {
        try {
            VaultContent kept = inDevice(() -> home.kept(opened.content()));
            if (kept != opened.content()) {
                opened.store().save(kept);
                opened.store().save(kept);
                saved.run();
            }
            open = loaded(kept);
            store = opened.store();
        } catch (VaultException e) {
            opened.content().close();
            opened.store().close();
            throw e;
        }
    }

    private OpenMasters loaded(VaultContent content) {
        return inDevice(() -> {
            CryptoModule module = home.open();
            try {
                return new OpenMasters(content, module, clock);
            } catch (ModuleException e) {
                module.close();
                throw e;
            }
        });
    }

    private static <T> T inDevice(Supplier<T> work) {
        try {
            return work.get();
        } catch (ModuleException e) {
            throw new VaultException(VaultFault.MODULE, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Changes the content: when it returns the new generation lies on disk and is in use, and keys that are no longer in it
     * are in no file.
     */
    void change(UnaryOperator<VaultContent> change) {
        lock.writeLock().lock();
        try {
            OpenMasters before = opened();
            AuditPosition at = audit.position();
            VaultContent changed = change.apply(before.content());
            VaultContent after = inDevice(() -> home.kept(changed)).withAudit(at.number(), at.hash());
            kept().save(after);
            saved.run();
            open = loaded(after);
            before.close();
            before.content().masters().stream()
                    .filter(master -> after.masters().stream().noneMatch(left -> left.key() == master.key()))
                    .forEach(master -> master.key().close());
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** @throws KeyServiceException {@link KeyRefusal#SEALED} while it is closed */
    void requireOpen() {
        lock.readLock().lock();
        try {
            opened();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The generation that is open, 0 while none is. */
    long generation() {
        lock.readLock().lock();
        try {
            return store == null ? 0 : store.generation();
        } finally {
            lock.readLock().unlock();
        }
    }

    private OpenMasters opened() {
        if (open == null) {
            throw new KeyServiceException(
                    KeyRefusal.SEALED,
                    made()
                            ? "its custodians open it: zt keys unseal"
                            : "no master keys are made yet: hold the ceremony");
        }
        return open;
    }

    private VaultStore kept() {
        if (store == null) {
            throw new IllegalStateException("an open compartment has its store");
        }
        return store;
    }

    /** Seals it: keys are destroyed once running work has ended. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (open != null && store != null) {
                open.close();
                open.content().close();
                store.close();
            }
            open = null;
            store = null;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
