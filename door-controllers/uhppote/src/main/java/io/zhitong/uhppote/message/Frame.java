package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.FrameException.Reason.FUNCTION;
import static io.zhitong.uhppote.message.FrameException.Reason.LENGTH;
import static io.zhitong.uhppote.message.FrameException.Reason.TYPE;
import static io.zhitong.uhppote.message.FrameException.Reason.VALUE;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/**
 * The 64 bytes of a message (报文): type 17 ‖ function 1 ‖ 0000 ‖ serial 4 ‖ fields at fixed offsets, little-endian.
 *
 * <p>Bytes 40 to 43 are the running number (流水号): the board sends back what it was asked with, so an answer belongs to
 * exactly one question. Source: vendor's published sample of the short message protocol (WGPacketShort); offsets from
 * uhppote-core, messages/.
 */
public final class Frame {

    public static final int LENGTH_BYTES = 64;
    /** First byte of every message but the events of firmware 6.62. */
    public static final int TYPE_BYTE = 0x17;

    /** Guards what deletes or changes much against a stray datagram (特殊标识). */
    static final long MAGIC = 0x55AA_AA55L;

    private static final int EVENT_TYPE_BYTE = 0x19;
    private static final int SEQUENCE_AT = 40;

    private final byte[] bytes;
    private final ByteBuffer fields;

    private Frame(byte[] bytes) {
        this.bytes = bytes;
        this.fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Frame to(Function function, long serial) {
        FrameException.range(serial, function == Function.GET_DEVICE ? 0 : 1, 0xFFFF_FFFFL, "a serial number");
        return new Frame(new byte[LENGTH_BYTES])
                .u8(0, TYPE_BYTE)
                .u8(1, function.code())
                .u32(4, serial);
    }

    /** @throws FrameException if it is no message of this function */
    static Frame of(Function function, byte[] datagram) {
        FrameException.require(functionOf(datagram) == function, FUNCTION, "the function " + function);
        return new Frame(datagram.clone());
    }

    /** @throws FrameException LENGTH, TYPE or FUNCTION if it is no message at all */
    public static Function functionOf(byte[] datagram) {
        FrameException.require(datagram.length == LENGTH_BYTES, LENGTH, LENGTH_BYTES + " bytes");
        Function function = Function.of(datagram[1] & 0xFF);
        boolean event = function == Function.GET_STATUS && datagram[0] == EVENT_TYPE_BYTE;
        FrameException.require(datagram[0] == TYPE_BYTE || event, TYPE, "a message of type 17");
        return function;
    }

    /** The board a frame of 64 bytes is from or for. */
    public static long serialOf(byte[] frame) {
        return new Frame(frame).serial();
    }

    /** The running number of a frame of 64 bytes. */
    public static long sequenceOf(byte[] frame) {
        return new Frame(frame).u32(SEQUENCE_AT);
    }

    /** The same message with this running number. */
    public static byte[] withSequence(byte[] frame, long sequence) {
        return new Frame(frame.clone()).u32(SEQUENCE_AT, sequence).bytes();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    long serial() {
        return u32(4);
    }

    Frame u8(int at, int value) {
        FrameException.range(value, 0, 0xFF, "a byte");
        fields.put(at, (byte) value);
        return this;
    }

    int u8(int at) {
        return fields.get(at) & 0xFF;
    }

    Frame u16(int at, int value) {
        FrameException.range(value, 0, 0xFFFF, "two bytes");
        fields.putShort(at, (short) value);
        return this;
    }

    int u16(int at) {
        return fields.getShort(at) & 0xFFFF;
    }

    Frame u32(int at, long value) {
        FrameException.range(value, 0, 0xFFFF_FFFFL, "four bytes");
        fields.putInt(at, (int) value);
        return this;
    }

    long u32(int at) {
        return fields.getInt(at) & 0xFFFF_FFFFL;
    }

    Frame flag(int at, boolean value) {
        return u8(at, value ? 1 : 0);
    }

    boolean flag(int at) {
        return u8(at) == 1;
    }

    Frame magic(int at) {
        return u32(at, MAGIC);
    }

    /** Refuses a request that lacks the guard word. */
    Frame needMagic(int at) {
        FrameException.require(u32(at) == MAGIC, VALUE, "the guard word");
        return this;
    }

    Frame date(int at, Optional<LocalDate> value) {
        Bcd.putDate(bytes, at, value);
        return this;
    }

    Optional<LocalDate> date(int at) {
        return Bcd.date(bytes, at);
    }

    Frame moment(int at, Optional<LocalDateTime> value) {
        Bcd.putMoment(bytes, at, value);
        return this;
    }

    Optional<LocalDateTime> moment(int at) {
        return Bcd.moment(bytes, at);
    }

    Frame minute(int at, LocalTime value) {
        Bcd.putMinute(bytes, at, value);
        return this;
    }

    LocalTime minute(int at) {
        return Bcd.minute(bytes, at);
    }

    Frame address(int at, Inet4Address value) {
        fields.put(at, value.getAddress());
        return this;
    }

    Inet4Address address(int at) {
        byte[] four = new byte[4];
        fields.get(at, four);
        try {
            return (Inet4Address) InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are always an address", e);
        }
    }

    byte[] copy(int at, int length) {
        byte[] part = new byte[length];
        fields.get(at, part);
        return part;
    }

    Frame copy(int at, byte[] part) {
        fields.put(at, part);
        return this;
    }
}
