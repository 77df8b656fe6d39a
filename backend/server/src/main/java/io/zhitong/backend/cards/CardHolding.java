package io.zhitong.backend.cards;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import java.time.LocalDate;

/**
 * A card that was issued (已发卡): its credential and the carrier that stands for it.
 *
 * @param to last valid day
 * @param purseSerial 20 hex digits
 * @param chipId 16 hex digits
 */
public record CardHolding(
        CommunityId community,
        CredentialNumber number,
        PersonId person,
        CredentialStatus status,
        LocalDate from,
        LocalDate to,
        int leastCertificate,
        String purseSerial,
        String chipId) {

    /** Whether a loss can be reported. */
    public boolean active() {
        return status == CredentialStatus.ACTIVE;
    }

    /** Whether it was reported lost and may be found again. */
    public boolean lost() {
        return status == CredentialStatus.LOST;
    }

    /** Whether it is over for good. */
    public boolean cancelled() {
        return status == CredentialStatus.CANCELLED;
    }
}
