package io.zhitong.zt.keycard;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.personalisation.keycard.KeyCardKind;
import io.zhitong.personalisation.keycard.KeyCardLabel;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.util.Arrays;

/** The transport card on the other reader (传输卡). */
final class TransportCard {
    private TransportCard() {}

    /** Its component, behind its PIN; refused when it is another partner's. */
    static SecretBytes component(CardChannel card, byte[] partner) throws IOException {
        KeyCardLabel label = AtReader.CARDS.label(card);
        if (!Arrays.equals(label.owner(), partner)) {
            throw new CommandFailure(ExitStatus.CHECK_FAILED, "the transport card is another partner's 传输卡属于他方");
        }
        try (SecretBytes pin = VaultAccess.ask("PIN of the transport card 传输卡口令: ")) {
            return AtReader.CARDS.secret(card, KeyCardKind.TRANSPORT, pin);
        }
    }
}
