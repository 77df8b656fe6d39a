package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The way of a command line on the same machine to the process that serves a folder (本机管理通道): the port in {@code port},
 * an identity of role admin in {@code admin/}. Who may read these files may administer, and use no key.
 */
final class ServedVault {
    static final MachineName ADMIN = new MachineName(MachineRole.ADMIN, "local");

    static final MachineName STANDBY = new MachineName(MachineRole.VAULT, "standby");

    private ServedVault() {}

    /** Lays identity and port out for command lines. */
    static void announce(Path folder, Vault vault, int port) {
        VaultIdentity.of(folder.resolve("admin"), vault, ADMIN);
        VaultIdentity.of(folder.resolve("standby"), vault, STANDBY);
        SafeFiles.write(
                folder.resolve("standby/ca.pem"),
                Pem.ofCertificates(List.of(vault.authority(MachineProfile.SM2))).getBytes(StandardCharsets.US_ASCII));
        SafeFiles.write(folder.resolve("port"), (port + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    static void withdraw(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve("port"));
    }

    /** Whether a process says that it serves the folder. */
    static boolean served(Path folder) {
        return Files.exists(folder.resolve("port"));
    }

    /**
     * Connects to the process that serves the folder.
     *
     * @throws VaultException {@link VaultFault#NOT_SERVED} when none does
     */
    static KeyAdministration connect(Path folder) {
        return connect(folder, VaultClients::administer);
    }

    /** Its key service, as far as the command line may ask it. */
    static KeyService keys(Path folder) {
        return connect(folder, VaultClients::connect);
    }

    /** Makes a client of address, authority and identity. */
    private interface Client<T> {
        T of(InetSocketAddress address, X509Certificate authority, MachineIdentity identity);
    }

    private static <T> T connect(Path folder, Client<T> client) {
        try {
            if (!Files.exists(folder.resolve("port"))) {
                throw new VaultException(
                        VaultFault.NOT_SERVED, "start it: zt keys serve --data " + folder + " --port PORT");
            }
            int port = Integer.parseInt(Files.readString(folder.resolve("port")).strip());
            return client.of(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    Pem.certificates(Files.readString(folder.resolve("ca.pem"))).get(0),
                    MachineIdentity.load(MachineProfile.SM2, folder.resolve("admin"), ADMIN.name()));
        } catch (IOException | NumberFormatException e) {
            throw new VaultException(VaultFault.FILE, "cannot read port, ca.pem and admin of " + folder, e);
        }
    }
}
