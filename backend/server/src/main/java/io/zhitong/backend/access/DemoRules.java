package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.foundation.DemoSeed;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Residents may pass every door at any time (演示规则). */
@Component
@Order(50)
final class DemoRules implements DemoSeed {
    private static final CommunityId DEMO = new CommunityId(1);
    private static final int RESIDENTS = 1;

    private final AccessRules rules;

    DemoRules(AccessRules rules) {
        this.rules = rules;
    }

    @Override
    public void seed() {
        if (rules.version(DEMO) == 0) {
            rules.addGroup(DEMO, RESIDENTS, "住户", GroupKind.RESIDENTS);
            rules.begin(DEMO, Actor.SYSTEM, RESIDENTS, Schedule.ALWAYS_ID, Optional.empty(), Optional.empty());
        }
    }
}
