package io.zhitong.backend.identity;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.CheapPasswords;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Users on a test's database, and principals for tests of every module. */
public final class TestUsers {
    private TestUsers() {}

    static Users on(TestDatabase database, PasswordEncoder passwords) {
        return on(database, passwords, Clock.systemUTC());
    }

    static Users on(TestDatabase database, PasswordEncoder passwords, Clock clock) {
        return new Users(database.jdbc(), passwords, new TimeOrderedIds(clock), TestAudit.log(database, clock), clock);
    }

    /** For tests of other modules. */
    public static Users plain(TestDatabase database, Clock clock) {
        return on(database, CheapPasswords.cheapPasswordEncoder(), clock);
    }

    /** What the tables of a test's database say. */
    public static Reach reach(TestDatabase database) {
        return new ReachRows(database.jdbc());
    }

    /** Everybody sees these. */
    static Reach seeing(int... communities) {
        return new Reach() {
            @Override
            public List<CommunityId> of(ConsoleUser user) {
                return Arrays.stream(communities).mapToObj(CommunityId::new).toList();
            }

            @Override
            public Set<Sight> keeps(CommunityId community) {
                return Set.of();
            }
        };
    }

    /** Somebody above communities whose account community 1 keeps, looking at one. */
    public static ConsoleUser above(Sight sight, int looking, Role... roles) {
        return new ConsoleUser(
                new UUID(0, 2),
                "zhao",
                "赵经理",
                "secret-hash",
                looking,
                Set.of(roles),
                AccountState.OPEN,
                new Outlook(1, sight, "小区" + looking));
    }

    /** Somebody of community 1 who is in no table. */
    public static ConsoleUser principal(String login, Role... roles) {
        return new ConsoleUser(new UUID(0, 1), login, "名字", "secret-hash", 1, Set.of(roles), AccountState.OPEN);
    }
}
