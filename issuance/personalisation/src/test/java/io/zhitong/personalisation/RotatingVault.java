package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyVersions;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyvault.KeysNewVersionCommand;
import io.zhitong.keyvault.KeysStateCommand;
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** A real vault of its own test, whose keys are changed by its commands between two runs of its process. */
final class RotatingVault implements AutoCloseable {
    private final Path data;
    private final MachineIdentity self;
    private VaultProcess process;
    private KeyService keys;

    RotatingVault(Path data) throws IOException {
        this.data = data;
        this.process = process(data);
        String token = Files.readString(data.resolve("backend.token"));
        this.self = VaultClients.enrolBackend(address(process), authority(data), token, "backend-1");
        this.keys = VaultClients.connect(address(process), authority(data), self);
    }

    private static VaultProcess process(Path data) throws IOException {
        var settings = new VaultProcess.Settings(data, 0, true, List.of(), false);
        return VaultProcess.start(settings, Clock.systemUTC(), RandomSource.secure());
    }

    private static InetSocketAddress address(VaultProcess process) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port());
    }

    private static X509Certificate authority(Path data) throws IOException {
        return Pem.certificates(Files.readString(data.resolve("ca.pem"))).get(0);
    }

    KeyService keys() {
        return keys;
    }

    /** What is newest and active at our city and community. */
    KeyVersions newest() {
        long now = Clock.systemUTC().instant().getEpochSecond();
        return KeyVersions.newest(keys.keys(), TestOrders.CITY, TestOrders.COMMUNITY, now);
    }

    /** Makes new versions and activates them. */
    void introduce(String... names) throws IOException {
        stop();
        for (String name : names) {
            run(new KeysNewVersionCommand(), "--key", name);
            run(new KeysStateCommand(), "--key", name, "--to", "active");
        }
        start();
    }

    void state(String to, String... names) throws IOException {
        stop();
        for (String name : names) {
            run(new KeysStateCommand(), "--key", name, "--to", to);
        }
        start();
    }

    private void run(ZtCommand command, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = Programs.commandLine(command.command());
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("--data", data.toString()));
        all.addAll(List.of(arguments));
        assertEquals(0, line.execute(all.toArray(new String[0])), err.toString());
    }

    private void start() throws IOException {
        process = process(data);
        keys = VaultClients.connect(address(process), authority(data), self);
    }

    private void stop() {
        keys.close();
        process.close();
    }

    SecretBytes transportKey() throws IOException {
        return SecretBytes.takeOver(Hex.parse(
                Files.readString(data.resolve("factory/transport.key")).strip()));
    }

    Sm2PublicKey issuer() {
        return Sm2PublicKey.decode(keys.publicKey(SigningKey.CARD_ISSUER));
    }

    @Override
    public void close() {
        stop();
    }
}
