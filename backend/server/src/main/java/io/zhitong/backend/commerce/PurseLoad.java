package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import java.util.regex.Pattern;

/**
 * A purse that was loaded at the desk (圈存记录).
 *
 * @param cardSerial 20 hex digits in capitals
 * @param onlineCounter the card's online transaction number before this load
 * @param newBalanceFen after the load: the TAC covers it
 * @param tac 8 hex digits
 * @param time 14 digits, the time sent to the card
 * @param clerk log-in of who took the cash
 */
public record PurseLoad(
        CommunityId community,
        String cardSerial,
        int onlineCounter,
        long amountFen,
        long newBalanceFen,
        String tac,
        String time,
        String clerk) {
    private static final Pattern FORM = Pattern.compile("[0-9A-F]{20} [0-9A-F]{8} [0-9]{14}");

    public PurseLoad {
        if (!FORM.matcher(String.join(" ", cardSerial, tac, time)).matches()) {
            throw new IllegalArgumentException(
                    "expected a serial of 20 and a TAC of 8 hex digits, a time of 14 digits");
        }
        if (amountFen <= 0 || newBalanceFen < amountFen || onlineCounter < 0 || onlineCounter > 0xFFFF) {
            throw new IllegalArgumentException("expected an amount above 0, a balance not below it, a u16 counter");
        }
    }
}
