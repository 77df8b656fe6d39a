package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the credentials of a community are kept (凭证簿): a bean of the module that issues them. */
@FunctionalInterface
public interface CredentialBook {
    /** All that were issued, of every status: a door names "lost" only when the lost card is on its list. */
    List<IssuedCredential> credentials(CommunityId community);

    /** One of them; a book with many credentials answers by index. */
    default Optional<IssuedCredential> credential(CommunityId community, CredentialNumber number) {
        return credentials(community).stream()
                .filter(credential -> credential.number().equals(number))
                .findFirst();
    }

    /** Those with a limited number of uses: visitors', couriers'; few. Their uses are counted over all doors. */
    default Set<CredentialNumber> limited(CommunityId community) {
        return Set.of();
    }

    /** Whose credential it is. */
    default Optional<PersonId> holder(CommunityId community, CredentialNumber number) {
        return credential(community, number).map(IssuedCredential::holder);
    }
}
