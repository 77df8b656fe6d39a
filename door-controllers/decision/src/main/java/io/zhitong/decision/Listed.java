package io.zhitong.decision;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;

/**
 * What the lists of a device say of one credential (凭证在名单上的内容). Units and ranges as in {@link AccessRecord}.
 *
 * @param holder {@link AccessRecord#ITSELF} = none but the credential itself
 * @param traits bit n = trait with code n
 */
public record Listed(
        CredentialNumber credential,
        long holder,
        CredentialStatus status,
        int traits,
        long fromSecond,
        long untilSecond,
        int uses,
        int leastCertificate,
        GroupSet groups) {

    static Listed of(CredentialNumber credential, GroupSet groups) {
        return new Listed(
                credential,
                AccessRecord.ITSELF,
                CredentialStatus.ACTIVE,
                0,
                Validity.ALWAYS.fromSecond(),
                Validity.ALWAYS.untilSecond(),
                AccessRecord.UNLIMITED,
                0,
                groups);
    }

    public boolean has(Trait trait) {
        return (traits >> trait.code() & 1) == 1;
    }

    /** A credential without holder stands for itself. */
    boolean samePerson(Listed other) {
        return holder == other.holder && (holder != AccessRecord.ITSELF || credential.equals(other.credential));
    }

    boolean everValid() {
        return fromSecond == Validity.ALWAYS.fromSecond() && untilSecond == Validity.ALWAYS.untilSecond();
    }

    boolean begun(Instant now) {
        return now.getEpochSecond() >= fromSecond;
    }

    boolean ended(Instant now) {
        return now.getEpochSecond() >= untilSecond;
    }

    Listed active() {
        return new Listed(
                credential,
                holder,
                CredentialStatus.ACTIVE,
                traits,
                fromSecond,
                untilSecond,
                uses,
                leastCertificate,
                groups);
    }

    Listed until(long second) {
        return new Listed(credential, holder, status, traits, fromSecond, second, uses, leastCertificate, groups);
    }

    Listed uses(int permitted) {
        return new Listed(
                credential, holder, status, traits, fromSecond, untilSecond, permitted, leastCertificate, groups);
    }

    Listed groups(GroupSet others) {
        return new Listed(credential, holder, status, traits, fromSecond, untilSecond, uses, leastCertificate, others);
    }
}
