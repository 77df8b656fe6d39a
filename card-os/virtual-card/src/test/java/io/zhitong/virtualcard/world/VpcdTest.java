package io.zhitong.virtualcard.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.ReaderFrame.Op;
import io.zhitong.smcrypto.Hex;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frames that pcscd's vpcd driver sends, as vsmartcard documents them. */
class VpcdTest {
    @Test
    void atr_follows_pcsc_part_3() {
        // 3B 83 80 01, historical bytes 5A 54 01, check byte over all but the first
        assertEquals("3b8380015a54010d", Hex.of(Vpcd.atr(Hex.parse("087877a0025a5401"))));
    }

    @Test
    void dials_vpcd_while_a_card_lies_there_and_hangs_up_when_it_is_taken_away(@TempDir Path directory)
            throws IOException {
        int port = twoFreePorts();
        try (ServerSocket driver = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                CardWorldServer server = new CardWorldServer(
                        new CardWorldServer.Settings(
                                directory, 0, Optional.of(port), List.of("a", "b"), Optional.empty()),
                        InstantSource.system());
                WorldClient hands = new WorldClient(server.port())) {
            driver.setSoTimeout(400);
            assertThrows(SocketTimeoutException.class, driver::accept, "nobody dials without a card");
            driver.setSoTimeout(10_000);
            hands.ok(Op.NEW, "{\"name\":\"x\",\"profile\":\"blank\"}");
            hands.ok(Op.INSERT, "{\"card\":\"x\",\"reader\":\"a\"}");
            try (Socket slot = driver.accept()) {
                assertEquals("00083b8380015a54010d", exchange(slot, "000104"));
                slot.getOutputStream().write(Hex.parse("000101"));
                assertEquals("00026a82", exchange(slot, "000700a40000021234"));
                slot.getOutputStream().write(Hex.parse("000100"));
                assertEquals("00026f00", exchange(slot, "000700a40000021234"));
                hands.ok(Op.REMOVE, "{\"reader\":\"a\"}");
                slot.getOutputStream().write(Hex.parse("000104"));
                assertEquals(-1, slot.getInputStream().read());
            }
        }
    }

    @Test
    void vpcd_that_comes_later_is_found(@TempDir Path directory) throws IOException {
        int port = twoFreePorts();
        try (CardWorldServer server = new CardWorldServer(
                        new CardWorldServer.Settings(
                                directory, 0, Optional.of(port), List.of("a", "b"), Optional.empty()),
                        InstantSource.system());
                WorldClient hands = new WorldClient(server.port())) {
            hands.ok(Op.NEW, "{\"name\":\"x\",\"profile\":\"blank\"}");
            hands.ok(Op.INSERT, "{\"card\":\"x\",\"reader\":\"b\"}");
            try (ServerSocket driver = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
                driver.setSoTimeout(10_000);
                try (Socket slot = driver.accept()) {
                    assertEquals("00083b8380015a54010d", exchange(slot, "000104"));
                }
            }
        }
    }

    private static String exchange(Socket socket, String frame) throws IOException {
        socket.setSoTimeout(10_000);
        OutputStream out = socket.getOutputStream();
        out.write(Hex.parse(frame));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] length = in.readNBytes(2);
        byte[] body = in.readNBytes((length[0] & 0xFF) << 8 | length[1] & 0xFF);
        return Hex.of(length) + Hex.of(body);
    }

    /** Two neighbouring ports below 32768, as the driver wants them. */
    static int twoFreePorts() throws IOException {
        for (int port = 29_000; port < 32_000; port += 2) {
            if (free(port) && free(port + 1)) {
                return port;
            }
        }
        throw new IOException("no two free neighbouring ports");
    }

    private static boolean free(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
