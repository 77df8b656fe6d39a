package io.zhitong.backend.commerce.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.commerce.PurchaseQuery;
import io.zhitong.backend.commerce.PurchaseQuery.Total;
import io.zhitong.backend.commerce.PurchaseState;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.ledger.Ledger;
import io.zhitong.backend.web.HomeFigure;
import io.zhitong.backend.web.HomeFigures;
import io.zhitong.backend.web.Yuan;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Today's turnover and what waits for somebody, on the home page (首页：营业额与待查). */
@Component
class CommerceFigures {
    private static final String LEDGER = "/ledger";

    private final PurchaseQuery purchases;
    private final Ledger ledger;

    CommerceFigures(PurchaseQuery purchases, Ledger ledger) {
        this.purchases = purchases;
        this.ledger = ledger;
    }

    @Bean
    static HomeFigures commerceHomeFigures(CommerceFigures figures) {
        return new HomeFigures(40, Set.of(Role.FINANCE, Role.ADMIN), figures::figures);
    }

    private List<HomeFigure> figures(ConsoleUser user) {
        CommunityId community = user.community();
        Total posted = purchases
                .totalsOfDay(community, ledger.today(community))
                .getOrDefault(PurchaseState.POSTED, Total.NONE);
        long held = purchases.suspenseCount(community);
        return List.of(
                new HomeFigure("ledger.figure.turnover", Yuan.of(posted.amountFen()), LEDGER, false),
                new HomeFigure("ledger.figure.purchases", Long.toString(posted.count()), LEDGER, false),
                new HomeFigure("ledger.figure.suspense", Long.toString(held), LEDGER + "#h-suspense", held > 0));
    }
}
