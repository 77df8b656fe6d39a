package io.zhitong.backend.cards;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.people.PersonId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Orders begun and not finished, for the pages (未完成制卡单). */
@Component
public class PendingOrders {
    private final CardOrders orders;

    PendingOrders(CardOrders orders) {
        this.orders = orders;
    }

    /** The person's unfinished order. */
    public Optional<OrderRow> of(CommunityId community, PersonId person) {
        return orders.open(community, person);
    }
}
