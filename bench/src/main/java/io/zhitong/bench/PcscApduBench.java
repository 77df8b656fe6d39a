package io.zhitong.bench;

import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardreaders.PcscReader;
import io.zhitong.cardspec.CardException;
import io.zhitong.smcrypto.Hex;
import io.zhitong.virtualcard.world.CardWorldServer;
import io.zhitong.virtualcard.world.PcscDaemon;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * SELECT of the MF by libpcsclite, pcscd, the vpcd driver and a virtual card; beside the same command over a bare socket to
 * such a card, as the vpcd driver would send it (PC/SC 指令往返).
 */
@State(Scope.Benchmark)
public class PcscApduBench {
    private static final byte[] SELECT = Hex.parse("00a40000");
    private static final List<String> READERS = List.of("one", "two");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE = 50_000_000;

    private final PcscDaemon pcscd;
    private final CardWorldServer world;
    private final PcscReader reader;
    private final CardSession session;
    private final CardWorldServer bareWorld;
    private final Socket bare;

    public PcscApduBench() {
        try {
            int port = PcscDaemon.freePorts();
            Path folder = Workspace.folder("pcsc");
            world = world(folder, port);
            pcscd = PcscDaemon.start(folder, port);
            reader = PcscReader.named(PcscDaemon.READERS.get(0));
            session = powered();
            try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                bareWorld = world(Workspace.folder("bare"), listening.getLocalPort());
                bare = listening.accept();
                bare.setTcpNoDelay(true);
            }
            bare.getOutputStream().write(Hex.parse("000101"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CardWorldServer world(Path folder, int vpcdPort) throws IOException {
        var server = new CardWorldServer(
                new CardWorldServer.Settings(folder, 0, Optional.of(vpcdPort), READERS, Optional.empty()),
                InstantSource.system());
        try (var hands = new CardWorldClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            hands.newCard("x", "blank");
            hands.insert("x", READERS.get(0));
        }
        return server;
    }

    private CardSession powered() {
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            try {
                return reader.connect();
            } catch (CardException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    @Benchmark
    public byte[] figure() {
        return good(session.transceive(SELECT));
    }

    /** Length and body in one write, where vpcd makes two. */
    @Benchmark
    public byte[] limit() throws IOException {
        OutputStream out = bare.getOutputStream();
        out.write(Hex.parse("000400a40000"));
        DataInputStream in = new DataInputStream(bare.getInputStream());
        byte[] answer = new byte[in.readUnsignedShort()];
        in.readFully(answer);
        return good(answer);
    }

    private static byte[] good(byte[] answer) {
        if (answer.length != 25 || answer[23] != (byte) 0x90) {
            throw new IllegalStateException("expected the answer to SELECT, came " + Hex.of(answer));
        }
        return answer;
    }

    @TearDown
    public void close() throws IOException {
        session.close();
        reader.close();
        pcscd.close();
        world.close();
        bare.close();
        bareWorld.close();
    }
}
