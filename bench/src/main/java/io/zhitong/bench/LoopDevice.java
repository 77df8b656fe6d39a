package io.zhitong.bench;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandOrder;
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
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.CommandReceiver;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.JournalSource;
import io.zhitong.link.LinkClient;
import io.zhitong.link.LinkClientOptions;
import io.zhitong.link.LinkDevice;
import io.zhitong.link.LinkMonitor;
import io.zhitong.link.LinkServer;
import io.zhitong.link.LinkServerOptions;
import io.zhitong.link.ListHolder;
import io.zhitong.link.ListState;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A device and its backend on one loopback connection; one event at a time is under way (回环设备). One caller. */
final class LoopDevice implements JournalSource, ListHolder, CommandReceiver, LinkMonitor, AutoCloseable {
    private static final int BODY = 40;
    private static final long PATIENCE = 30;

    private final JournalId journal = JournalId.draw(new SecureRandom());
    private final Semaphore acknowledged = new Semaphore(0);
    private final CountDownLatch greeted = new CountDownLatch(1);
    private final LinkServer server;
    private final LinkClient client;
    private volatile List<JournalRecord> waiting = List.of();
    private volatile long last;

    LoopDevice(MachineEstate estate) {
        MachineTls backend = estate.backend();
        MachineTls door = estate.door();
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = LinkServer.start(LinkServerOptions.of(loopback), () -> backend, new AcknowledgingHandler());
        var signer = Sm2PrivateKey.generate(RandomSource.secure()).publicKey();
        client = LinkClient.start(
                LinkClientOptions.to(new InetSocketAddress(loopback.getAddress(), server.port())),
                () -> door,
                new LinkDevice(MachineEstate.DOOR, "bench 1", signer, signer, this, this, this, this));
        await(greeted);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the device does not connect");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int recordLength() {
        return record(1).encode().length;
    }

    /** Writes the next event, and returns when the backend has acknowledged it. */
    long roundTrip() {
        JournalRecord record = record(last + 1);
        waiting = List.of(record);
        last = record.sequence();
        client.wake();
        try {
            if (!acknowledged.tryAcquire(PATIENCE, TimeUnit.SECONDS)) {
                throw new IllegalStateException("event " + last + " is not acknowledged");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return last;
    }

    private JournalRecord record(long sequence) {
        Hash previous = waiting.isEmpty() ? Hash.ZERO : waiting.get(0).hash();
        return new JournalRecord(
                MachineEstate.DOOR.community(),
                MachineEstate.DOOR.device(),
                journal,
                sequence,
                previous,
                1,
                0,
                0,
                ClockQuality.HELD,
                EventKind.ACCESS_GRANTED.code(),
                new PointId(1),
                Octets.zeros(BODY));
    }

    @Override
    public JournalId journal() {
        return journal;
    }

    @Override
    public long lastSequence() {
        return last;
    }

    @Override
    public long firstSequence() {
        return last == 0 ? 0 : 1;
    }

    @Override
    public List<JournalRecord> after(long sequence, int maxBytes) {
        return sequence < last ? waiting : List.of();
    }

    @Override
    public void stored(Watermark watermark) {
        if (last > 0 && watermark.sequence() == last) {
            acknowledged.release();
        }
    }

    @Override
    public List<ListState> states() {
        return List.of();
    }

    @Override
    public Optional<SignedList> held(ListKind kind) {
        return Optional.empty();
    }

    @Override
    public void install(SignedList list) {}

    @Override
    public void refused(ListKind kind, ListRefusal reason) {}

    @Override
    public boolean claim(CommandOrder order) {
        return true;
    }

    @Override
    public void receive(CommandOrder order, Consumer<CommandAnswer> answers) {}

    @Override
    public DeviceStatus status() {
        return new DeviceStatus(0, ClockQuality.HELD, last, 0, 0, states(), List.of());
    }

    @Override
    public void connected() {
        greeted.countDown();
    }

    @Override
    public void disconnected(CloseReason reason) {}

    @Override
    public void time(long backendMillis, long errorMillis) {}

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
