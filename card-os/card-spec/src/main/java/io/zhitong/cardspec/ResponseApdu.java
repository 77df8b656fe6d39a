package io.zhitong.cardspec;

import java.util.Arrays;

/** A response APDU (应答): data, then the status word. */
public record ResponseApdu(byte[] data, int sw) {
    public ResponseApdu {
        if (data.length > 256 || sw < 0 || sw > 0xFFFF) {
            throw new IllegalArgumentException("expected at most 256 bytes and a status word of two bytes");
        }
        data = data.clone();
    }

    /** Only a status word. */
    public static ResponseApdu of(int sw) {
        return new ResponseApdu(new byte[0], sw);
    }

    /** Only a status word. */
    public static ResponseApdu of(StatusWord word) {
        return of(word.value());
    }

    /** Data and 9000. */
    public static ResponseApdu ok(byte[] data) {
        return new ResponseApdu(data, StatusWord.OK.value());
    }

    /**
     * Reads data ‖ SW.
     *
     * @throws CardException MALFORMED on fewer than 2 or more than 258 bytes
     */
    public static ResponseApdu parse(byte[] raw) {
        if (raw.length < 2 || raw.length > 258) {
            throw new CardException(
                    CardException.Reason.MALFORMED, "expected an answer of 2 to 258 bytes, came " + raw.length);
        }
        int sw = (raw[raw.length - 2] & 0xFF) << 8 | raw[raw.length - 1] & 0xFF;
        return new ResponseApdu(Arrays.copyOf(raw, raw.length - 2), sw);
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    /** Whether the status word is this one. */
    public boolean is(StatusWord word) {
        return sw == word.value();
    }

    /** Data of a good answer of that length. */
    public byte[] expect(String command, int length) {
        byte[] good = expectOk(command);
        if (good.length != length) {
            throw new CardException(
                    CardException.Reason.MALFORMED,
                    command + ": expected an answer of " + length + " bytes, came " + good.length);
        }
        return good;
    }

    /** Data of a good answer. */
    public byte[] expectOk(String command) {
        if (!is(StatusWord.OK)) {
            throw new CardException(command, sw);
        }
        return data();
    }

    /** data ‖ SW. */
    public byte[] encode() {
        byte[] out = Arrays.copyOf(data, data.length + 2);
        out[data.length] = (byte) (sw >> 8);
        out[data.length + 1] = (byte) sw;
        return out;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResponseApdu that && sw == that.sw && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(data) + sw;
    }

    /** Length and status word only: data may be secret. */
    @Override
    public String toString() {
        return "ResponseApdu[" + data.length + " bytes, " + StatusWord.describe(sw) + "]";
    }
}
