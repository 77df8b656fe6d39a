package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.Octets;
import io.zhitong.cardspec.CredentialNumber;
import java.util.EnumSet;
import java.util.Set;

/** What came to the point (出示的凭证), after the terminal did its part. */
public sealed interface Presented {

    AccessMethod method();

    /**
     * A credential whose carrier was proved as far as its method proves anything.
     *
     * @param level how safe this carrier is
     * @param certificate number of the certificate that proved it, {@link #NO_CERTIFICATE} where none took part
     */
    record Genuine(CredentialNumber credential, AccessMethod method, CarrierLevel level, int certificate)
            implements Presented {

        public static final int NO_CERTIFICATE = -1;

        public Genuine {
            if (certificate < NO_CERTIFICATE || certificate > 0xFFFF) {
                throw new IllegalArgumentException(
                        "a certificate number is u16 or " + NO_CERTIFICATE + " for none, not " + certificate);
            }
        }
    }

    /** Something that stands for a credential on the list: tag, template, legacy number. Its level is the list's. */
    record ByCarrier(CarrierKind kind, Octets value, AccessMethod method) implements Presented {}

    /** Nothing but the plate that the camera saw; it is with {@link Extras#plate}. */
    record ByPlate(AccessMethod method) implements Presented {}

    /** Something that claimed to be a credential and could not prove it: counts towards the alarm. */
    record NotGenuine(AccessMethod method) implements Presented {}

    /**
     * Something that did not get as far as proving or failing to prove anything: the card left, is a stranger's, or the
     * security module does not answer.
     */
    record Unread(AccessMethod method, DenyReason reason) implements Presented {

        private static final Set<DenyReason> REASONS = EnumSet.of(
                DenyReason.CARD_ERROR,
                DenyReason.SAM_MISSING,
                DenyReason.UNKNOWN_CREDENTIAL,
                DenyReason.METHOD_NOT_ALLOWED,
                DenyReason.PLATE_MISSING);

        public Unread {
            if (!REASONS.contains(reason)) {
                throw new IllegalArgumentException("a card is unread for one of " + REASONS + ", not " + reason);
            }
        }
    }
}
