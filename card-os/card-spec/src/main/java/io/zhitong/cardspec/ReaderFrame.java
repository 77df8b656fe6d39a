package io.zhitong.cardspec;

import io.zhitong.smcrypto.MalformedInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One frame of the reader driver over TCP (读卡器驱动帧), our profile, docs/readers.md: length2 (of what follows) ‖ op1 ‖
 * body. An answer has op | 80 and its body begins with status1, 0 for done. A connection carries one request at a time.
 *
 * @param op request code, or request code | 80
 * @param body at most 65534 bytes
 */
public record ReaderFrame(int op, byte[] body) {
    /** Set in answers. */
    public static final int ANSWER = 0x80;

    /** Longest body. */
    public static final int MAX_BODY = 0xFFFE;

    /** Request codes. */
    public enum Op {
        /** Body reader name in UTF-8: everything after concerns that reader. */
        ATTACH(0x01),
        /** Answer present1. */
        STATUS(0x02),
        /** Resets the card; answer its ATS. */
        POWER_ON(0x03),
        /** Body command APDU; answer response APDU. */
        APDU(0x04),
        /** Takes the field away. */
        POWER_OFF(0x05),
        /** Body milliseconds 4; answers present1 when it changes or the time is over. */
        WAIT_CHANGE(0x06),
        /** Body {@link ReaderNotice}; answers by which means it was told, 1 byte, 0 for none. */
        TELL(0x07),
        /** Answer JSON: readers, cards, where each lies. */
        LIST(0x10),
        /** Body JSON name, profile. */
        NEW(0x11),
        /** Body JSON card, reader. */
        INSERT(0x12),
        /** Body JSON reader. */
        REMOVE(0x13),
        /** Body JSON device, point, pulseMillis: the simulated building's relay. */
        RELAY(0x14),
        /** Answer JSON list of relay pulses. */
        RELAYS(0x15),
        /** Body JSON reader, operation: power fails at that program/erase operation of the next command. */
        TEAR(0x16),
        /** Answer JSON list of what simulated readers showed and said. */
        TOLD(0x17);

        private final int code;

        Op(int code) {
            this.code = code;
        }

        /** The byte in the frame. */
        public int code() {
            return code;
        }

        /** @throws MalformedInput for an unknown code */
        public static Op of(int code) {
            for (Op op : values()) {
                if (op.code == code) {
                    return op;
                }
            }
            throw new MalformedInput("expected a known reader request code");
        }
    }

    /** Status of an answer. */
    public enum Status {
        OK,
        NO_CARD,
        NO_READER,
        BAD_REQUEST,
        CARD_LEFT,
        FAILED;

        /** @throws MalformedInput for an unknown code */
        public static Status of(int code) {
            if (code < 0 || code >= values().length) {
                throw new MalformedInput("expected a known reader status");
            }
            return values()[code];
        }
    }

    public ReaderFrame {
        if (op < 0 || op > 0xFF || body.length > MAX_BODY) {
            throw new IllegalArgumentException("expected an op of one byte and a body up to " + MAX_BODY);
        }
    }

    /** A request. */
    public static ReaderFrame request(Op op, byte[] body) {
        return new ReaderFrame(op.code(), body);
    }

    /** A request with text. */
    public static ReaderFrame request(Op op, String utf8) {
        return request(op, utf8.getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to a request. */
    public ReaderFrame answer(Status status, byte[] answer) {
        byte[] all = new byte[1 + answer.length];
        all[0] = (byte) status.ordinal();
        System.arraycopy(answer, 0, all, 1, answer.length);
        return new ReaderFrame(op | ANSWER, all);
    }

    /** Status of an answer frame. */
    public Status status() {
        if (body.length == 0) {
            throw new MalformedInput("expected an answer with a status byte");
        }
        return Status.of(body[0] & 0xFF);
    }

    /** Body of an answer frame behind its status. */
    public byte[] answerBody() {
        return Arrays.copyOfRange(body, 1, body.length);
    }

    /** Writes the frame at once and flushes. */
    public void write(DataOutputStream out) throws IOException {
        byte[] frame = new byte[3 + body.length];
        frame[0] = (byte) ((body.length + 1) >> 8);
        frame[1] = (byte) (body.length + 1);
        frame[2] = (byte) op;
        System.arraycopy(body, 0, frame, 3, body.length);
        out.write(frame);
        out.flush();
    }

    /**
     * Reads one frame.
     *
     * @throws EOFException if the peer closed
     * @throws MalformedInput on a length of zero
     */
    public static ReaderFrame read(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        if (length == 0) {
            throw new MalformedInput("expected a frame of at least one byte");
        }
        int op = in.readUnsignedByte();
        byte[] body = new byte[length - 1];
        in.readFully(body);
        return new ReaderFrame(op, body);
    }
}
