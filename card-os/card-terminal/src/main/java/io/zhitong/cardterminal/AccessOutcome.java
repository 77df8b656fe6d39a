package io.zhitong.cardterminal;

import io.zhitong.cardspec.CredentialNumber;

/** What an access transaction showed (门禁认证结果); who may pass is decided elsewhere. */
public sealed interface AccessOutcome {
    /**
     * The card is genuine.
     *
     * @param credential its number
     * @param certificateNumber number of its certificate, 0 for the fast method
     * @param keyVersion version of the fast key, 0 for the sealed method
     * @param evidence what lets others check it later: {@link SealedEvidence}, for the fast method the answer's 25 bytes, for
     *     a legacy card serial 8 ‖ challenge 8 ‖ cryptogram 8
     */
    record Genuine(CredentialNumber credential, int certificateNumber, int keyVersion, byte[] evidence)
            implements AccessOutcome {
        private static final int LEGACY_EVIDENCE = 24;

        /** Whether the card's answer binds this point and this time; a legacy card's does not. */
        public boolean pointAndTimeProved() {
            return evidence.length != LEGACY_EVIDENCE;
        }
    }

    /** Not genuine, or not to be asked. {@code sw} is the card's status word, or 0. */
    record NotGenuine(AccessFailure reason, int sw) implements AccessOutcome {
        /** The one thing said outwards. */
        public static final String OUTWARD = "not genuine";
    }
}
