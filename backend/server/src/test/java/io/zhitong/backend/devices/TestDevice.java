package io.zhitong.backend.devices;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.link.CertificateRenewal;
import io.zhitong.link.CheckpointKeeper;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.CommandReceiver;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentClient;
import io.zhitong.link.JournalSource;
import io.zhitong.link.LinkClient;
import io.zhitong.link.LinkClientOptions;
import io.zhitong.link.LinkDevice;
import io.zhitong.link.LinkMonitor;
import io.zhitong.link.ListHolder;
import io.zhitong.link.ListState;
import io.zhitong.link.proto.EnrolQuestion;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.machinetls.Pem;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;

/** A device of the demo estate over the real link: enrols with its own key and keeps everything in memory. */
public final class TestDevice
        implements AutoCloseable, JournalSource, ListHolder, CommandReceiver, LinkMonitor, CheckpointKeeper {
    private final TestJournal journal;
    private final Map<ListKind, SignedList> held = new ConcurrentHashMap<>();
    private final Set<Octets> claimed = ConcurrentHashMap.newKeySet();
    final List<CommandOrder> executed = new CopyOnWriteArrayList<>();
    final List<Octets> checkpoints = new CopyOnWriteArrayList<>();
    final List<CloseReason> closed = new CopyOnWriteArrayList<>();
    volatile long acknowledged;
    private final LinkClient link;

    /** Connects to a link server, with whatever certificate there is at each attempt. */
    TestDevice(
            int linkPort,
            Enrolment.Granted granted,
            Supplier<MachineTls> tls,
            CertificateRenewal renewal,
            long journal) {
        this.journal = new TestJournal(
                granted.address().community().value(),
                granted.address().device().value(),
                journal);
        LinkClientOptions options =
                LinkClientOptions.to(local(linkPort)).withPauses(Duration.ofMillis(100), Duration.ofMillis(300));
        link = LinkClient.start(
                options,
                tls,
                new LinkDevice(
                        granted.address(),
                        "test 1",
                        granted.policyKey(),
                        granted.commandKey(),
                        this,
                        this,
                        this,
                        this,
                        renewal,
                        this));
    }

    @Override
    public Optional<Octets> newest() {
        return checkpoints.stream().findFirst();
    }

    @Override
    public void told(Octets checkpoint) {
        checkpoints.add(0, checkpoint);
    }

    /** Enrols with the token and connects. */
    public static TestDevice enrolled(RunningBackend backend, MachineRole role, String token, long journal) {
        return enrolled(backend, MachineProfile.SM2, role, token, journal);
    }

    static TestDevice enrolled(
            RunningBackend backend, MachineProfile profile, MachineRole role, String token, long journal) {
        KeyPair pair = MachineKeys.generate(profile);
        Enrolment.Granted granted = enrol(backend, profile, role, token, pair);
        MachineIdentity identity = new MachineIdentity(profile, pair.getPrivate(), granted.chain());
        MachineTls tls = MachineTls.mutual(identity, PeerPolicy.of(authority(backend, profile), MachineRole.BACKEND));
        int port = backend.bean(LinkServers.class).linkPort().orElseThrow();
        return new TestDevice(port, granted, () -> tls, CertificateRenewal.never(), journal);
    }

    static Enrolment.Granted enrol(RunningBackend backend, MachineRole role, String token, KeyPair pair) {
        return enrol(backend, MachineProfile.SM2, role, token, pair);
    }

    static Enrolment.Granted enrol(
            RunningBackend backend, MachineProfile profile, MachineRole role, String token, KeyPair pair) {
        byte[] request = MachineKeys.request(profile, pair, new MachineName(role, "wish"));
        return EnrolmentClient.enrol(
                MachineTls.client(profile, PeerPolicy.of(authority(backend, profile), MachineRole.BACKEND)),
                local(backend.bean(LinkServers.class).enrolmentPort().orElseThrow()),
                new Enrolment.Question(token, request, "test 1"));
    }

    /** Asks for a certificate and is gone before the answer comes. */
    static void askAndHangUp(RunningBackend backend, String token, KeyPair pair) {
        byte[] request = MachineKeys.request(MachineProfile.SM2, pair, new MachineName(MachineRole.POS, "wish"));
        byte[] question = EnrolQuestion.newBuilder()
                .setToken(token)
                .setPkcs10(ByteString.copyFrom(request))
                .build()
                .toByteArray();
        MachineTls tls = MachineTls.client(
                MachineProfile.SM2, PeerPolicy.of(authority(backend, MachineProfile.SM2), MachineRole.BACKEND));
        int port = backend.bean(LinkServers.class).enrolmentPort().orElseThrow();
        try (SSLSocket socket = tls.connect(local(port), Duration.ofSeconds(10))) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(question.length);
            out.write(question);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate authority(RunningBackend backend, MachineProfile profile) {
        String file = profile == MachineProfile.SM2 ? "ca.pem" : "ca-p256.pem";
        try {
            return Pem.certificates(
                            Files.readString(backend.data().resolve("vault").resolve(file)))
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    public TestJournal records() {
        return journal;
    }

    /** Tells the link that the journal has grown. */
    public void wake() {
        link.wake();
    }

    /** Ends the connection; a new one follows by itself. */
    void drop() {
        link.dropRevoked(serial -> true);
    }

    public boolean linked() {
        return link.connected();
    }

    public long acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        link.close();
    }

    @Override
    public JournalId journal() {
        return journal.id();
    }

    @Override
    public long lastSequence() {
        return journal.records().size();
    }

    @Override
    public long firstSequence() {
        return journal.records().isEmpty() ? 0 : 1;
    }

    @Override
    public List<JournalRecord> after(long sequence, int maxBytes) {
        return journal.records().stream()
                .skip(sequence)
                .limit(Math.max(1, maxBytes / 200))
                .toList();
    }

    @Override
    public void stored(Watermark watermark) {
        acknowledged = watermark.sequence();
    }

    @Override
    public List<ListState> states() {
        return held.values().stream()
                .map(list -> new ListState(
                        list.header().kind(),
                        list.header().version(),
                        list.header().root()))
                .toList();
    }

    @Override
    public Optional<SignedList> held(ListKind kind) {
        return Optional.ofNullable(held.get(kind));
    }

    @Override
    public void install(SignedList list) {
        held.put(list.header().kind(), list);
    }

    @Override
    public void refused(ListKind kind, ListRefusal reason) {
        throw new IllegalStateException("list refused: " + kind + " " + reason);
    }

    @Override
    public boolean claim(CommandOrder order) {
        return claimed.add(order.idempotencyKey());
    }

    @Override
    public void receive(CommandOrder order, Consumer<CommandAnswer> answers) {
        executed.add(order);
        answers.accept(CommandAnswer.of(order, CommandAnswer.Stage.EXECUTED));
    }

    @Override
    public DeviceStatus status() {
        return new DeviceStatus(
                0, ClockQuality.HELD, lastSequence(), lastSequence() - acknowledged, 0, states(), List.of());
    }

    @Override
    public void connected() {}

    @Override
    public void disconnected(CloseReason reason) {
        closed.add(reason);
    }

    @Override
    public void time(long backendMillis, long errorMillis) {}
}
