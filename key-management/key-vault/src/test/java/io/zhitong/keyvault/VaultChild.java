package io.zhitong.keyvault;

import io.zhitong.keyapi.RemoteKeyService;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.Pem;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A demo vault in a process of its own; what it prints is kept. */
final class VaultChild implements AutoCloseable {
    private static final String ADDRESS = "vault on 127.0.0.1:";
    private static final int LIMIT_SECONDS = 40;

    private final Path data;
    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final StringBuffer printed = new StringBuffer();

    private VaultChild(Path data, Process process) {
        this.data = data;
        this.process = process;
        Thread reader = new Thread(this::readAll, "vault output");
        reader.setDaemon(true);
        reader.start();
    }

    static VaultChild start(Path data, String... more) throws IOException {
        return start(data, 0, more);
    }

    static VaultChild start(Path data, int port, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                VaultMain.class.getName(),
                "--data",
                data.toString(),
                "--port",
                String.valueOf(port)));
        command.addAll(List.of(more));
        return new VaultChild(
                data, new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void readAll() {
        int found = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.append(line).append('\n');
                if (line.startsWith(ADDRESS)) {
                    found = Integer.parseInt(line.substring(ADDRESS.length()));
                } else if ("ready".equals(line)) {
                    port.complete(found);
                }
            }
        } catch (IOException e) {
            printed.append("output ended: ").append(e.getMessage());
        } finally {
            port.completeExceptionally(new IOException("the vault ended: " + printed));
        }
    }

    InetSocketAddress address() throws IOException {
        try {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("the vault is not ready: " + printed, e);
        }
    }

    X509Certificate authority() throws IOException {
        return Pem.certificates(Files.readString(data.resolve("ca.pem"))).get(0);
    }

    MachineIdentity enrolBackend() throws IOException {
        InetSocketAddress address = address();
        return VaultClients.enrolBackend(
                address, authority(), Files.readString(data.resolve("backend.token")), "backend-1");
    }

    RemoteKeyService client(MachineIdentity backend) throws IOException {
        InetSocketAddress address = address();
        return VaultClients.connect(address, authority(), backend);
    }

    String printed() {
        return printed.toString();
    }

    /** Ends it as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; answers the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the vault did not stop on SIGTERM: " + printed);
        }
        return process.exitValue();
    }

    int waitForEnd() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the vault goes on: " + printed);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
