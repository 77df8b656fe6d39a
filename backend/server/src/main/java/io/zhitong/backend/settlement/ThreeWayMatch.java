package io.zhitong.backend.settlement;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.commerce.Merchant;
import io.zhitong.backend.commerce.Merchants;
import io.zhitong.backend.commerce.PurchaseQuery;
import io.zhitong.backend.commerce.PurchaseQuery.Total;
import io.zhitong.backend.commerce.PurchaseState;
import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.DayTotals;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Holds terminal, ledger and settlement file of a day against each other and names what differs (三方对账). */
@Component
public class ThreeWayMatch {
    private final Merchants merchants;
    private final PurchaseQuery purchases;
    private final DayTotals ledger;
    private final PackageRows packages;

    ThreeWayMatch(Merchants merchants, PurchaseQuery purchases, DayTotals ledger, PackageRows packages) {
        this.merchants = merchants;
        this.purchases = purchases;
        this.ledger = ledger;
        this.packages = packages;
    }

    public List<MatchRow> match(CommunityId community, LocalDate day) {
        Map<String, Total> files = files(community, day);
        return merchants.all(community).stream()
                .map(merchant -> row(day, merchant, files))
                .toList();
    }

    /** Per receiver, of the newest version of each file. */
    private Map<String, Total> files(CommunityId community, LocalDate day) {
        Map<Integer, StoredPackage> newest = new HashMap<>();
        packages.ofDay(community, day).forEach(p -> newest.putIfAbsent(p.name().sequence(), p));
        Map<String, Total> totals = new HashMap<>();
        newest.values()
                .forEach(p -> totals.merge(
                        p.header().receiver(),
                        new Total(p.header().count(), p.header().amountFen()),
                        ThreeWayMatch::plus));
        return totals;
    }

    private MatchRow row(LocalDate day, Merchant merchant, Map<String, Total> files) {
        Map<PurchaseState, Total> sold = purchases.totalsOfDevices(merchant.community(), day, merchant.tills());
        Total posted = sold.getOrDefault(PurchaseState.POSTED, Total.NONE);
        Total held = sold.getOrDefault(PurchaseState.SUSPENSE, Total.NONE);
        DayTotals.Turnover turnover = ledger.of(merchant.community(), day, AccountKey.merchant(merchant.code()));
        Total booked = new Total(turnover.credits() - turnover.debits(), turnover.netFen());
        Total filed = files.getOrDefault(merchant.code(), Total.NONE);
        List<Difference> differences = new ArrayList<>();
        add(differences, Difference.Kind.IN_SUSPENSE, held);
        add(differences, turnover, minus(booked, posted));
        boolean any = files.containsKey(merchant.code());
        add(differences, any ? Difference.Kind.NOT_PACKAGED : Difference.Kind.NO_PACKAGE, minus(booked, filed));
        return new MatchRow(merchant, plus(posted, held), booked, filed, differences);
    }

    /** The ledger keeps a payment whose record was doubted on a later day; without such a transfer it must not differ. */
    private static void add(List<Difference> differences, DayTotals.Turnover turnover, Total more) {
        boolean moved = turnover.debits() > 0 || more.amountFen() > 0;
        add(differences, moved ? Difference.Kind.MOVED_LATER : Difference.Kind.UNEXPLAINED, more);
    }

    private static void add(List<Difference> differences, Difference.Kind kind, Total total) {
        if (!total.equals(Total.NONE)) {
            differences.add(new Difference(kind, total.count(), total.amountFen()));
        }
    }

    private static Total plus(Total a, Total b) {
        return new Total(a.count() + b.count(), a.amountFen() + b.amountFen());
    }

    private static Total minus(Total a, Total b) {
        return new Total(a.count() - b.count(), a.amountFen() - b.amountFen());
    }
}
