package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyvault.QuickPinVault;
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.link.CertificateRenewal;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentClient;
import io.zhitong.link.EnrolmentServer;
import io.zhitong.link.LinkException;
import io.zhitong.link.LinkHandler;
import io.zhitong.link.LinkServer;
import io.zhitong.link.LinkServerOptions;
import io.zhitong.link.LinkSession;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.NextIdentity;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board without the national algorithms: enrolled, connected and renewed in the P-256 profile, certified by a real vault. */
final class P256DevicesTest {
    private static final DeviceAddress DOOR = DeviceAddress.of(1, 42);
    private static final MachineName DOOR_NAME = new MachineName(MachineRole.CONTROLLER, DOOR.certificateName());
    private static final MachineProfile P256 = MachineProfile.P256;

    @TempDir
    Path folder;

    private VaultProcess vault;
    private KeyService keys;
    private X509Certificate authority;
    private MachineIdentity backend;

    @BeforeEach
    void start() throws IOException {
        Path data = folder.resolve("vault");
        vault = QuickPinVault.serve(new VaultProcess.Settings(data, 0, true, List.of(), false));
        InetSocketAddress address = loopback(vault.port());
        X509Certificate sm2 =
                Pem.certificates(Files.readString(data.resolve("ca.pem"))).get(0);
        keys = VaultClients.connect(
                address,
                sm2,
                VaultClients.enrolBackend(address, sm2, Files.readString(data.resolve("backend.token")), "backend"));
        authority =
                Pem.certificates(Files.readString(data.resolve("ca-p256.pem"))).get(0);
        KeyPair pair = MachineKeys.generate(P256);
        MachineName self = new MachineName(MachineRole.BACKEND, "backend");
        backend = keys.enrolMachine(new MachineEnrolment(P256, self, MachineKeys.request(P256, pair, self)))
                .identity(P256, pair.getPrivate());
    }

    @AfterEach
    void stop() {
        keys.close();
        vault.close();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private List<X509Certificate> certified(byte[] request) {
        return keys.enrolMachine(new MachineEnrolment(P256, DOOR_NAME, request)).chain();
    }

    @Test
    void board_enrols_connects_and_renews_without_a_national_algorithm_on_the_line() {
        NextIdentity next = new NextIdentity(P256, folder.resolve("board"), "device");
        MachineTls server = MachineTls.server(backend);
        try (EnrolmentServer enrolment = EnrolmentServer.start(loopback(0), () -> server, this::granted)) {
            byte[] request = MachineKeys.request(P256, next.pair(), DOOR_NAME);
            Enrolment.Granted granted = EnrolmentClient.enrol(
                    MachineTls.client(P256, PeerPolicy.of(authority, MachineRole.BACKEND)),
                    loopback(enrolment.port()),
                    new Enrolment.Question("token", request, "board 1"));
            Board board = new Board(next, next.accept(granted.chain()));
            Recorder recorder = new Recorder();
            MachineTls mutual = MachineTls.mutual(backend, PeerPolicy.of(authority, MachineRole.CONTROLLER));
            try (LinkServer link = LinkServer.start(LinkServerOptions.of(loopback(0)), () -> mutual, recorder);
                    TestDevice device = new TestDevice(link.port(), granted, board::tls, board, 1)) {
                Eventually.holds("renewed and back", () -> recorder.serials.size() == 2 && device.linked());
                assertThat(recorder.serials).doesNotHaveDuplicates();
                assertThat(board.identity.chain().get(0).getPublicKey().getAlgorithm())
                        .isEqualTo("EC");
                assertThat(board.identity.chain().get(0).getSigAlgName()).containsIgnoringCase("SHA256");
                assertThat(MachineIdentity.load(P256, folder.resolve("board"), "device")
                                .chain()
                                .get(0)
                                .getSerialNumber())
                        .isEqualTo(recorder.serials.get(1));
            }
        }
    }

    @Test
    void neither_profile_is_spoken_to_by_the_other() throws IOException {
        MachineTls server = MachineTls.server(backend);
        X509Certificate sm2 = Pem.certificates(Files.readString(folder.resolve("vault/ca.pem")))
                .get(0);
        try (EnrolmentServer enrolment = EnrolmentServer.start(loopback(0), () -> server, this::granted)) {
            KeyPair pair = MachineKeys.generate(MachineProfile.SM2);
            byte[] request = MachineKeys.request(MachineProfile.SM2, pair, DOOR_NAME);
            assertThatThrownBy(() -> EnrolmentClient.enrol(
                            MachineTls.client(MachineProfile.SM2, PeerPolicy.of(sm2, MachineRole.BACKEND)),
                            loopback(enrolment.port()),
                            new Enrolment.Question("token", request, "board 1")))
                    .isInstanceOf(LinkException.class);
        }
    }

    private Enrolment.Granted granted(Enrolment.Question question) {
        return new Enrolment.Granted(
                DOOR,
                certified(question.pkcs10()),
                Sm2PublicKey.decode(keys.publicKey(SigningKey.POLICY)),
                Sm2PublicKey.decode(keys.publicKey(SigningKey.COMMAND)));
    }

    /** Its first certificate is always due. */
    private final class Board implements CertificateRenewal {
        private final NextIdentity next;
        private volatile MachineIdentity identity;
        private volatile boolean due = true;

        Board(NextIdentity next, MachineIdentity identity) {
            this.next = next;
            this.identity = identity;
        }

        MachineTls tls() {
            return MachineTls.mutual(identity, PeerPolicy.of(authority, MachineRole.BACKEND));
        }

        @Override
        public Optional<byte[]> question(Instant now) {
            return due ? Optional.of(MachineKeys.request(P256, next.pair(), identity.name())) : Optional.empty();
        }

        @Override
        public void granted(List<X509Certificate> chain) {
            identity = next.accept(chain);
            due = false;
        }

        @Override
        public void refused(Enrolment.Refusal reason) {
            throw new AssertionError(reason);
        }
    }

    /** A backend that keeps who came. */
    private final class Recorder implements LinkHandler {
        private final List<BigInteger> serials = new CopyOnWriteArrayList<>();

        @Override
        public Greeting hello(LinkSession session) {
            serials.add(session.peer().serial());
            return new Greeting(Watermark.start(session.hello().journal()), List.of());
        }

        @Override
        public List<X509Certificate> renew(LinkSession session, byte[] pkcs10) {
            return certified(pkcs10);
        }

        @Override
        public void heartbeat(LinkSession session, DeviceStatus status) {}

        @Override
        public Watermark events(LinkSession session, List<JournalRecord> records) {
            return records.get(records.size() - 1).watermark();
        }

        @Override
        public void alarm(LinkSession session, JournalRecord copy) {}

        @Override
        public Optional<SignedList> list(LinkSession session, ListKind kind) {
            return Optional.empty();
        }

        @Override
        public void answered(LinkSession session, CommandAnswer answer) {}

        @Override
        public void closed(LinkSession session, CloseReason reason) {}
    }
}
