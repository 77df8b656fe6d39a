package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.devices.ListScope;
import io.zhitong.cardspec.CredentialNumber;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** By whom other modules say that what doors decide by has changed (门禁名单变更). */
@Component
public class AccessLists {
    private final DeviceLists lists;

    AccessLists(@Lazy DeviceLists lists) {
        this.lists = lists;
    }

    /** Says that credentials, residences or rules of the community have changed: with the caller's commit new lists are due. */
    public void changed(CommunityId community) {
        lists.changed(community);
    }

    /** The same when no more than one credential has changed: it was issued, or its status, validity or carriers are others. */
    public void changed(CommunityId community, CredentialNumber credential) {
        lists.changed(community, ListScope.of(credential));
    }
}
