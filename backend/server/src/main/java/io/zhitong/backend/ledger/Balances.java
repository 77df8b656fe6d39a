package io.zhitong.backend.ledger;

import io.zhitong.accessmodel.CommunityId;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Balances (余额查询): the newest snapshot and the transfers since. Thread-safe. */
@Component
public class Balances {
    /** Of account {@code a} at the end of {@code :day}; a snapshot holds everything through its day. */
    static final String THROUGH_DAY = """
            coalesce((select s.balance_fen from ledger_snapshot s
                      where s.community_id = a.community_id and s.account_id = a.id and s.through_day <= :day
                      order by s.through_day desc limit 1), 0)
            + coalesce((select sum(t.amount_fen) from ledger_transfer t
                        where t.community_id = a.community_id and t.credit_id = a.id and t.business_day <= :day
                          and t.business_day > coalesce(SINCE, date '1970-01-01')), 0)
            - coalesce((select sum(t.amount_fen) from ledger_transfer t
                        where t.community_id = a.community_id and t.debit_id = a.id and t.business_day <= :day
                          and t.business_day > coalesce(SINCE, date '1970-01-01')), 0)
            """.replace("SINCE", """
                            (select max(s.through_day) from ledger_snapshot s
                             where s.community_id = a.community_id and s.account_id = a.id and s.through_day <= :day)
                            """);

    /** Later than every business day. */
    private static final LocalDate NOW = LocalDate.of(9999, 12, 31);

    private final JdbcClient jdbc;

    Balances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Credits minus debits of one account, in fen; 0 for an account that is not open. */
    public long of(CommunityId community, AccountKey key) {
        return jdbc.sql("select " + THROUGH_DAY
                        + " from ledger_account a where a.community_id = :community and a.purpose = :purpose"
                        + " and a.party = :party")
                .param("day", NOW)
                .param("community", community.value())
                .param("purpose", key.purpose().name())
                .param("party", key.party())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** All accounts at the end of a day. */
    public List<AccountBalance> at(CommunityId community, LocalDate day) {
        return jdbc.sql("select a.purpose, a.party, a.name, " + THROUGH_DAY
                        + " as balance from ledger_account a where a.community_id = :community"
                        + " order by a.purpose, a.party")
                .param("day", day)
                .param("community", community.value())
                .query((row, n) -> new AccountBalance(
                        new AccountKey(AccountPurpose.valueOf(row.getString(1)), row.getString(2)),
                        row.getString(3),
                        row.getLong(4)))
                .list();
    }

    /** All accounts now. */
    public List<AccountBalance> now(CommunityId community) {
        return at(community, NOW);
    }
}
