package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.foundation.DemoSeed;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The shop of the demo estate (演示商户): the till is device 43. */
@Component
@Order(50)
final class DemoCommerce implements DemoSeed {
    private static final CommunityId DEMO = new CommunityId(1);
    private static final long POS = 43;

    private final Merchants merchants;

    DemoCommerce(Merchants merchants) {
        this.merchants = merchants;
    }

    @Override
    public void seed() {
        if (merchants.all(DEMO).isEmpty()) {
            merchants.add(new Merchant(DEMO, "SHOP0001", "社区便利店", POS));
        }
    }
}
