package io.zhitong.backend.span;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.foundation.DemoSeed;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The property company of the demo estate (演示物业公司). */
@Component
@Order(25)
final class DemoBelonging implements DemoSeed {
    private static final CommunityId DEMO = new CommunityId(1);

    private final Belonging belonging;

    DemoBelonging(Belonging belonging) {
        this.belonging = belonging;
    }

    @Override
    public void seed() {
        if (belonging.operators(DEMO).isEmpty()) {
            belonging.found(DEMO, "智通物业", Actor.SYSTEM);
        }
    }
}
