package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CommandApdu;

/** The issuer sets a new PIN, encrypted, where the old one is blocked (解锁口令), docs/card.md: GET CHALLENGE, UNBLOCK PIN. */
public final class PinUnblock {
    private static final byte[] HEADER = {(byte) 0x84, 0x24, 0x00, 0x00};

    private final PinHost host;

    public PinUnblock(PinHost host) {
        this.host = host;
    }

    /** Sets the PIN and gives it all its tries. */
    public PinOutcome unblock(CardChannel card, Pin fresh) {
        return PinExchange.run(card, data -> {
            byte[] body = host.unblockData(data, PinExchange.challenge(card), HEADER.clone(), fresh);
            return new CommandApdu(0x84, 0x24, 0x00, 0x00, body, CommandApdu.NO_LE);
        });
    }

    /** Asks the card that lies there now, by its new PIN. */
    public PinOutcome resolve(CardChannel card, PurseData torn, Pin fresh) {
        return PinExchange.resolve(card, torn, fresh);
    }
}
