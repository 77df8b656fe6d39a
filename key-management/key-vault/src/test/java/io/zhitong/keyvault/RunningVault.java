package io.zhitong.keyvault;

import io.zhitong.keyapi.RemoteKeyService;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** A demo vault that serves on a free port, for tests. */
final class RunningVault implements AutoCloseable {
    final Path data;
    private final VaultProcess process;

    private RunningVault(Path data, VaultProcess process) {
        this.data = data;
        this.process = process;
    }

    static RunningVault start(Path data) throws IOException {
        return start(data, 0);
    }

    static RunningVault start(Path data, int port) throws IOException {
        VaultProcess.Settings settings = new VaultProcess.Settings(data, port, true, List.of(), false);
        return new RunningVault(data, QuickPins.serve(settings));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port());
    }

    Vault vault() {
        return process.vault();
    }

    X509Certificate authority() throws IOException {
        return Pem.certificates(Files.readString(data.resolve("ca.pem"))).get(0);
    }

    String token() throws IOException {
        return Files.readString(data.resolve("backend.token"));
    }

    MachineIdentity enrolBackend() throws IOException {
        return VaultClients.enrolBackend(address(), authority(), token(), "backend-1");
    }

    RemoteKeyService client(MachineIdentity backend) throws IOException {
        return VaultClients.connect(address(), authority(), backend);
    }

    @Override
    public void close() {
        process.close();
    }
}
