package io.zhitong.uhppote.emulator;

import io.zhitong.uhppote.message.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How far a set clock is from the machine's, noted in unused bytes 48 to 55 of the frame that set it (钟差). */
final class ClockNote {

    private static final int AT = 48;

    private ClockNote() {}

    static byte[] note(byte[] frame, long offsetSeconds) {
        byte[] noted = frame.clone();
        ByteBuffer.wrap(noted).order(ByteOrder.LITTLE_ENDIAN).putLong(AT, offsetSeconds);
        return noted;
    }

    static long offsetOf(byte[] frame) {
        return ByteBuffer.wrap(frame, 0, Frame.LENGTH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(AT);
    }
}
