package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import java.util.List;

/** Where the credentials of a community are kept (凭证簿): a bean of the module that issues them. */
@FunctionalInterface
public interface CredentialBook {
    /** All that were issued, of every status: a door names "lost" only when the lost card is on its list. */
    List<IssuedCredential> credentials(CommunityId community);
}
