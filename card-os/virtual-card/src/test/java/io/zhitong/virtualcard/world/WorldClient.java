package io.zhitong.virtualcard.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.cardspec.ReaderFrame.Op;
import io.zhitong.cardspec.ReaderFrame.Status;
import io.zhitong.smcrypto.Hex;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of the reader driver, frame by frame. */
final class WorldClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    WorldClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    ReaderFrame send(ReaderFrame frame) throws IOException {
        frame.write(out);
        return ReaderFrame.read(in);
    }

    Status status(Op op, String text) throws IOException {
        return send(ReaderFrame.request(op, text)).status();
    }

    String ok(Op op, String text) throws IOException {
        ReaderFrame answer = send(ReaderFrame.request(op, text));
        String body = new String(answer.answerBody(), StandardCharsets.UTF_8);
        assertEquals(Status.OK, answer.status(), body);
        return body;
    }

    /** Attaches and powers up. */
    WorldClient on(String reader) throws IOException {
        ok(Op.ATTACH, reader);
        assertEquals(
                "087877a0025a5401",
                Hex.of(send(ReaderFrame.request(Op.POWER_ON, new byte[0])).answerBody()));
        return this;
    }

    ReaderFrame apduFrame(String hex) throws IOException {
        return send(ReaderFrame.request(Op.APDU, Hex.parse(hex)));
    }

    String apdu(String hex) throws IOException {
        ReaderFrame answer = apduFrame(hex);
        assertEquals(Status.OK, answer.status());
        return Hex.of(answer.answerBody()).toUpperCase(Locale.ROOT);
    }

    boolean present() throws IOException {
        return send(ReaderFrame.request(Op.STATUS, new byte[0])).answerBody()[0] == 1;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
