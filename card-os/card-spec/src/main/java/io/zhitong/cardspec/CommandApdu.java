package io.zhitong.cardspec;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;

/**
 * A short command APDU (命令): CLA INS P1 P2 [Lc data] [Le]. Le −1 means that none is sent; 0 on the wire means "all" and
 * is 256 here. ISO 7816-3 cases 1 to 4; our profile limits Lc to 239, which the card checks, not this class.
 */
public record CommandApdu(int cla, int ins, int p1, int p2, byte[] data, int le) {
    /** No Le. */
    public static final int NO_LE = -1;

    public CommandApdu {
        for (int b : new int[] {cla, ins, p1, p2}) {
            if (b < 0 || b > 255) {
                throw new IllegalArgumentException("expected header bytes 0..255, came " + b);
            }
        }
        if (data.length > 255 || le < NO_LE || le > 256) {
            throw new IllegalArgumentException("expected at most 255 data bytes and Le up to 256");
        }
        data = data.clone();
    }

    /** Header only. */
    public static CommandApdu of(int cla, int ins, int p1, int p2) {
        return new CommandApdu(cla, ins, p1, p2, new byte[0], NO_LE);
    }

    /** With data, without Le. */
    public CommandApdu with(byte[] newData) {
        return new CommandApdu(cla, ins, p1, p2, newData, le);
    }

    /** With the number of bytes expected; 256 for "all". */
    public CommandApdu expecting(int newLe) {
        return new CommandApdu(cla, ins, p1, p2, data, newLe);
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    /** CLA INS P1 P2. */
    public byte[] header() {
        return new byte[] {(byte) cla, (byte) ins, (byte) p1, (byte) p2};
    }

    /** CLA INS P1 P2 Lc, as the access cryptograms bind it. */
    public byte[] headerWithLc() {
        return new byte[] {(byte) cla, (byte) ins, (byte) p1, (byte) p2, (byte) data.length};
    }

    /** The bytes on the wire. */
    public byte[] encode() {
        ByteWriter out = new ByteWriter().bytes(header());
        if (data.length > 0) {
            out.u8(data.length).bytes(data);
        }
        if (le != NO_LE) {
            out.u8(le & 0xFF);
        }
        return out.toByteArray();
    }

    /**
     * Reads a short APDU.
     *
     * @throws MalformedInput if header or lengths do not agree
     */
    public static CommandApdu parse(byte[] raw) {
        if (raw.length < 4) {
            throw new MalformedInput("expected a command of at least 4 bytes, came " + raw.length);
        }
        int lc = raw.length > 5 ? raw[4] & 0xFF : 0;
        int behind = raw.length - 5 - lc;
        if (raw.length > 5 && (lc == 0 || behind < 0 || behind > 1)) {
            throw new MalformedInput("expected Lc to agree with the length, which it does not");
        }
        boolean hasLe = raw.length == 5 || raw.length > 5 && behind == 1;
        int last = raw[raw.length - 1] & 0xFF;
        byte[] data = raw.length > 5 ? Arrays.copyOfRange(raw, 5, 5 + lc) : new byte[0];
        int le = hasLe ? last == 0 ? 256 : last : NO_LE;
        return new CommandApdu(raw[0] & 0xFF, raw[1] & 0xFF, raw[2] & 0xFF, raw[3] & 0xFF, data, le);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommandApdu that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    /** Header and lengths only: data may be secret. */
    @Override
    public String toString() {
        return "CommandApdu[" + Hex.of(header()) + " Lc " + data.length + " Le " + le + "]";
    }
}
