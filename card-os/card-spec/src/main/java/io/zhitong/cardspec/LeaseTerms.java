package io.zhitong.cardspec;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * Until when, and up to which number, a PSAM sells (PSAM 租约), docs/card.md; on the module last day 4 (BCD) ‖ highest
 * terminal sequence 4.
 *
 * @param last last day of the lease, included, 2000 … 2099
 * @param highest highest terminal sequence, included, 0 … 2³²−1
 */
public record LeaseTerms(LocalDate last, long highest) {
    /** Bytes on the module. */
    public static final int LENGTH = 8;

    private static final int DATE = 4;

    /** What a module without a readable lease has: nothing is let through. */
    private static final LocalDate OVER = LocalDate.of(2000, 1, 1);

    public LeaseTerms {
        if (highest < 0 || highest > 0xFFFFFFFFL || last.getYear() < 2000 || last.getYear() > 2099) {
            throw new IllegalArgumentException("expected a last day of 2000 to 2099 and a number of 32 bits");
        }
    }

    /**
     * From its eight bytes.
     *
     * @throws MalformedInput if they are not eight, or their day is none of the calendar from 2000 to 2099
     */
    public static LeaseTerms parse(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new MalformedInput("expected a lease of " + LENGTH + " bytes");
        }
        byte[] midnight = Arrays.copyOf(Arrays.copyOf(bytes, DATE), 7);
        LocalDate last = new CardTime(midnight).toLocal().toLocalDate();
        if (last.getYear() < 2000 || last.getYear() > 2099) {
            throw new MalformedInput("expected a last day of 2000 to 2099");
        }
        return new LeaseTerms(last, highest(bytes));
    }

    /** From file 001A, 8 bytes; what is no date, such as a fresh file's zeros, is a lease that is over. */
    public static LeaseTerms onModule(byte[] file) {
        try {
            return parse(file);
        } catch (MalformedInput e) {
            return new LeaseTerms(OVER, highest(file));
        }
    }

    private static long highest(byte[] bytes) {
        return new ByteReader(Arrays.copyOfRange(bytes, DATE, LENGTH)).u32();
    }

    /** As file 001A has it. */
    public byte[] encode() {
        return new ByteWriter().bytes(CardTime.date4(last)).u32(highest).toByteArray();
    }

    /** Days after {@code today} on which it still sells; negative when the lease is over. */
    public long daysLeft(LocalDate today) {
        return ChronoUnit.DAYS.between(today, last);
    }

    /** How many numbers may still be issued when {@code next} is the next one; 0 or more. */
    public long numbersLeft(long next) {
        return Math.max(0, highest - next + 1);
    }
}
