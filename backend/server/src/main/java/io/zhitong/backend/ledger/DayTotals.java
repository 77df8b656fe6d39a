package io.zhitong.backend.ledger;

import io.zhitong.accessmodel.CommunityId;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a business day brought to an account (日发生额). Thread-safe. */
@Component
public class DayTotals {
    private final JdbcClient jdbc;

    DayTotals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Transfers into and out of one account on one business day.
     *
     * @param credits number of transfers that entered it
     * @param creditFen their sum
     * @param debits number of transfers that left it
     * @param debitFen their sum
     */
    public record Turnover(long credits, long creditFen, long debits, long debitFen) {
        /** What is left of the day, in fen; transfers out are negative. */
        public long netFen() {
            return creditFen - debitFen;
        }
    }

    public Turnover of(CommunityId community, LocalDate day, AccountKey account) {
        return jdbc.sql("select count(case when t.credit_id = a.id then 1 end),"
                        + " coalesce(sum(case when t.credit_id = a.id then t.amount_fen end), 0),"
                        + " count(case when t.debit_id = a.id then 1 end),"
                        + " coalesce(sum(case when t.debit_id = a.id then t.amount_fen end), 0)"
                        + " from ledger_account a join ledger_transfer t on t.community_id = a.community_id"
                        + " and (t.credit_id = a.id or t.debit_id = a.id) and t.business_day = ?"
                        + " where a.community_id = ? and a.purpose = ? and a.party = ?")
                .params(day, community.value(), account.purpose().name(), account.party())
                .query((row, n) -> new Turnover(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .single();
    }
}
