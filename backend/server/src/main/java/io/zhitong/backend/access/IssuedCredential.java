package io.zhitong.backend.access;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import java.util.List;

/**
 * A credential as the access lists need it (已发凭证).
 *
 * @param leastCertificate a card certificate with a lower number was replaced
 * @param uses how often it lets in, in the whole community; {@link AccessRecord#UNLIMITED} = as often as it likes
 */
public record IssuedCredential(
        CredentialNumber number,
        PersonId holder,
        CredentialStatus status,
        Validity validity,
        int leastCertificate,
        List<Carrier> carriers,
        int uses) {
    public IssuedCredential {
        carriers = List.copyOf(carriers);
    }

    /** As often as it likes. */
    public IssuedCredential(
            CredentialNumber number,
            PersonId holder,
            CredentialStatus status,
            Validity validity,
            int leastCertificate,
            List<Carrier> carriers) {
        this(number, holder, status, validity, leastCertificate, carriers, AccessRecord.UNLIMITED);
    }
}
