package io.zhitong.backend.span;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.alarms.Alarms;
import io.zhitong.backend.commerce.PurchaseQuery;
import io.zhitong.backend.devices.SyncProof;
import io.zhitong.backend.devices.SyncProofs;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.GapQuery;
import io.zhitong.backend.foundation.CommunityScope;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Reach;
import io.zhitong.backend.ledger.BusinessDays;
import io.zhitong.backend.ledger.Ledger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * The reports of the communities a user sees (总览报表). They are asked one after another, each as one of its own users would be: the wall
 * between them stands all the time. Money is never summed over communities. Not within a transaction. Thread-safe.
 */
@Component
public class SpanReport {
    private final Reach reach;
    private final Estate estate;
    private final SyncProofs proofs;
    private final Alarms alarms;
    private final GapQuery gaps;
    private final EventReader events;
    private final PurchaseQuery purchases;
    private final Ledger ledger;

    SpanReport(
            Reach reach,
            Estate estate,
            SyncProofs proofs,
            Alarms alarms,
            GapQuery gaps,
            EventReader events,
            PurchaseQuery purchases,
            Ledger ledger) {
        this.reach = reach;
        this.estate = estate;
        this.proofs = proofs;
        this.alarms = alarms;
        this.gaps = gaps;
        this.events = events;
        this.purchases = purchases;
        this.ledger = ledger;
    }

    /** By number. */
    public List<CommunityLine> lines(ConsoleUser user) {
        return reach.of(user).stream()
                .flatMap(id -> CommunityScope.within(
                        id.value(), () -> estate.community(id).map(this::line))
                        .stream())
                .toList();
    }

    private CommunityLine line(Community community) {
        CommunityId id = community.id();
        SyncProof proof = proofs.of(id);
        GapQuery.Totals missing = gaps.totals(id);
        List<DayFigures> days = figures(id, 2);
        return new CommunityLine(
                id,
                community.number(),
                community.name(),
                proof.devices().size(),
                proof.inStep(),
                proof.compiling(),
                alarms.open(id),
                missing.unexplained() + missing.conflicts(),
                days.get(0),
                days.get(1));
    }

    /** The newest business days of a community, today first; nothing for one that the user does not see. */
    public List<DayFigures> days(ConsoleUser user, CommunityId community, int many) {
        return find(user, community)
                .map(seen -> CommunityScope.within(community.value(), () -> figures(community, many)))
                .orElse(List.of());
    }

    /** The community, if the user sees it. */
    public Optional<Community> find(ConsoleUser user, CommunityId community) {
        return reach.of(user).contains(community)
                ? CommunityScope.within(community.value(), () -> estate.community(community))
                : Optional.empty();
    }

    private List<DayFigures> figures(CommunityId id, int many) {
        LocalDate today = ledger.today(id);
        BusinessDays days = ledger.days(id);
        Map<LocalDate, PurchaseQuery.Total> takings = purchases.takings(id, today.minusDays(many - 1L));
        return IntStream.range(0, many)
                .mapToObj(today::minusDays)
                .map(day -> {
                    PurchaseQuery.Total taken = takings.getOrDefault(day, PurchaseQuery.Total.NONE);
                    long received = events.count(id, days.endOf(day.minusDays(1)), days.endOf(day));
                    return new DayFigures(day, received, taken.count(), taken.amountFen());
                })
                .toList();
    }
}
