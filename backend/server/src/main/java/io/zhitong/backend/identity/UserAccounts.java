package io.zhitong.backend.identity;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import java.util.Optional;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Passwords and states of accounts that exist (账号管理). Whatever changes, every session of that account is over: who stole one has
 * it no longer. Thread-safe.
 */
@Component
public class UserAccounts {
    private final Users users;
    private final PasswordEncoder passwords;
    private final LoginLimiter limiter;
    private final AuditLog audit;
    private final FindByIndexNameSessionRepository<? extends Session> sessions;
    private final TransactionTemplate transactions;

    UserAccounts(
            Users users,
            PasswordEncoder passwords,
            LoginLimiter limiter,
            AuditLog audit,
            FindByIndexNameSessionRepository<? extends Session> sessions,
            TransactionTemplate transactions) {
        this.users = users;
        this.passwords = passwords;
        this.limiter = limiter;
        this.audit = audit;
        this.sessions = sessions;
        this.transactions = transactions;
    }

    /** Why an account was not changed (账号未变更的原因). */
    public enum Problem {
        /** The password that was given as the present one is not. */
        WRONG,
        /** Too many wrong ones. */
        WAIT,
        /** The new password is the old one. */
        SAME,
        /** The community has no such user. */
        UNKNOWN,
        /** Nobody takes away the own account. */
        OWN
    }

    /** The user's own change; {@code next} keeps {@link PasswordRules}. */
    public Optional<Problem> change(ConsoleUser user, String present, String next) {
        if (limiter.guessedOften(user.login())) {
            return Optional.of(Problem.WAIT);
        }
        // The session's copy may be older than another session's change.
        Optional<ConsoleUser> now = users.find(user.login());
        if (now.isEmpty() || !passwords.matches(present, now.get().passwordHash())) {
            limiter.guessed(user.login());
            return Optional.of(Problem.WRONG);
        }
        if (present.equals(next)) {
            return Optional.of(Problem.SAME);
        }
        return put(
                user.outlook().homeCommunity(),
                user.actor(),
                user.login(),
                users.hash(next),
                AccountState.OPEN,
                "user.password");
    }

    /** A new password by the administrator, who also opens a disabled account with it; the user changes it at the log-in. */
    public Optional<Problem> give(ConsoleUser by, String login, String password) {
        return refused(by, login)
                .or(() ->
                        put(by.community(), by.actor(), login, users.hash(password), AccountState.GIVEN, "user.give"));
    }

    /** No log-in any more, and no session. */
    public Optional<Problem> disable(ConsoleUser by, String login) {
        // What no password hashes to: the old one is of no use either should the state be lost.
        return refused(by, login)
                .or(() -> put(by.community(), by.actor(), login, "", AccountState.DISABLED, "user.disable"));
    }

    private static Optional<Problem> refused(ConsoleUser by, String login) {
        return by.login().equals(login) ? Optional.of(Problem.OWN) : Optional.empty();
    }

    private Optional<Problem> put(
            CommunityId community, Actor by, String login, String hash, AccountState state, String action) {
        boolean known = Boolean.TRUE.equals(transactions.execute(status -> {
            boolean there = users.put(community, login, hash, state);
            if (there && state == AccountState.GIVEN) {
                users.given(community, login, by);
            }
            if (there) {
                audit.record(community, by, action, "user " + login, "", state.name());
            }
            return there;
        }));
        if (!known) {
            return Optional.of(Problem.UNKNOWN);
        }
        sessions.findByPrincipalName(login).keySet().forEach(sessions::deleteById);
        return Optional.empty();
    }
}
