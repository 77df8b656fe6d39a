package io.zhitong.bench;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.EdgeClock;
import io.zhitong.edge.Journal;
import io.zhitong.edge.JournalLimits;
import io.zhitong.edge.TombstoneSigner;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One event on disk in a device's journal, beside one page written to a file and synchronised (设备日志写入). */
@State(Scope.Benchmark)
public class JournalAppendBench {
    private static final int BODY = 40;
    private static final int PAGE = 4_096;
    private static final PointId POINT = new PointId(1);

    private final Path folder = Workspace.folder("journal");
    private final Sm2PrivateKey key = Sm2PrivateKey.generate(RandomSource.secure());
    private final Journal journal = Journal.open(
            folder.resolve("journal.db"),
            DeviceAddress.of(1, 42),
            new EdgeClock(Clock.systemUTC()),
            JournalLimits.DEFAULT,
            new TombstoneSigner(message -> Sm2.sign(key, message, RandomSource.secure())));
    private final FileChannel file = open(folder.resolve("bare"));
    private final ByteBuffer page = ByteBuffer.allocateDirect(PAGE);

    private static FileChannel open(Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public JournalRecord figure() {
        return journal.append(EventKind.ACCESS_GRANTED, POINT, new byte[BODY]);
    }

    @Benchmark
    public long limit() throws IOException {
        page.rewind();
        file.write(page);
        file.force(false);
        return file.position();
    }

    @TearDown
    public void close() throws IOException {
        journal.close();
        file.close();
    }
}
