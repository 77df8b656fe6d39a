package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;

/**
 * A community's access application as the card shows it (门禁应用): FCI and DF60 = suites 1 ‖ methods 1 ‖ time 2 ‖ 00,
 * docs/card.md.
 */
record AccessApplication(byte[] fci, int suites, int methods) {
    static final int FAST = 0x01;
    static final int SEALED = 0x02;
    static final int PRIVATE = 0x04;
    static final int DISTANCE = 0x08;
    private static final int SUITE_SM = 0x01;
    private static final int DF60 = 0xDF60;

    /** So that a fast transaction, FCI and all, is one command to the SAM. */
    private static final int LONGEST_FCI = 128;

    /** @throws AccessRefused if there is none, or it is of another community, or of another form */
    static AccessApplication select(CardChannel card, byte[] community8) {
        byte[] aid = CardFiles.accessAid(community8);
        byte[] fci =
                card.send(new CommandApdu(0x00, 0xA4, 0x04, 0x00, aid, 256)).expectOk("SELECT access");
        if (fci.length > LONGEST_FCI) {
            throw new AccessRefused(AccessFailure.NO_APPLICATION);
        }
        try {
            Fci parsed = Fci.parse(fci);
            byte[] offer = parsed.proprietary(DF60).orElseThrow(() -> new MalformedInput("expected DF60"));
            if (!Arrays.equals(parsed.name(), aid)) {
                throw new AccessRefused(AccessFailure.NO_APPLICATION);
            }
            var in = new ByteReader(offer);
            return new AccessApplication(fci, in.u8(), in.u8());
        } catch (MalformedInput e) {
            throw new AccessRefused(AccessFailure.NO_APPLICATION);
        }
    }

    void require(int method) {
        if ((suites & SUITE_SM) == 0 || (methods & method) == 0) {
            throw new AccessRefused(AccessFailure.METHOD_NOT_OFFERED);
        }
    }

    /** What a failed exchange means at a door. */
    static AccessOutcome.NotGenuine refusal(CardException failure) {
        return switch (failure.reason()) {
            case REMOVED, TIMEOUT -> new AccessOutcome.NotGenuine(AccessFailure.CARD_LEFT, 0);
            case READER_FAILED -> new AccessOutcome.NotGenuine(AccessFailure.READER_FAILED, 0);
            case MALFORMED -> new AccessOutcome.NotGenuine(AccessFailure.LENGTH, 0);
            case STATUS ->
                new AccessOutcome.NotGenuine(
                        failure.sw() == io.zhitong.cardspec.StatusWord.FILE_NOT_FOUND.value()
                                ? AccessFailure.NO_APPLICATION
                                : AccessFailure.CARD_REFUSED,
                        failure.sw());
        };
    }
}
