package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.MachineRegister;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;

/** The register of machines for a command line (机器登记入口): of the process that serves the folder, else of the folder itself. */
interface MachineAccess extends AutoCloseable {
    MachineRegister machines();

    @Override
    void close() throws IOException;

    /**
     * Opens the folder, which needs no custodian, unless a process serves it.
     *
     * @throws VaultException when there is no vault or it does not open
     */
    static MachineAccess of(Path data) throws IOException {
        if (!VaultStore.exists(data, Compartment.OPERATIONAL)) {
            throw new VaultException(VaultFault.NO_STORE, "expected a vault in " + data);
        }
        FileChannel lock;
        try {
            lock = VaultProcess.lock(data);
        } catch (VaultException e) {
            return new Served(ServedVault.connect(data));
        }
        try {
            return Opened.of(data, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** A running vault. */
    record Served(KeyAdministration vault) implements MachineAccess {
        @Override
        public MachineRegister machines() {
            return vault.machines();
        }

        @Override
        public void close() {
            vault.close();
        }
    }

    /** A vault opened for this command only. */
    record Opened(Vault vault, FileChannel lock) implements MachineAccess {
        static Opened of(Path data, FileChannel lock) {
            Vault vault = new VaultFolder(data).open(RandomSource.secure(), Clock.systemUTC());
            RevocationFiles lists = new RevocationFiles(data, vault.machines(), Clock.systemUTC());
            vault.machines().onRevoked(lists::write);
            return new Opened(vault, lock);
        }

        @Override
        public MachineRegister machines() {
            return new Registrar(vault, ServedVault.ADMIN);
        }

        @Override
        public void close() throws IOException {
            vault.close();
            lock.close();
        }
    }
}
