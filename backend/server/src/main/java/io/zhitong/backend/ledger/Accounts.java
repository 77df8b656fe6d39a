package io.zhitong.backend.ledger;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.foundation.TimeOrderedIds;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The accounts of a community (账户). Opened once, never changed. */
@Component
public class Accounts {
    private final JdbcClient jdbc;
    private final TimeOrderedIds ids;

    Accounts(JdbcClient jdbc, TimeOrderedIds ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** Opens the account unless it is there; its first name stays. */
    @Transactional
    public void open(CommunityId community, AccountKey key, String name) {
        jdbc.sql("insert into ledger_account (community_id, id, purpose, party, name) values (?, ?, ?, ?, ?)"
                        + " on conflict do nothing")
                .params(community.value(), ids.next(), key.purpose().name(), key.party(), name)
                .update();
    }

    UUID id(CommunityId community, AccountKey key) {
        return jdbc.sql("select id from ledger_account where community_id = ? and purpose = ? and party = ?")
                .params(community.value(), key.purpose().name(), key.party())
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new LedgerException(LedgerRefusal.UNKNOWN_ACCOUNT, key.toString()));
    }
}
