package io.zhitong.settlementfile;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a settlement file (文件名): {@code TYPE_SENDER_YYYYMMDD_SEQ_VER}, without an ending. The signature stands
 * beside it as {@code NAME.sig}, the mark that both are complete as {@code NAME.ok}.
 *
 * @param type two letters
 * @param sender party code of the sender: 1 to 16 capital letters and digits
 * @param day business day
 * @param sequence 1 to 9999: one per receiver of that day
 * @param version 1 to 99: a higher one replaces the lower before the cut-off
 */
public record PackageName(FileType type, String sender, LocalDate day, int sequence, int version) {
    /** No file is of an earlier year. */
    public static final int FIRST_YEAR = 2000;

    static final Pattern PARTY = Pattern.compile("[A-Z0-9]{1,16}");
    private static final Pattern NAME = Pattern.compile("([A-Z]{2})_([A-Z0-9]{1,16})_([0-9]{8})_([0-9]{4})_([0-9]{2})");

    /** @throws IllegalArgumentException outside the ranges above */
    public PackageName {
        Objects.requireNonNull(type);
        Objects.requireNonNull(day);
        Checks.matches("sender", sender, PARTY);
        Checks.range("year", day.getYear(), FIRST_YEAR, 9999);
        Checks.range("sequence", sequence, 1, 9_999);
        Checks.range("version", version, 1, 99);
    }

    /** Reads a name; empty where the text is not one. */
    public static Optional<PackageName> parse(String text) {
        Matcher m = NAME.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PackageName(
                    FileType.valueOf(m.group(1)),
                    m.group(2),
                    LocalDate.parse(m.group(3), DateTimeFormatter.BASIC_ISO_DATE),
                    Integer.parseInt(m.group(4)),
                    Integer.parseInt(m.group(5))));
        } catch (IllegalArgumentException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    /** Same file, next version. */
    public PackageName nextVersion() {
        return new PackageName(type, sender, day, sequence, version + 1);
    }

    String dayText() {
        return day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    String sequenceText() {
        return String.format(Locale.ROOT, "%04d", sequence);
    }

    String versionText() {
        return String.format(Locale.ROOT, "%02d", version);
    }

    @Override
    public String toString() {
        return String.join("_", type.name(), sender, dayText(), sequenceText(), versionText());
    }
}
