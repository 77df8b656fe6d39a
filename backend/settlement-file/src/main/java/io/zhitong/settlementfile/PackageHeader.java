package io.zhitong.settlementfile;

import java.util.regex.Pattern;

/**
 * The first line of a settlement file (文件头).
 *
 * @param name the file's own name: it is signed with the content, so that a renamed file is noticed
 * @param receiver party code of the receiver
 * @param count records, 0 to {@value #MAX_RECORDS}
 * @param amountFen sum of the records' amounts
 * @param keyId the left 8 bytes of SM3(x‖y) of the signing key, as 16 hex digits
 */
public record PackageHeader(PackageName name, String receiver, int count, long amountFen, String keyId) {
    /** A day with more records is sent as several sequences; so many fit into the 2 MiB a vault signs at once. */
    public static final int MAX_RECORDS = 10_000;

    static final Pattern KEY_ID = Pattern.compile("[0-9A-F]{16}");

    /** @throws IllegalArgumentException outside the ranges above */
    public PackageHeader {
        Checks.matches("receiver", receiver, PackageName.PARTY);
        Checks.range("count", count, 0, MAX_RECORDS);
        Checks.range("amount", amountFen, 0, MAX_RECORDS * SettlementRecord.MAX_U32);
        Checks.matches("key id", keyId, KEY_ID);
    }
}
