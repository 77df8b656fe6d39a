package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.MalformedInput;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lease of a PSAM (PSAM 租约), docs/card.md: file 001A of its application, last date 4 (BCD, included) ‖ highest terminal
 * sequence 4 (included), which its owner renews; file 001B, highest date seen 4, which the SAM writes. An application
 * without 001A is not leased. Whoever holds the clock back runs out of numbers, whoever goes back a day is refused.
 */
final class SamLease {
    private static final int DATE = 4;

    private final CardFile lease;
    private final CardFile seen;

    private SamLease(CardFile lease, CardFile seen) {
        this.lease = lease;
        this.seen = seen;
    }

    /** The lease of the current application, if it has one; 6A82 if one of its two files is not what it should be. */
    static Optional<SamLease> of(CardContext card) {
        return card.files()
                .child(card.session().df(), CardFiles.SAM_LEASE)
                .map(lease -> new SamLease(fit(lease, 2 * DATE), fit(seen(card), DATE)));
    }

    private static CardFile seen(CardContext card) {
        return card.files()
                .child(card.session().df(), CardFiles.SAM_DATE_SEEN)
                .orElseThrow(() -> new CommandRefused(StatusWord.FILE_NOT_FOUND));
    }

    private static CardFile fit(CardFile file, int size) {
        CommandRefused.unless(file.kind() == FileKind.BINARY && file.size() >= size, StatusWord.FILE_NOT_FOUND);
        return file;
    }

    /** Refuses with 6985 a time or a number outside the lease; notes the date if none was higher. */
    void admit(CardTime time, long number) {
        byte[] last = lease.read(0, DATE);
        byte[] highest = seen.read(0, DATE);
        byte[] now = time.date4();
        boolean inTime = Arrays.compareUnsigned(now, last) <= 0 && Arrays.compareUnsigned(next(now), highest) >= 0;
        boolean inCount = number <= new ByteReader(lease.read(DATE, 4)).u32();
        CommandRefused.unless(inTime && inCount, StatusWord.CONDITIONS_NOT_MET);
        if (Arrays.compareUnsigned(now, highest) > 0) {
            seen.write(0, now);
        }
    }

    /** The day after, BCD. */
    private static byte[] next(byte[] date4) {
        try {
            LocalDate day = new CardTime(Arrays.copyOf(date4, 7)).toLocal().toLocalDate();
            return CardTime.date4(day.plusDays(1));
        } catch (MalformedInput e) {
            throw new CommandRefused(StatusWord.CONDITIONS_NOT_MET);
        }
    }
}
