package io.zhitong.link;

import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A backend in memory: stores what is above its watermark, and can be held before each commit. */
final class RecordingHandler implements LinkHandler {

    final Map<JournalId, Watermark> watermarks = new ConcurrentHashMap<>();
    final List<JournalRecord> stored = new CopyOnWriteArrayList<>();
    final List<JournalRecord> alarms = new CopyOnWriteArrayList<>();
    final List<DeviceStatus> beats = new CopyOnWriteArrayList<>();
    final List<CommandAnswer> answers = new CopyOnWriteArrayList<>();
    final List<CloseReason> closed = new CopyOnWriteArrayList<>();
    final Map<ListKind, SignedList> lists = new ConcurrentHashMap<>();
    final List<BigInteger> renewals = new CopyOnWriteArrayList<>();
    final AtomicReference<BiFunction<LinkSession, byte[], List<X509Certificate>>> renewal =
            new AtomicReference<>((session, request) -> {
                throw new EnrolmentRefusedException(Enrolment.Refusal.NOT_RENEWED);
            });
    final AtomicReference<Optional<Octets>> checkpoint = new AtomicReference<>(Optional.empty());
    final List<Optional<Octets>> said = new CopyOnWriteArrayList<>();
    final Map<Hash, byte[]> images = new ConcurrentHashMap<>();
    final AtomicInteger imagePulls = new AtomicInteger();
    volatile Consumer<LinkSession> onClosed = session -> {};
    volatile boolean slowImages;
    volatile BlobKeeper pictures = BlobKeeper.none();
    volatile Optional<LinkFault> refusal = Optional.empty();
    final Semaphore commits = new Semaphore(1_000_000);
    final Semaphore arrived = new Semaphore(0);

    @Override
    public Greeting hello(LinkSession session) {
        refusal.ifPresent(fault -> {
            throw new LinkException(fault, "refused by the test");
        });
        JournalId journal = session.hello().journal();
        said.add(session.hello().checkpoint());
        List<ListHeader> headers =
                lists.values().stream().map(SignedList::header).toList();
        return new Greeting(watermarks.getOrDefault(journal, Watermark.start(journal)), headers);
    }

    @Override
    public Optional<Octets> checkpoint() {
        return Objects.requireNonNull(checkpoint.get());
    }

    @Override
    public byte[] image(LinkSession session, Hash bundle, long from, int most) {
        imagePulls.incrementAndGet();
        if (slowImages) {
            commits.acquireUninterruptibly();
        }
        byte[] whole = images.getOrDefault(bundle, new byte[0]);
        int begin = (int) Math.min(from, whole.length);
        return Arrays.copyOfRange(whole, begin, Math.min(begin + most, whole.length));
    }

    @Override
    public BlobKeeper blobs() {
        return pictures;
    }

    @Override
    public void heartbeat(LinkSession session, DeviceStatus status) {
        beats.add(status);
    }

    @Override
    public Watermark events(LinkSession session, List<JournalRecord> records) {
        arrived.release();
        try {
            if (!commits.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("commit not released");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Watermark mark = watermarks.getOrDefault(
                session.hello().journal(), Watermark.start(session.hello().journal()));
        List<JournalRecord> fresh = new ArrayList<>();
        for (JournalRecord record : records) {
            if (record.sequence() > mark.sequence()) {
                fresh.add(record);
            }
        }
        stored.addAll(fresh);
        Watermark next = fresh.isEmpty() ? mark : fresh.get(fresh.size() - 1).watermark();
        watermarks.put(session.hello().journal(), next);
        return next;
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
    public List<X509Certificate> renew(LinkSession session, byte[] pkcs10) {
        renewals.add(session.peer().serial());
        return Objects.requireNonNull(renewal.get()).apply(session, pkcs10);
    }

    @Override
    public void answered(LinkSession session, CommandAnswer answer) {
        answers.add(answer);
    }

    @Override
    public void closed(LinkSession session, CloseReason reason) {
        closed.add(reason);
        onClosed.accept(session);
    }
}
