package io.zhitong.backend.identity;

import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.CheapPasswords;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
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

    /** Somebody of community 1 who is in no table. */
    public static ConsoleUser principal(String login, Role... roles) {
        return new ConsoleUser(new UUID(0, 1), login, "名字", "secret-hash", 1, Set.of(roles), AccountState.OPEN);
    }
}
