package io.zhitong.backend.access;

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
 */
public record IssuedCredential(
        CredentialNumber number,
        PersonId holder,
        CredentialStatus status,
        Validity validity,
        int leastCertificate,
        List<Carrier> carriers) {
    public IssuedCredential {
        carriers = List.copyOf(carriers);
    }
}
