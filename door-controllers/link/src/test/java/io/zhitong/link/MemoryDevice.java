package io.zhitong.link;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A device in memory. */
final class MemoryDevice implements JournalSource, ListHolder, CommandReceiver, LinkMonitor, CheckpointKeeper {

    final DeviceAddress address;
    final JournalId journal = JournalId.draw(new SecureRandom());
    final List<JournalRecord> records = new CopyOnWriteArrayList<>();
    final Map<ListKind, SignedList> held = new ConcurrentHashMap<>();
    final List<SignedList> installed = new CopyOnWriteArrayList<>();
    final List<ListRefusal> refusals = new CopyOnWriteArrayList<>();
    final List<CommandOrder> executed = new CopyOnWriteArrayList<>();
    final List<Octets> checkpoints = new CopyOnWriteArrayList<>();
    final Set<Octets> claimed = ConcurrentHashMap.newKeySet();
    final AtomicLong acknowledged = new AtomicLong();
    final AtomicLong timeError = new AtomicLong(-1);
    final AtomicInteger connections = new AtomicInteger();

    MemoryDevice(DeviceAddress address) {
        this.address = address;
    }

    LinkDevice on(Estate estate, CertificateRenewal renewal) {
        return new LinkDevice(
                address,
                "test 1",
                estate.policy.publicKey(),
                estate.command.publicKey(),
                this,
                this,
                this,
                this,
                renewal,
                this);
    }

    LinkDevice on(Estate estate, BlobSource blobs) {
        return new LinkDevice(
                address,
                "test 1",
                estate.policy.publicKey(),
                estate.command.publicKey(),
                this,
                this,
                this,
                this,
                CertificateRenewal.never(),
                this,
                blobs);
    }

    LinkDevice on(Estate estate) {
        return on(estate, CertificateRenewal.never());
    }

    JournalRecord append(EventKind kind, int body) {
        Hash previous =
                records.isEmpty() ? Hash.ZERO : records.get(records.size() - 1).hash();
        JournalRecord record = new JournalRecord(
                address.community(),
                address.device(),
                journal,
                records.size() + 1L,
                previous,
                1,
                0,
                0,
                ClockQuality.HELD,
                kind.code(),
                new PointId(1),
                Octets.zeros(body));
        records.add(record);
        return record;
    }

    @Override
    public Optional<Octets> newest() {
        return checkpoints.isEmpty() ? Optional.empty() : Optional.of(checkpoints.get(checkpoints.size() - 1));
    }

    @Override
    public void told(Octets checkpoint) {
        checkpoints.add(checkpoint);
    }

    @Override
    public JournalId journal() {
        return journal;
    }

    @Override
    public long lastSequence() {
        return records.size();
    }

    @Override
    public long firstSequence() {
        return records.isEmpty() ? 0 : 1;
    }

    @Override
    public List<JournalRecord> after(long sequence, int maxBytes) {
        List<JournalRecord> found = new ArrayList<>();
        int room = maxBytes;
        for (int at = (int) sequence; at < records.size(); at++) {
            room -= records.get(at).encode().length;
            if (room < 0 && !found.isEmpty()) {
                break;
            }
            found.add(records.get(at));
        }
        return found;
    }

    @Override
    public void stored(Watermark watermark) {
        acknowledged.set(watermark.sequence());
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
        installed.add(list);
        held.put(list.header().kind(), list);
    }

    @Override
    public void refused(ListKind kind, ListRefusal reason) {
        refusals.add(reason);
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
                0, ClockQuality.HELD, records.size(), records.size() - acknowledged.get(), 0, states(), List.of());
    }

    @Override
    public void connected() {
        connections.incrementAndGet();
    }

    @Override
    public void disconnected(CloseReason reason) {}

    @Override
    public void time(long backendMillis, long errorMillis) {
        timeError.set(errorMillis);
    }
}
