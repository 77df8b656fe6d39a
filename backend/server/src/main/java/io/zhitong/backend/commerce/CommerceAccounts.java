package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.AccountPurpose;
import io.zhitong.backend.ledger.Accounts;
import org.springframework.stereotype.Component;

/** The accounts that every community's purse needs (小区公共账户). */
@Component
class CommerceAccounts {
    private final Accounts accounts;

    CommerceAccounts(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Opens them unless they are open. */
    void open(CommunityId community) {
        accounts.open(community, AccountKey.FLOAT, AccountPurpose.PURSE_FLOAT.chinese());
        accounts.open(community, AccountKey.SUSPENSE, AccountPurpose.SUSPENSE.chinese());
    }
}
