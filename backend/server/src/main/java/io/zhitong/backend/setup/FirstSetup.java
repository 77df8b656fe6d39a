package io.zhitong.backend.setup;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.Users;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The first administrator of an installation without the demo (首次设置): whoever holds the one-time code names the community
 * and the administrator, once. From then on nothing of this is there. Thread-safe.
 */
@Component
public class FirstSetup {
    private static final Logger LOG = LoggerFactory.getLogger(FirstSetup.class);
    private static final CommunityId FIRST = new CommunityId(1);

    private final ZhitongSettings settings;
    private final Users users;
    private final Estate estate;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final SetupCode code;

    FirstSetup(
            ZhitongSettings settings,
            Users users,
            Estate estate,
            AuditLog audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.settings = settings;
        this.users = users;
        this.estate = estate;
        this.audit = audit;
        this.transactions = transactions;
        this.code = new SetupCode(file(), clock);
    }

    private Path file() {
        return settings.home().resolve("setup-code");
    }

    @EventListener(ApplicationStartedEvent.class)
    void prepare() {
        if (open()) {
            LOG.warn("no user exists: first set-up at /setup, with the code in {}", file());
        } else {
            code.over();
        }
    }

    /** Whether there is no user yet; then there is a code. */
    public boolean open() {
        boolean open = !settings.demo() && users.none();
        if (open) {
            code.ready();
        }
        return open;
    }

    /**
     * Makes community and administrator.
     *
     * @param typed the code; looked at before anything else
     * @return why not, or empty when it is done
     * @throws IllegalStateException when there is a user already
     */
    public synchronized Optional<SetupProblem> create(String typed, NewCommunity community, NewUser administrator) {
        if (!open()) {
            throw new IllegalStateException("there is a user already");
        }
        Optional<SetupProblem> problem =
                codeProblem(typed).or(community::problem).or(administrator::problem);
        if (problem.isEmpty()) {
            transactions.executeWithoutResult(status -> store(community, administrator));
            code.over();
            LOG.info("first set-up done by {}", administrator.login());
        }
        return problem;
    }

    private Optional<SetupProblem> codeProblem(String typed) {
        return switch (code.tried(typed)) {
            case RIGHT -> Optional.empty();
            case WRONG -> Optional.of(SetupProblem.CODE);
            case WAIT -> Optional.of(SetupProblem.WAIT);
        };
    }

    /** Two backends of one database: the second meets the key of the first one's row. */
    private void store(NewCommunity community, NewUser administrator) {
        if (estate.community(FIRST).isEmpty()) {
            estate.addCommunity(community.as(FIRST));
        }
        audit.record(FIRST, Actor.SYSTEM, "community.first", "community " + community.number(), "", community.name());
        users.add(
                FIRST,
                Actor.SYSTEM,
                administrator.login(),
                administrator.name(),
                administrator.password(),
                Set.of(Role.ADMIN));
    }
}
