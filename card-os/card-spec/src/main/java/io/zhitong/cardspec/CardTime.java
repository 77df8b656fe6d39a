package io.zhitong.cardspec;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * Date and time as cards carry them (交易日期时间): BCD yyyymmdd ‖ hhmmss, 7 bytes, in the community's zone. The original
 * bytes are kept for ever, even if they are no valid time.
 */
public record CardTime(byte[] bytes) {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    public CardTime {
        if (bytes.length != 7) {
            throw new MalformedInput("expected date and time of 7 bytes, came " + bytes.length);
        }
        bytes = bytes.clone();
    }

    /** From a local time; fractions of a second are cut. */
    public static CardTime of(LocalDateTime time) {
        return new CardTime(Hex.parse(FORMAT.format(time)));
    }

    /** A date alone as BCD yyyymmdd, 4 bytes. */
    public static byte[] date4(LocalDate date) {
        return Arrays.copyOf(of(date.atStartOfDay()).bytes, 4);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** BCD yyyymmdd. */
    public byte[] date4() {
        return Arrays.copyOf(bytes, 4);
    }

    /** BCD hhmmss. */
    public byte[] time3() {
        return Arrays.copyOfRange(bytes, 4, 7);
    }

    /** @throws MalformedInput if the bytes are no time of the calendar */
    public LocalDateTime toLocal() {
        try {
            return LocalDateTime.parse(Hex.of(bytes), FORMAT.withResolverStyle(java.time.format.ResolverStyle.STRICT));
        } catch (DateTimeException e) {
            throw new MalformedInput("expected a BCD date and time of the calendar");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CardTime that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Hex.of(bytes);
    }
}
