package io.zhitong.backend.identity;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.foundation.DemoSeed;
import java.util.List;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The fixed log-ins of the demo estate (演示账号); exist in demo mode only. */
@Component
@Order(20)
final class FirstUsers implements DemoSeed {
    static final String DEMO_PASSWORD = "zhitong-demo";
    private static final CommunityId DEMO = new CommunityId(1);
    private static final List<DemoUser> DEMO_USERS = List.of(
            new DemoUser("desk", "小陈", Role.DESK),
            new DemoUser("property", "老周", Role.PROPERTY),
            new DemoUser("finance", "林会计", Role.FINANCE),
            new DemoUser("admin", "管理员", Role.ADMIN),
            new DemoUser("key_officer", "方工", Role.KEY_OFFICER),
            new DemoUser("auditor", "何审计", Role.AUDITOR),
            new DemoUser("overseer", "赵经理", Role.OVERSEER));

    private final Users users;

    FirstUsers(Users users) {
        this.users = users;
    }

    @Override
    public void seed() {
        if (users.none()) {
            // A hash is slow by design, and a first start waits for it: one for all of them.
            String hash = users.hash(DEMO_PASSWORD);
            DEMO_USERS.forEach(u -> users.addHashed(DEMO, Actor.SYSTEM, u.login(), u.name(), hash, Set.of(u.role())));
            users.raise(DEMO, Actor.SYSTEM, "overseer", Sight.OPERATOR);
        }
    }

    private record DemoUser(String login, String name, Role role) {}
}
