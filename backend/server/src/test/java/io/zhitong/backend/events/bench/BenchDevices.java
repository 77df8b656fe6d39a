package io.zhitong.backend.events.bench;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
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
import io.zhitong.link.ListHolder;
import io.zhitong.link.ListState;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The devices' process: full journals, and the real client of the link (设备进程). */
final class BenchDevices {
    private BenchDevices() {}

    /** Arguments: folder of the certificates, port, devices, events of each. Says "ready", waits for a line, says "done". */
    public static void main(String[] args) throws IOException, InterruptedException {
        BenchEstate estate = BenchEstate.in(Path.of(args[0]));
        int devices = Integer.parseInt(args[2]);
        List<Door> doors = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(devices);
        for (int i = 1; i <= devices; i++) {
            doors.add(new Door(new MadeJournal(BenchEstate.device(i), 7, Integer.parseInt(args[3])), done));
        }
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        Sm2PublicKey signer = Sm2PrivateKey.generate(RandomSource.secure()).publicKey();
        InetSocketAddress backend = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        for (int i = 1; i <= devices; i++) {
            MachineTls tls = estate.door(i);
            Door door = doors.get(i - 1);
            LinkClient.start(
                    LinkClientOptions.to(backend),
                    () -> tls,
                    new LinkDevice(door.records.device(), "bench 1", signer, signer, door, door, door, door));
        }
        done.await();
        System.out.println("done");
        System.exit(0);
    }

    /** A controller whose only work is to bring its journal. */
    record Door(MadeJournal records, CountDownLatch done)
            implements JournalSource, ListHolder, CommandReceiver, LinkMonitor {
        @Override
        public JournalId journal() {
            return records.id();
        }

        @Override
        public long lastSequence() {
            return records.length();
        }

        @Override
        public long firstSequence() {
            return 1;
        }

        @Override
        public List<JournalRecord> after(long sequence, int maxBytes) {
            return records.after(sequence, maxBytes);
        }

        @Override
        public void stored(Watermark watermark) {
            if (watermark.sequence() == records.length()) {
                done.countDown();
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
            return false;
        }

        @Override
        public void receive(CommandOrder order, Consumer<CommandAnswer> answers) {}

        @Override
        public DeviceStatus status() {
            return new DeviceStatus(0, ClockQuality.SYNCHRONISED, records.length(), 0, 0, states(), List.of());
        }

        @Override
        public void connected() {}

        @Override
        public void disconnected(CloseReason reason) {}

        @Override
        public void time(long backendMillis, long errorMillis) {}
    }
}
