package io.zhitong.settlementfile;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One purchase in a settlement file (清算记录). Hex is in capitals; what the card made is carried as it came.
 *
 * @param cardSerial the purse's serial number, 10 bytes as 20 hex digits
 * @param cardCounter the purse's offline transaction counter, 0 to 65535
 * @param terminal terminal number, 6 bytes as 12 hex digits: the one the TAC covers
 * @param psam serial number of the PSAM, 10 bytes as 20 hex digits: with the terminal sequence the purchase's identity
 * @param terminalSequence the PSAM's transaction number, 0 to 2³²−1
 * @param type transaction type byte, 06 for an electronic purse purchase
 * @param amountFen more than 0
 * @param balanceFen balance after the purchase, as the card claims it
 * @param time date and time of the terminal, the card's 7 BCD bytes as 14 hex digits; kept even where no
 *     calendar has them, or a terminal sent no BCD: the TAC covers them as they are
 * @param tac transaction authentication code, 4 bytes as 8 hex digits
 * @param keyVersion version of the purchase key, 0 to 255
 */
public record SettlementRecord(
        String cardSerial,
        int cardCounter,
        String terminal,
        String psam,
        long terminalSequence,
        int type,
        long amountFen,
        long balanceFen,
        String time,
        String tac,
        int keyVersion,
        TacState tacState) {

    /** No field of four bytes holds more; a purse's amounts are four bytes. */
    static final long MAX_U32 = 0xFFFF_FFFFL;

    private static final Pattern HEX20 = Pattern.compile("[0-9A-F]{20}");
    private static final Pattern HEX12 = Pattern.compile("[0-9A-F]{12}");
    private static final Pattern HEX8 = Pattern.compile("[0-9A-F]{8}");
    private static final Pattern TIME = Pattern.compile("[0-9A-F]{14}");

    /** @throws IllegalArgumentException outside the ranges above */
    public SettlementRecord {
        Checks.matches("card serial", cardSerial, HEX20);
        Checks.range("card counter", cardCounter, 0, 0xFFFF);
        Checks.matches("terminal", terminal, HEX12);
        Checks.matches("psam", psam, HEX20);
        Checks.range("terminal sequence", terminalSequence, 0, MAX_U32);
        Checks.range("type", type, 0, 0xFF);
        Checks.range("amount", amountFen, 1, MAX_U32);
        Checks.range("balance", balanceFen, 0, MAX_U32);
        Checks.matches("time", time, TIME);
        Checks.matches("TAC", tac, HEX8);
        Checks.range("key version", keyVersion, 0, 0xFF);
        Objects.requireNonNull(tacState);
    }
}
