package io.zhitong.virtualcard.world;

import io.zhitong.smcrypto.ByteWriter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import jdk.net.ExtendedSocketOptions;

/**
 * The card's end of vpcd (虚拟 PC/SC 读卡器), by which pcscd sees a reader of the world: pcscd dials. Frames are length 2 ‖
 * body; a body of one byte is 00 power off, 01 power on, 02 reset, 04 ATR wanted, anything longer an APDU. Without a card
 * the ATR has length 0.
 */
final class Vpcd implements ConnectionServer.Handler {
    private static final int POWER_OFF = 0;
    private static final int POWER_ON = 1;
    private static final int RESET = 2;
    private static final int WANT_ATR = 4;
    private static final byte[] GONE = {0x6F, 0x00};

    private final WorldReader reader;

    Vpcd(WorldReader reader) {
        this.reader = reader;
    }

    @Override
    public void serve(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        long ticket = 0;
        while (true) {
            byte[] body = frame(socket, in);
            if (body.length > 1) {
                write(out, command(ticket, body));
                continue;
            }
            switch (body[0]) {
                case POWER_OFF -> reader.powerOff(ticket);
                case POWER_ON, RESET -> ticket = powerOn();
                case WANT_ATR -> write(out, atr());
                default -> throw new IOException("expected control 00, 01, 02 or 04, came " + body[0]);
            }
        }
    }

    /** vpcd writes length and body apart: without a quick acknowledgement each command costs 40 ms more. */
    private static byte[] frame(Socket socket, DataInputStream in) throws IOException {
        socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        int length = in.readUnsignedShort();
        if (length == 0) {
            throw new IOException("expected a frame of at least one byte");
        }
        socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        byte[] body = new byte[length];
        in.readFully(body);
        return body;
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

    private byte[] atr() {
        return reader.ats().map(Vpcd::atr).orElse(new byte[0]);
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

    private static void write(DataOutputStream out, byte[] body) throws IOException {
        out.write(new ByteWriter().sized(body).toByteArray());
        out.flush();
    }
}
