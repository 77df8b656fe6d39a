package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;

/** The holder changes the PIN and proves the old one (修改口令), docs/card.md: CHANGE PIN. */
public final class PinChange {
    private static final int SEPARATOR = 0xFF;

    private PinChange() {}

    /** @return Refused with PIN_WRONG says how many tries are left */
    public static PinOutcome change(CardChannel card, Pin old, Pin fresh) {
        byte[] before = old.bytes();
        byte[] after = fresh.bytes();
        byte[] body = new ByteWriter().bytes(before).u8(SEPARATOR).bytes(after).toByteArray();
        try {
            return PinExchange.run(card, any -> new CommandApdu(0x80, 0x5E, 0x01, 0x00, body, CommandApdu.NO_LE));
        } finally {
            Arrays.fill(before, (byte) 0);
            Arrays.fill(after, (byte) 0);
            Arrays.fill(body, (byte) 0);
        }
    }

    /** Asks the card that lies there now, by its new PIN; NOT_CHANGED has cost a try, which the old PIN brings back. */
    public static PinOutcome resolve(CardChannel card, PurseData torn, Pin fresh) {
        return PinExchange.resolve(card, torn, fresh);
    }
}
