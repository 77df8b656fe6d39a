package io.zhitong.edge;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.link.Blob;
import io.zhitong.link.BlobKeeper;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentRefusedException;
import io.zhitong.link.EnrolmentServer;
import io.zhitong.link.LinkHandler;
import io.zhitong.link.LinkServer;
import io.zhitong.link.LinkServerOptions;
import io.zhitong.link.LinkSession;
import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A backend for one device: enrols it, keeps what it sends, holds lists for it. */
final class Backend implements LinkHandler, AutoCloseable {

    static final DeviceAddress DOOR = Journals.DOOR;

    final Sm2PrivateKey command = Sm2PrivateKey.generate(RandomSource.secure());
    final Map<JournalId, Watermark> watermarks = new ConcurrentHashMap<>();
    final List<JournalRecord> stored = new CopyOnWriteArrayList<>();
    final List<DeviceStatus> beats = new CopyOnWriteArrayList<>();
    final List<JournalRecord> alarms = new CopyOnWriteArrayList<>();
    final Map<ListKind, SignedList> lists = new ConcurrentHashMap<>();
    final Set<String> tokens = ConcurrentHashMap.newKeySet();
    final List<BigInteger> served = new CopyOnWriteArrayList<>();
    final List<PublicKey> asked = new CopyOnWriteArrayList<>();
    final Sm2PrivateKey audit = Sm2PrivateKey.generate(RandomSource.secure());
    final AtomicReference<Optional<Octets>> checkpoint = new AtomicReference<>(Optional.empty());
    final List<Optional<Octets>> said = new CopyOnWriteArrayList<>();
    final Map<Hash, byte[]> images = new ConcurrentHashMap<>();
    final Map<Octets, byte[]> pictures = new ConcurrentHashMap<>();
    final AtomicInteger refusals = new AtomicInteger();
    final AtomicInteger lostAnswers = new AtomicInteger();
    final AtomicReference<Duration> left = new AtomicReference<>(Duration.ofHours(3));
    private final Instant from = Instant.now().minus(Duration.ofHours(2));
    private final Instant to = Instant.now().plus(Duration.ofHours(3));
    private final MachineProfile profile;
    private final MachineAuthority authority;
    final BigInteger serial;
    private final MachineTls tls;
    private final EnrolmentServer enrolment;
    private LinkServer link;

    Backend() {
        this(MachineProfile.SM2);
    }

    Backend(MachineProfile profile) {
        this.profile = profile;
        authority = MachineAuthority.create(profile, MachineKeys.generate(profile), "Test machines", from, to);
        KeyPair pair = MachineKeys.generate(profile);
        MachineName name = new MachineName(MachineRole.BACKEND, "backend");
        MachineIdentity identity = new MachineIdentity(
                profile,
                pair.getPrivate(),
                List.of(
                        authority.issue(MachineKeys.request(profile, pair, name), name, from, to),
                        authority.certificate()));
        serial = identity.chain().get(0).getSerialNumber();
        tls = MachineTls.mutual(identity, PeerPolicy.of(authority.certificate(), MachineRole.CONTROLLER));
        MachineTls server = MachineTls.server(identity);
        enrolment = EnrolmentServer.start(loopback(0), () -> server, this::enrol);
        link = serve(0);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private LinkServer serve(int port) {
        return LinkServer.start(LinkServerOptions.of(loopback(port)), () -> tls, this);
    }

    LinkServer link() {
        return link;
    }

    /** Stops the link, runs the task, listens on the same port again. */
    void without(Runnable task) {
        int port = link.port();
        link.close();
        task.run();
        link = serve(port);
    }

    /** Writes what an installer would: configuration, authority, token. */
    Path install(Path folder, String sections) throws IOException {
        tokens.add("one-time");
        Files.writeString(folder.resolve("ca.pem"), Pem.ofCertificates(List.of(authority.certificate())));
        Files.writeString(folder.resolve("token"), "one-time\n");
        Path config = folder.resolve("device.yaml");
        Files.writeString(
                config,
                "device:\n  data: data\n  backend: 127.0.0.1\n  linkPort: " + link.port() + "\n  enrolPort: "
                        + enrolment.port() + "\n  authority: ca.pem\n  tokenFile: token\n"
                        + (profile == MachineProfile.P256 ? "  profile: p256\n" : "") + sections);
        return config;
    }

    private Enrolment.Granted enrol(Enrolment.Question question) {
        if (!tokens.contains(question.token())) {
            refusals.incrementAndGet();
            throw new EnrolmentRefusedException(Enrolment.Refusal.UNKNOWN_TOKEN);
        }
        Enrolment.Granted granted = new Enrolment.Granted(
                DOOR,
                certified(question.pkcs10()),
                Journals.KEY.publicKey(),
                command.publicKey(),
                Optional.of(audit.publicKey()));
        if (lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the answer is lost");
        }
        tokens.remove(question.token());
        return granted;
    }

    private List<X509Certificate> certified(byte[] request) {
        MachineName name = new MachineName(MachineRole.CONTROLLER, DOOR.certificateName());
        X509Certificate certificate =
                authority.issue(request, name, from, Instant.now().plus(left.get()));
        asked.add(certificate.getPublicKey());
        return List.of(certificate, authority.certificate());
    }

    @Override
    public List<X509Certificate> renew(LinkSession session, byte[] pkcs10) {
        left.set(Duration.ofHours(3));
        return certified(pkcs10);
    }

    @Override
    public Greeting hello(LinkSession session) {
        served.add(session.peer().serial());
        said.add(session.hello().checkpoint());
        JournalId journal = session.hello().journal();
        return new Greeting(
                watermarks.getOrDefault(journal, Watermark.start(journal)),
                lists.values().stream().map(SignedList::header).toList());
    }

    @Override
    public Optional<Octets> checkpoint() {
        return checkpoint.get();
    }

    @Override
    public void heartbeat(LinkSession session, DeviceStatus status) {
        beats.add(status);
    }

    @Override
    public Watermark events(LinkSession session, List<JournalRecord> records) {
        JournalId journal = session.hello().journal();
        for (JournalRecord record : records) {
            Watermark mark = watermarks.getOrDefault(journal, Watermark.start(journal));
            if (record.sequence() > mark.sequence()) {
                stored.add(record);
                watermarks.put(journal, record.watermark());
            }
        }
        return watermarks.getOrDefault(journal, Watermark.start(journal));
    }

    @Override
    public void alarm(LinkSession session, JournalRecord copy) {
        alarms.add(copy);
    }

    @Override
    public Optional<SignedList> list(LinkSession session, ListKind kind) {
        return Optional.ofNullable(lists.get(kind));
    }

    @Override
    public void answered(LinkSession session, CommandAnswer answer) {}

    @Override
    public byte[] image(LinkSession session, Hash bundle, long from, int most) {
        byte[] whole = images.getOrDefault(bundle, new byte[0]);
        int begin = (int) Math.min(from, whole.length);
        return Arrays.copyOfRange(whole, begin, Math.min(begin + most, whole.length));
    }

    @Override
    public BlobKeeper blobs() {
        return new BlobKeeper() {
            @Override
            public int offered(DeviceAddress device, Blob blob) {
                return pictures.getOrDefault(blob.name(), new byte[0]).length;
            }

            @Override
            public int append(DeviceAddress device, Blob blob, int from, byte[] data) {
                byte[] here = pictures.getOrDefault(blob.name(), new byte[0]);
                byte[] more = Arrays.copyOf(here, from + data.length);
                System.arraycopy(data, 0, more, from, data.length);
                pictures.put(blob.name(), more);
                return more.length;
            }
        };
    }

    @Override
    public void closed(LinkSession session, CloseReason reason) {}

    @Override
    public void close() {
        link.close();
        enrolment.close();
    }
}
