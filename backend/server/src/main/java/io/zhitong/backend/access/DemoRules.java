package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.foundation.DemoSeed;
import java.util.List;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Residents may pass every door at any time (演示规则). */
@Component
@Order(50)
final class DemoRules implements DemoSeed {
    private static final CommunityId DEMO = new CommunityId(1);
    private static final int RESIDENTS = 1;

    private final PolicyBook book;

    DemoRules(PolicyBook book) {
        this.book = book;
    }

    @Override
    public void seed() {
        if (book.newest(DEMO) == 0) {
            PolicyContent content = PolicyContent.of(List.of(
                    new PeopleGroup(RESIDENTS, "住户", GroupKind.RESIDENTS, Set.of(), List.of()),
                    new AccessRule(1, "住户随时通行", RESIDENTS, Schedule.ALWAYS_ID, 0, AccessRule.Where.EVERYWHERE)));
            book.next(DEMO, content, Actor.SYSTEM.name(), Actor.SYSTEM, "演示小区");
        }
    }
}
