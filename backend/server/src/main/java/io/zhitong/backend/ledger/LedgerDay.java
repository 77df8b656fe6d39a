package io.zhitong.backend.ledger;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.DatabaseKind;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which day a posting falls on (营业日历). Postings share a lock on the community's row, the close takes it alone: so no
 * posting of a day commits after the day was closed. Only inside a transaction.
 */
@Component
class LedgerDay {
    private final JdbcClient jdbc;
    private final Estate estate;
    private final Clock clock;
    /** H2 knows no shared row lock. */
    private final String shared;

    LedgerDay(JdbcClient jdbc, DatabaseKind kind, Estate estate, Clock clock) {
        this.jdbc = jdbc;
        this.estate = estate;
        this.clock = clock;
        this.shared = kind == DatabaseKind.PG ? " for share" : " for update";
    }

    /** The day of the clock, but never a closed one. */
    LocalDate forPosting(CommunityId community) {
        LocalDate today = today(community);
        LocalDate open = open(community, shared).orElseGet(() -> begin(community, today));
        return open.isAfter(today) ? open : today;
    }

    LocalDate today(CommunityId community) {
        return days(community).dayOf(clock.instant());
    }

    /** The first day that is not closed, its row locked against postings; begins the calendar if need be. */
    LocalDate lockForClose(CommunityId community, LocalDate first) {
        return open(community, " for update").orElseGet(() -> begin(community, first));
    }

    void openNext(CommunityId community, LocalDate next) {
        jdbc.sql("update ledger_day set open_day = ? where community_id = ?")
                .params(next, community.value())
                .update();
    }

    BusinessDays days(CommunityId community) {
        Community row = estate.community(community)
                .orElseThrow(() -> new IllegalArgumentException("no community " + community.value()));
        return new BusinessDays(row.zone(), row.dayEnd());
    }

    private Optional<LocalDate> open(CommunityId community, String lock) {
        return jdbc.sql("select open_day from ledger_day where community_id = ?" + lock)
                .param(community.value())
                .query(LocalDate.class)
                .optional();
    }

    private LocalDate begin(CommunityId community, LocalDate first) {
        jdbc.sql("insert into ledger_day (community_id, open_day) values (?, ?) on conflict do nothing")
                .params(community.value(), first)
                .update();
        return open(community, shared).orElseThrow();
    }
}
