package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.smcrypto.Hex;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * A purchase as the backend knows it (消费记录).
 *
 * @param position of the event that brought it
 * @param merchant code; empty until decided
 * @param businessDay on which it was posted or set aside
 */
public record StoredPurchase(
        CommunityId community,
        PurchaseRecord record,
        long device,
        long position,
        Instant received,
        PurchaseState state,
        Optional<String> merchant,
        Optional<LocalDate> businessDay) {

    /** PSAM serial, 20 hex digits: with the terminal sequence the purchase's identity. */
    public String psam() {
        return hex(record.psamSerial());
    }

    /** Card serial, 20 hex digits. */
    public String card() {
        return hex(record.cardSerial());
    }

    /** The card's 7 time bytes as 14 digits. */
    public String time() {
        return hex(record.time().bytes());
    }

    static String hex(byte[] bytes) {
        return Hex.of(bytes).toUpperCase(Locale.ROOT);
    }
}
