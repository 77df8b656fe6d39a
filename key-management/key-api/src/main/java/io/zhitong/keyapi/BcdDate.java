package io.zhitong.keyapi;

import io.zhitong.smcrypto.Hex;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** A day as cards write it: yyyymmdd in BCD, 4 bytes. */
final class BcdDate {
    private BcdDate() {}

    static byte[] check(String what, byte[] bcd) {
        byte[] checked = Checks.length(what, bcd, 4);
        try {
            LocalDate.parse(Hex.of(checked), DateTimeFormatter.BASIC_ISO_DATE);
            return checked;
        } catch (DateTimeException e) {
            throw Checks.malformed(what + ": expected a day yyyymmdd in BCD");
        }
    }

    static LocalDate of(byte[] checked) {
        return LocalDate.parse(Hex.of(checked), DateTimeFormatter.BASIC_ISO_DATE);
    }
}
