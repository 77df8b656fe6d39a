package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import java.security.MessageDigest;

/**
 * The access of cards people already own, FM1208 and alike (传统认证), docs/card.md: SELECT brings 0015, INTERNAL AUTHENTICATE
 * of a random block proves its serial under 3DES. Only the serial is proved: validity and issuer in 0015 are ignored, the
 * access list decides; point and time are not proved.
 */
public final class LegacyAccess {
    private static final int CHALLENGE = 8;

    private final int keyId;
    private final LegacyKeys keys;
    private final RandomSource random;

    /** @param keyId of the card's internal authentication key */
    public LegacyAccess(int keyId, LegacyKeys keys, RandomSource random) {
        this.keyId = keyId;
        this.keys = keys;
        this.random = random;
    }

    /** Asks the card who it is; never throws for anything the card, the reader or the SAM does. */
    public AccessOutcome identify(CardChannel card) {
        CredentialNumber serial;
        byte[] challenge = random.bytes(CHALLENGE);
        byte[] answer;
        try {
            serial = CredentialNumber.of(Purse.select(card).data().factor());
            answer = card.send(new CommandApdu(0x00, 0x88, 0x00, keyId, challenge, CHALLENGE))
                    .expect("INTERNAL AUTHENTICATE", CHALLENGE);
        } catch (CardException e) {
            return AccessApplication.refusal(e);
        }
        try {
            if (!MessageDigest.isEqual(keys.cryptogram(serial, challenge), answer)) {
                return new AccessOutcome.NotGenuine(AccessFailure.LEGACY_CRYPTOGRAM, 0);
            }
        } catch (CardException e) {
            return new AccessOutcome.NotGenuine(AccessFailure.SAM_FAILED, e.sw());
        }
        byte[] evidence = new ByteWriter()
                .bytes(serial.bytes())
                .bytes(challenge)
                .bytes(answer)
                .toByteArray();
        return new AccessOutcome.Genuine(serial, 0, 0, evidence);
    }
}
