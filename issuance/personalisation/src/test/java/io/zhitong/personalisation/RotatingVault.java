package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.keyapi.Ceremonies;
import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.Custodians;
import io.zhitong.keyapi.DealtShare;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.KeyVersions;
import io.zhitong.keyapi.Proposal;
import io.zhitong.keyapi.ProposalState;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyvault.QuickPinVault;
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * A real vault of its own test, born by its ceremony over the wire; two of its three custodians order what changes its keys
 * while it runs.
 */
final class RotatingVault implements AutoCloseable {
    private static final CeremonySettings TWO_OF_THREE = new CeremonySettings("锦绣家园", 2, 3, false, true);
    private static final byte[] SALT = new byte[CeremonyCommitment.SALT];

    private final Path data;
    private final VaultProcess process;
    private final KeyService keys;
    private final KeyAdministration people;
    private final List<String> shares = new ArrayList<>();

    RotatingVault(Path data) throws IOException {
        this.data = data;
        var settings = new VaultProcess.Settings(data, 0, false, List.of(), false);
        process = QuickPinVault.serve(settings);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port());
        X509Certificate authority =
                Pem.certificates(Files.readString(data.resolve("ca.pem"))).get(0);
        String token = Files.readString(data.resolve("backend.token"));
        MachineIdentity self = VaultClients.enrolBackend(address, authority, token, "backend-1");
        keys = VaultClients.connect(address, authority, self);
        people = VaultClients.administer(address, authority, self);
        holdCeremony(people.ceremonies());
    }

    private void holdCeremony(Ceremonies ceremony) {
        byte[] id = ceremony.start(TWO_OF_THREE).id();
        for (int x = 1; x <= TWO_OF_THREE.dealt(); x++) {
            ceremony.join("保管人" + x, pin(x));
        }
        for (int x = 1; x <= TWO_OF_THREE.dealt(); x++) {
            ceremony.commit(x, pin(x), SALT, CeremonyCommitment.of(id, x, SALT, component(x)));
        }
        for (int x = 1; x <= TWO_OF_THREE.dealt(); x++) {
            ceremony.reveal(x, pin(x), component(x));
        }
        for (int x = 1; x <= TWO_OF_THREE.dealt(); x++) {
            try (DealtShare dealt = ceremony.deal(x, pin(x))) {
                shares.add(new String(dealt.share().export(SecretAccess.TOKEN), StandardCharsets.US_ASCII));
            }
        }
        for (int x = 1; x <= TWO_OF_THREE.dealt(); x++) {
            ceremony.confirm(x, pin(x), secret(shares.get(x - 1)));
        }
        ceremony.close(1, pin(1));
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
    void introduce(String... names) {
        for (String name : names) {
            order(new KeyOrder.NewKeyVersion(KeyRef.parse(name)));
        }
        state(KeyState.ACTIVE, names);
    }

    void state(KeyState to, String... names) {
        for (String name : names) {
            order(new KeyOrder.ChangeKeyState(KeyRef.parse(name), to));
        }
    }

    private void order(KeyOrder order) {
        Custodians custodians = people.custodians();
        Proposal asked = custodians.propose("保管人3", order);
        custodians.approve(asked.number(), asked.digest(), 1, pin(1));
        Proposal done = custodians.approve(asked.number(), asked.digest(), 2, pin(2));
        assertEquals(ProposalState.DONE, done.state(), done.outcome());
    }

    /** What the factory makes its cards with: the custodians' shares open it for the batch. */
    SecretBytes transportKey() {
        return batchKey(KeyUsage.TRANSPORT);
    }

    /** The batch key of cards of 3DES as bought. */
    SecretBytes boughtTransportKey() {
        return batchKey(KeyUsage.BOUGHT_TRANSPORT);
    }

    private SecretBytes batchKey(KeyUsage usage) {
        List<Share> quorum = List.of(Share.parse(shares.get(0)), Share.parse(shares.get(2)));
        var opened = VaultStore.open(data, Compartment.MASTERS, Quorum.join(quorum), RandomSource.secure());
        try (VaultStore store = opened.store()) {
            assertEquals(false, store.demoQuorum());
            return opened.content().masters().stream()
                    .filter(master -> master.usage() == usage)
                    .map(master -> SecretBytes.takeOver(master.key().export(SecretAccess.TOKEN)))
                    .findFirst()
                    .orElseThrow();
        } finally {
            opened.content().close();
        }
    }

    Sm2PublicKey issuer() {
        return Sm2PublicKey.decode(keys.publicKey(SigningKey.CARD_ISSUER));
    }

    private static SecretBytes pin(int custodian) {
        return secret("57310" + custodian);
    }

    private static SecretBytes component(int custodian) {
        return secret("the-component-number-" + custodian + "-0123456789abcdef");
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.takeOver(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        people.close();
        keys.close();
        process.close();
    }
}
