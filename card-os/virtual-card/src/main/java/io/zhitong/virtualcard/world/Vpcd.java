package io.zhitong.virtualcard.world;

import io.zhitong.smcrypto.ByteWriter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The card's end of vpcd (虚拟 PC/SC 读卡器), by which pcscd sees a reader of the world. vpcd listens; to it a connection is a
 * card, so this dials when a card is laid down and hangs up when it was taken away. Frames are length 2 ‖ body; a body of
 * one byte is 00 power off, 01 power on, 02 reset, 04 ATR wanted, anything longer an APDU. vpcd asks for the ATR several
 * times a second, which is when a removal is noticed.
 */
final class Vpcd implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Vpcd.class);
    private static final int POWER_OFF = 0;
    private static final int POWER_ON = 1;
    private static final int RESET = 2;
    private static final int WANT_ATR = 4;
    private static final int CONNECT_MILLIS = 2_000;
    private static final long AGAIN_MILLIS = 250;
    private static final long AWAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(150);

    /** Longer than pcscd's look at the slot every 400 ms: a card laid down sooner would be the old one to it, or none. */
    private static final long EMPTY_MILLIS = 600;

    private static final byte[] GONE = {0x6F, 0x00};

    private final WorldReader reader;
    private final int port;
    private final Thread thread;
    private volatile Socket open = new Socket();
    private volatile boolean closed;

    /** Begins at once; pcscd may come later. */
    Vpcd(WorldReader reader, int port) {
        this.reader = reader;
        this.port = port;
        this.thread = new Thread(this::run, "vpcd-" + port);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                WorldReader.State state = reader.state();
                if (state.present()) {
                    card(state.changes());
                    TimeUnit.MILLISECONDS.sleep(EMPTY_MILLIS);
                }
                reader.awaitChange(state.changes(), AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One card, from here until it is taken away or pcscd hangs up. */
    private void card(long seen) {
        try (Socket socket = new Socket()) {
            open = socket;
            if (!closed) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                socket.setTcpNoDelay(true);
                serve(socket, seen);
            }
        } catch (IOException e) {
            LOG.debug("vpcd on port {}: {}", port, e.getMessage());
        }
    }

    private void serve(Socket socket, long seen) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        long ticket = 0;
        while (true) {
            byte[] body = frame(socket, in);
            if (reader.state().changes() != seen) {
                return;
            }
            if (body.length > 1) {
                write(out, command(ticket, body));
                continue;
            }
            switch (body[0]) {
                case POWER_OFF -> reader.powerOff(ticket);
                case POWER_ON, RESET -> ticket = powerOn();
                case WANT_ATR -> {
                    Optional<byte[]> ats = reader.ats();
                    if (ats.isEmpty()) {
                        return;
                    }
                    write(out, atr(ats.get()));
                }
                default -> throw new IOException("expected control 00, 01, 02 or 04, came " + body[0]);
            }
        }
    }

    /** vpcd writes length and body apart: without a quick acknowledgement of the length each command costs 40 ms more. */
    private static byte[] frame(Socket socket, DataInputStream in) throws IOException {
        socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        awaitAwake(in);
        int length = in.readUnsignedShort();
        if (length == 0) {
            throw new IOException("expected a frame of at least one byte");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return body;
    }

    /** In a transaction the next command comes at once: to wake up for it takes longer than the card needs. */
    private static void awaitAwake(DataInputStream in) throws IOException {
        long end = System.nanoTime() + AWAKE_NANOS;
        while (in.available() == 0 && System.nanoTime() < end) {
            Thread.yield();
        }
    }

    private long powerOn() {
        try {
            return reader.powerOn().ticket();
        } catch (WorldFault noCard) {
            return 0;
        }
    }

    private byte[] command(long ticket, byte[] apdu) {
        try {
            return reader.command(ticket, apdu);
        } catch (WorldFault cardLeft) {
            return GONE;
        }
    }

    /** PC/SC part 3: 3B 8n 80 01 ‖ historical bytes of the ATS ‖ check byte. */
    static byte[] atr(byte[] ats) {
        byte[] historical = Arrays.copyOfRange(ats, 2 + Integer.bitCount(ats[1] & 0x70), ats.length);
        byte[] head = new ByteWriter()
                .u8(0x3B)
                .u8(0x80 | historical.length)
                .u8(0x80)
                .u8(0x01)
                .bytes(historical)
                .toByteArray();
        int check = 0;
        for (int i = 1; i < head.length; i++) {
            check ^= head[i];
        }
        return new ByteWriter().bytes(head).u8(check).toByteArray();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        thread.interrupt();
        open.close();
    }

    private static void write(DataOutputStream out, byte[] body) throws IOException {
        out.write(new ByteWriter().sized(body).toByteArray());
        out.flush();
    }
}
