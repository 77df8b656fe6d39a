package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;

/** The issuer sets a PIN whose holder forgot it (重装口令), docs/card.md: GET CHALLENGE, RELOAD PIN, the new PIN in clear. */
public final class PinReload {
    private final PinHost host;

    public PinReload(PinHost host) {
        this.host = host;
    }

    /** Always with a challenge: without one the command could be played again by who saw it. */
    public PinOutcome reload(CardChannel card, Pin fresh) {
        return PinExchange.run(card, data -> {
            byte[] mac = host.reloadMac(data, PinExchange.challenge(card), fresh);
            byte[] pin = fresh.bytes();
            byte[] body = new ByteWriter().bytes(pin).bytes(mac).toByteArray();
            Arrays.fill(pin, (byte) 0);
            return new CommandApdu(0x80, 0x5E, 0x00, 0x00, body, CommandApdu.NO_LE);
        });
    }

    /** Asks the card that lies there now, by its new PIN. */
    public PinOutcome resolve(CardChannel card, PurseData torn, Pin fresh) {
        return PinExchange.resolve(card, torn, fresh);
    }
}
