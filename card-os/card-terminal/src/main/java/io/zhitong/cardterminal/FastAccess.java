package io.zhitong.cardterminal;

import io.zhitong.cardspec.AccessTranscript;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * The fast access transaction (快速门禁认证), docs/card.md: SELECT, then {@code 80 8A 01}; the MAC is checked by
 * {@link FastKeys}. Number, dates, point, time and nonce are bound; a swapped number fails by itself because the key is
 * derived from it.
 */
public final class FastAccess {
    private static final int ANSWER = 25;
    private static final int MAC = 8;
    private static final int NONCE = 16;
    private static final int KEY_ID = 0x01;

    private final Door door;
    private final FastKeys keys;
    private final RandomSource random;

    public FastAccess(Door door, FastKeys keys, RandomSource random) {
        this.door = door;
        this.keys = keys;
        this.random = random;
    }

    /** Asks the card who it is; never throws for anything the card, the reader or the SAM does. */
    public AccessOutcome identify(CardChannel card, Instant now) {
        AccessTranscript transcript;
        byte[] answer;
        try {
            AccessApplication application = AccessApplication.select(card, door.community());
            application.require(AccessApplication.FAST);
            CommandApdu command = command(now);
            answer = card.send(command).expectOk("AUTHENTICATE fast");
            transcript = AccessTranscript.of(application.fci(), new byte[0], command);
        } catch (AccessRefused e) {
            return e.outcome();
        } catch (CardException e) {
            return AccessApplication.refusal(e);
        }
        return judge(transcript, answer, now);
    }

    private CommandApdu command(Instant now) {
        byte[] data = new ByteWriter()
                .u8(1)
                .u8(0)
                .bytes(door.point())
                .u32(now.getEpochSecond())
                .bytes(random.bytes(NONCE))
                .toByteArray();
        return new CommandApdu(0x80, 0x8A, 0x01, KEY_ID, data, 256);
    }

    private AccessOutcome judge(AccessTranscript transcript, byte[] answer, Instant now) {
        if (answer.length != ANSWER) {
            return new AccessOutcome.NotGenuine(AccessFailure.LENGTH, 0);
        }
        var in = new ByteReader(answer);
        int keyVersion = in.u8();
        CredentialNumber credential = CredentialNumber.of(in.bytes(CredentialNumber.LENGTH));
        byte[] from = in.bytes(4);
        byte[] to = in.bytes(4);
        byte[] expected;
        try {
            byte[] message = transcript.fastMessage(Arrays.copyOf(answer, ANSWER - MAC));
            expected = keys.mac(keyVersion, credential, message);
        } catch (CardException e) {
            return new AccessOutcome.NotGenuine(AccessFailure.SAM_FAILED, e.sw());
        }
        if (!MessageDigest.isEqual(expected, in.rest())) {
            return new AccessOutcome.NotGenuine(AccessFailure.FAST_MAC, 0);
        }
        byte[] today = CardTime.date4(LocalDate.ofInstant(now, door.zone()));
        if (Arrays.compareUnsigned(from, today) > 0 || Arrays.compareUnsigned(today, to) > 0) {
            return new AccessOutcome.NotGenuine(AccessFailure.DATES, 0);
        }
        return new AccessOutcome.Genuine(credential, 0, keyVersion, answer);
    }
}
