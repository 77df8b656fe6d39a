package io.zhitong.systemtests;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands that move cards in the card world (放卡的手), and a reader of the test's own: written from docs/readers.md and
 * docs/card.md alone, shares no code with the product. Thread-safe.
 */
final class Hands implements AutoCloseable {
    private static final int ATTACH = 0x01;
    private static final int POWER_ON = 0x03;
    private static final int APDU = 0x04;
    private static final int POWER_OFF = 0x05;
    private static final int LIST = 0x10;
    private static final int INSERT = 0x12;
    private static final int REMOVE = 0x13;
    private static final HexFormat HEX = HexFormat.of();

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    Hands(int port) {
        try {
            socket = new Socket();
            socket.connect(RunningEstate.at(port), 5_000);
            socket.setSoTimeout(20_000);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void insert(String card, String reader) {
        ok(INSERT, "{\"card\":\"" + card + "\",\"reader\":\"" + reader + "\"}");
    }

    void remove(String reader) {
        ok(REMOVE, "{\"reader\":\"" + reader + "\"}");
    }

    boolean exists(String card) {
        for (JsonNode each : JsonMapper.shared()
                .readTree(ok(LIST, "").getBytes(StandardCharsets.UTF_8))
                .path("cards")) {
            if (each.path("name").asString().equals(card)) {
                return true;
            }
        }
        return false;
    }

    /** Fen in the purse, by SELECT and GET BALANCE on the reader; the card lies there alone meanwhile. */
    synchronized long balance(String card, String reader) {
        insert(card, reader);
        ok(ATTACH, reader);
        ok(POWER_ON, "");
        String selected = apdu("00A4040009A00000000386980701");
        String answer = apdu("805C000204");
        ok(POWER_OFF, "");
        remove(reader);
        if (!selected.endsWith("9000") || answer.length() != 12 || !answer.endsWith("9000")) {
            throw new AssertionError("SELECT answered " + selected + ", GET BALANCE " + answer);
        }
        return Long.parseLong(answer.substring(0, 8), 16);
    }

    private String apdu(String hex) {
        return HEX.formatHex(request(APDU, HEX.parseHex(hex)));
    }

    private String ok(int op, String body) {
        return new String(request(op, body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** The body of the answer behind its status 0. */
    private synchronized byte[] request(int op, byte[] body) {
        try {
            out.write(ByteBuffer.allocate(3 + body.length)
                    .putShort((short) (1 + body.length))
                    .put((byte) op)
                    .put(body)
                    .array());
            byte[] answer = in.readNBytes(in.readUnsignedShort());
            if (answer.length < 2 || (answer[0] & 0xFF) != (op | 0x80) || answer[1] != 0) {
                throw new AssertionError("the card world answered " + HEX.formatHex(answer));
            }
            return java.util.Arrays.copyOfRange(answer, 2, answer.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
