package io.zhitong.backend.commerce.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.commerce.ClearingWorker;
import io.zhitong.backend.commerce.CounterGap;
import io.zhitong.backend.commerce.PurchaseQuery;
import io.zhitong.backend.commerce.PurchaseQuery.Total;
import io.zhitong.backend.commerce.PurchaseState;
import io.zhitong.backend.commerce.StoredPurchase;
import io.zhitong.backend.commerce.SuspenseItem;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.ledger.AccountBalance;
import io.zhitong.backend.ledger.AccountPurpose;
import io.zhitong.backend.ledger.Balances;
import io.zhitong.backend.web.Yuan;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the ledger page shows, in words (账本页面内容). */
@Component
class LedgerView {
    static final int PAGE = 50;
    private static final int SUSPENSE = 50;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

    private final Balances balances;
    private final PurchaseQuery purchases;
    private final ClearingWorker worker;
    private final Estate estate;

    LedgerView(Balances balances, PurchaseQuery purchases, ClearingWorker worker, Estate estate) {
        this.balances = balances;
        this.purchases = purchases;
        this.worker = worker;
        this.estate = estate;
    }

    /** A number at the head of the page. */
    record Figure(String purpose, String label, String amount) {}

    record AccountRow(String purpose, String name, String party, String amount) {}

    record PurchaseRow(
            String time,
            String card,
            int counter,
            String terminal,
            long number,
            String amount,
            String balance,
            PurchaseState state,
            String stateText) {}

    record SuspenseRow(
            String noted, String psam, long number, String amount, String reason, String text, boolean held) {}

    record GapRow(String counter, String serial, String range, long missing) {}

    record Queue(long waiting, String amount, Optional<String> reason) {}

    /** Sums per purpose, those with accounts only. */
    List<Figure> figures(List<AccountBalance> all, boolean chinese) {
        return Arrays.stream(AccountPurpose.values())
                .filter(p -> all.stream().anyMatch(b -> b.account().purpose() == p))
                .map(p -> new Figure(
                        p.name(),
                        chinese ? p.chinese() : p.english(),
                        Yuan.of(all.stream()
                                .filter(b -> b.account().purpose() == p)
                                .mapToLong(AccountBalance::shownFen)
                                .sum())))
                .toList();
    }

    List<AccountBalance> balances(CommunityId community) {
        return balances.now(community);
    }

    List<AccountRow> accounts(List<AccountBalance> all, boolean chinese) {
        return all.stream()
                .map(b -> new AccountRow(
                        chinese
                                ? b.account().purpose().chinese()
                                : b.account().purpose().english(),
                        b.name(),
                        b.account().party(),
                        Yuan.of(b.shownFen())))
                .toList();
    }

    List<PurchaseRow> purchases(List<StoredPurchase> found, boolean chinese) {
        return found.stream().map(p -> row(p, chinese)).toList();
    }

    private static PurchaseRow row(StoredPurchase p, boolean chinese) {
        return new PurchaseRow(
                time(p.time()),
                p.card(),
                p.record().offlineSeq(),
                p.psam(),
                p.record().terminalSeq(),
                Yuan.of(p.record().amount()),
                Yuan.of(p.record().balance()),
                p.state(),
                chinese ? p.state().chinese() : p.state().english());
    }

    /** 14 digits as the terminal gave them; they need not be a date of the calendar. */
    private static String time(String digits) {
        return String.format(
                Locale.ROOT,
                "%s-%s %s:%s:%s",
                digits.substring(4, 6),
                digits.substring(6, 8),
                digits.substring(8, 10),
                digits.substring(10, 12),
                digits.substring(12, 14));
    }

    List<SuspenseRow> suspense(CommunityId community, boolean chinese) {
        ZoneId zone = estate.community(community).orElseThrow().zone();
        return purchases.suspense(community, Optional.empty(), SUSPENSE).stream()
                .map(item -> row(item, zone, chinese))
                .toList();
    }

    private static SuspenseRow row(SuspenseItem item, ZoneId zone, boolean chinese) {
        Instant noted = item.noted();
        return new SuspenseRow(
                TIME.format(noted.atZone(zone)),
                item.psam(),
                item.terminalSequence(),
                Yuan.of(item.amountFen()),
                item.reason().name(),
                chinese ? item.reason().chinese() : item.reason().english(),
                item.moneyMoved());
    }

    List<GapRow> gaps(CommunityId community, boolean chinese) {
        return purchases.gaps(community).stream().map(gap -> row(gap, chinese)).toList();
    }

    private static GapRow row(CounterGap gap, boolean chinese) {
        String range = gap.missing() == 1
                ? String.valueOf(gap.before() + 1)
                : gap.missing() == 0 ? String.valueOf(gap.before()) : (gap.before() + 1) + "–" + (gap.after() - 1);
        return new GapRow(chinese ? gap.of().chinese() : gap.of().english(), gap.serial(), range, gap.missing());
    }

    /** Purchases that wait for the vault, and why it does not answer. */
    Queue queue(CommunityId community, boolean chinese) {
        Total queued = purchases.totals(community).get(PurchaseState.QUEUED);
        Optional<String> reason = worker.waitingFor().map(r -> chinese ? r.chinese() : r.english());
        return new Queue(queued == null ? 0 : queued.count(), Yuan.of(queued == null ? 0 : queued.amountFen()), reason);
    }
}
