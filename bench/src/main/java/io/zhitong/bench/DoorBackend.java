package io.zhitong.bench;

import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentServer;
import io.zhitong.link.LinkHandler;
import io.zhitong.link.LinkServer;
import io.zhitong.link.LinkServerOptions;
import io.zhitong.link.LinkSession;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A backend for one real controller: enrols it, gives it its lists, keeps nothing (单机后台). Thread-safe. */
final class DoorBackend implements LinkHandler, AutoCloseable {
    private final MachineEstate estate = new MachineEstate();
    private final Map<ListKind, SignedList> lists;
    private final Sm2PublicKey signer;
    private final Map<JournalId, Watermark> watermarks = new ConcurrentHashMap<>();
    private final CountDownLatch inStep = new CountDownLatch(1);
    private final EnrolmentServer enrolment;
    private final LinkServer link;

    DoorBackend(List<SignedList> lists, Sm2PublicKey signer) {
        Map<ListKind, SignedList> byKind = new EnumMap<>(ListKind.class);
        lists.forEach(list -> byKind.put(list.header().kind(), list));
        this.lists = Map.copyOf(byKind);
        this.signer = signer;
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        MachineTls server = estate.enrolment();
        enrolment = EnrolmentServer.start(any, () -> server, this::enrol);
        MachineTls mutual = estate.backend();
        link = LinkServer.start(LinkServerOptions.of(any), () -> mutual, this);
    }

    /** Writes what an installer would: configuration, authority, token. */
    Path install(Path folder, String sections) throws IOException {
        Files.writeString(folder.resolve("ca.pem"), estate.authorityPem());
        Files.writeString(folder.resolve("token"), "bench");
        return Files.writeString(
                folder.resolve("controller.yaml"), """
                device:
                  data: data
                  backend: 127.0.0.1
                  linkPort: %d
                  enrolPort: %d
                  authority: ca.pem
                  tokenFile: token
                """.formatted(link.port(), enrolment.port()) + sections);
    }

    /** Waits until the controller said in a heartbeat that it holds every list, proved by its roots. */
    void awaitInStep(long seconds) {
        try {
            if (!inStep.await(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the controller does not hold its lists after " + seconds + " s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Enrolment.Granted enrol(Enrolment.Question question) {
        return new Enrolment.Granted(MachineEstate.DOOR, estate.certified(question.pkcs10()), signer, signer);
    }

    @Override
    public Greeting hello(LinkSession session) {
        JournalId journal = session.hello().journal();
        return new Greeting(
                watermarks.getOrDefault(journal, Watermark.start(journal)),
                lists.values().stream().map(SignedList::header).toList());
    }

    @Override
    public void heartbeat(LinkSession session, DeviceStatus status) {
        boolean all = lists.values().stream()
                .allMatch(list -> status.lists().stream()
                        .anyMatch(held -> held.kind() == list.header().kind()
                                && held.root().equals(list.header().root())));
        if (all) {
            inStep.countDown();
        }
    }

    @Override
    public Watermark events(LinkSession session, List<JournalRecord> records) {
        Watermark last = records.get(records.size() - 1).watermark();
        watermarks.put(session.hello().journal(), last);
        return last;
    }

    @Override
    public void alarm(LinkSession session, JournalRecord copy) {}

    @Override
    public Optional<SignedList> list(LinkSession session, ListKind kind) {
        return Optional.ofNullable(lists.get(kind));
    }

    @Override
    public void answered(LinkSession session, CommandAnswer answer) {}

    @Override
    public void closed(LinkSession session, CloseReason reason) {}

    @Override
    public void close() {
        link.close();
        enrolment.close();
    }
}
