package io.zhitong.backend.identity;

import io.zhitong.accessmodel.CommunityId;
import java.io.Serial;
import java.io.Serializable;

/**
 * From where a user looks, and how far (所属与视野).
 *
 * @param home community that keeps the account
 * @param place name of the community that is looked at
 */
public record Outlook(int home, Sight sight, String place) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Of a user who sees the own community only. */
    static Outlook own(int community) {
        return new Outlook(community, Sight.COMMUNITY, "");
    }

    /** Whether the user stands above communities and changes nothing in them. */
    public boolean above() {
        return sight != Sight.COMMUNITY;
    }

    public CommunityId homeCommunity() {
        return new CommunityId(home);
    }
}
