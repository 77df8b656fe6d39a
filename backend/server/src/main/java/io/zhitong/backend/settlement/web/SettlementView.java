package io.zhitong.backend.settlement.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.commerce.PurchaseQuery.Total;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.settlement.Difference;
import io.zhitong.backend.settlement.MatchRow;
import io.zhitong.backend.settlement.Packages;
import io.zhitong.backend.settlement.StoredPackage;
import io.zhitong.backend.settlement.ThreeWayMatch;
import io.zhitong.backend.web.Yuan;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the settlement page shows, in words (清算页面内容). */
@Component
class SettlementView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

    private final Packages packages;
    private final ThreeWayMatch match;
    private final Estate estate;

    SettlementView(Packages packages, ThreeWayMatch match, Estate estate) {
        this.packages = packages;
        this.match = match;
        this.estate = estate;
    }

    /** @param newest false for a version that a later one replaced */
    record FileRow(
            String name,
            String receiver,
            int count,
            String amount,
            String digest,
            String keyId,
            String made,
            String madeBy,
            boolean newest) {}

    record Side(long count, String amount) {
        static Side of(Total total) {
            return new Side(total.count(), Yuan.of(total.amountFen()));
        }
    }

    record MatchLine(
            String name, String code, Side terminal, Side ledger, Side files, boolean agrees, List<Line> differences) {}

    record Line(String kind, String text, long count, String amount) {}

    List<FileRow> files(CommunityId community, LocalDate day) {
        ZoneId zone = estate.community(community).orElseThrow().zone();
        Set<Integer> seen = new HashSet<>();
        return packages.ofDay(community, day).stream()
                .map(p -> row(p, zone, seen.add(p.name().sequence())))
                .toList();
    }

    private static FileRow row(StoredPackage p, ZoneId zone, boolean newest) {
        return new FileRow(
                p.name().toString(),
                p.header().receiver(),
                p.header().count(),
                Yuan.of(p.header().amountFen()),
                p.file().digest(),
                p.header().keyId(),
                TIME.format(p.made().atZone(zone)),
                p.madeBy(),
                newest);
    }

    List<MatchLine> match(CommunityId community, LocalDate day, boolean chinese) {
        return match.match(community, day).stream()
                .map(row -> line(row, chinese))
                .toList();
    }

    private static MatchLine line(MatchRow row, boolean chinese) {
        return new MatchLine(
                row.merchant().name(),
                row.merchant().code(),
                Side.of(row.terminal()),
                Side.of(row.ledger()),
                Side.of(row.files()),
                row.agrees(),
                row.differences().stream().map(d -> line(d, chinese)).toList());
    }

    private static Line line(Difference d, boolean chinese) {
        String text = chinese ? d.kind().chinese() : d.kind().english();
        return new Line(d.kind().name(), text, d.count(), Yuan.of(d.amountFen()));
    }
}
