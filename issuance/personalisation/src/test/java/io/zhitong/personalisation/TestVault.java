package io.zhitong.personalisation;

import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.SamBinding;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyvault.QuickPinVault;
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real vault on a free port and a backend's connection to it; one serves all tests of the JVM, none of them changes it. */
final class TestVault {
    private final VaultProcess process;
    private final Path data;
    final KeyService keys;
    final KeyAdministration people;

    private TestVault(Path data) throws IOException {
        this.data = data;
        var settings = new VaultProcess.Settings(data, 0, true, List.of(), false);
        process = QuickPinVault.serve(settings);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port());
        var authority =
                Pem.certificates(Files.readString(data.resolve("ca.pem"))).get(0);
        String token = Files.readString(data.resolve("backend.token"));
        var self = VaultClients.enrolBackend(address, authority, token, "backend-1");
        keys = VaultClients.connect(address, authority, self);
        people = VaultClients.administer(address, authority, self);
    }

    /** The one of this JVM, started by the first test that needs it. */
    static TestVault shared() {
        return Shared.VAULT;
    }

    /** Makes modules whose leases the vault's register grants; a module is registered when it first asks. */
    SamCard issue(SamOrder order, byte[] chip) {
        return new SamCard(keys, request -> {
            var binding = new SamBinding(order.city(), order.community(), chip, order.terminal(), 1);
            people.register()
                    .enter(new CustodyEntry(
                            CustodyKind.PURCHASE_SAM,
                            Hex.of(order.serial()),
                            "",
                            "Desk",
                            "Safe",
                            Optional.of(binding)));
            return people.register().lease(request);
        });
    }

    /** The batch transport key that the demo vault gives to the card factory. */
    SecretBytes transportKey() throws IOException {
        return SecretBytes.takeOver(Hex.parse(
                Files.readString(data.resolve("factory/transport.key")).strip()));
    }

    /** The batch key of cards as bought. */
    SecretBytes boughtTransportKey() throws IOException {
        return SecretBytes.takeOver(Hex.parse(
                Files.readString(data.resolve("factory/bought-transport.key")).strip()));
    }

    Sm2PublicKey issuer() {
        return Sm2PublicKey.decode(keys.publicKey(SigningKey.CARD_ISSUER));
    }

    private static final class Shared {
        private static final TestVault VAULT = start();

        private static TestVault start() {
            try {
                TestVault vault = new TestVault(Files.createTempDirectory(Path.of("target"), "vault"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    vault.people.close();
                    vault.keys.close();
                    vault.process.close();
                }));
                return vault;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
