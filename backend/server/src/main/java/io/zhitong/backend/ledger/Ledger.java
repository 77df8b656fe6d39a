package io.zhitong.backend.ledger;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.foundation.TimeOrderedIds;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one way into the ledger (记账). An entry is written once per business key and never changed; there is no balance row to
 * fight over. Thread-safe.
 */
@Component
public class Ledger {
    private record Line(UUID debit, UUID credit, long amount) {}

    private final JdbcClient jdbc;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final Accounts accounts;
    private final LedgerDay calendar;

    Ledger(JdbcClient jdbc, TimeOrderedIds ids, Clock clock, Accounts accounts, LedgerDay calendar) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.accounts = accounts;
        this.calendar = calendar;
    }

    /**
     * Enters the posting in the caller's transaction, or finds it entered with the same transfers.
     *
     * @throws LedgerException {@link LedgerRefusal#UNKNOWN_ACCOUNT}, or {@link LedgerRefusal#OTHER_CONTENT} if the key was
     *     entered with other transfers
     */
    @Transactional(propagation = Propagation.REQUIRED)
    public Posted post(Posting posting) {
        List<Line> lines = new ArrayList<>();
        for (Transfer t : posting.transfers()) {
            lines.add(new Line(id(posting, t.debit()), id(posting, t.credit()), t.amountFen()));
        }
        LocalDate day = calendar.forPosting(posting.community());
        UUID entry = ids.next();
        if (!insertEntry(posting, entry, day)) {
            return existing(posting, lines);
        }
        for (int n = 0; n < lines.size(); n++) {
            insertTransfer(posting.community(), entry, n + 1, day, lines.get(n));
        }
        return new Posted(entry, day, true);
    }

    /** The business day it is now. */
    public LocalDate today(CommunityId community) {
        return calendar.today(community);
    }

    /** When the business day ends, for those who wait for it. */
    public BusinessDays days(CommunityId community) {
        return calendar.days(community);
    }

    /**
     * Closes all days up to this one: nothing will be posted to them any more, and their balances are kept. Again changes
     * nothing.
     *
     * @throws LedgerException {@link LedgerRefusal#DAY_NOT_OVER}
     */
    @Transactional(propagation = Propagation.REQUIRED)
    public void closeDay(CommunityId community, LocalDate day) {
        if (!day.isBefore(calendar.today(community))) {
            throw new LedgerException(LedgerRefusal.DAY_NOT_OVER, day.toString());
        }
        LocalDate open = calendar.lockForClose(community, day);
        if (!day.isBefore(open)) {
            snapshot(community, day);
            calendar.openNext(community, day.plusDays(1));
        }
    }

    private UUID id(Posting posting, AccountKey key) {
        return accounts.id(posting.community(), key);
    }

    private boolean insertEntry(Posting posting, UUID entry, LocalDate day) {
        return jdbc.sql("insert into ledger_entry (community_id, id, business_key, kind, business_day, posted_at,"
                                + " reference) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                        .params(
                                posting.community().value(),
                                entry,
                                posting.businessKey(),
                                posting.kind().name(),
                                day,
                                OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC),
                                posting.reference())
                        .update()
                == 1;
    }

    private void insertTransfer(CommunityId community, UUID entry, int n, LocalDate day, Line line) {
        jdbc.sql(
                        "insert into ledger_transfer (community_id, entry_id, n, business_day, debit_id, credit_id, amount_fen)"
                                + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(community.value(), entry, n, day, line.debit(), line.credit(), line.amount())
                .update();
    }

    private Posted existing(Posting posting, List<Line> lines) {
        Posted posted = jdbc.sql(
                        "select id, business_day from ledger_entry where community_id = ? and business_key = ?")
                .params(posting.community().value(), posting.businessKey())
                .query((row, n) -> new Posted(row.getObject(1, UUID.class), row.getObject(2, LocalDate.class), false))
                .single();
        if (!lines.equals(transfers(posting.community(), posted.entry()))) {
            throw new LedgerException(LedgerRefusal.OTHER_CONTENT, posting.businessKey());
        }
        return posted;
    }

    private List<Line> transfers(CommunityId community, UUID entry) {
        return jdbc.sql("select debit_id, credit_id, amount_fen from ledger_transfer"
                        + " where community_id = ? and entry_id = ? order by n")
                .params(community.value(), entry)
                .query((row, n) -> new Line(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getLong(3)))
                .list();
    }

    private void snapshot(CommunityId community, LocalDate day) {
        jdbc.sql("insert into ledger_snapshot (community_id, account_id, through_day, balance_fen)"
                        + " select a.community_id, a.id, cast(:day as date), " + Balances.THROUGH_DAY
                        + " from ledger_account a where a.community_id = :community")
                .param("day", day)
                .param("community", community.value())
                .update();
    }
}
