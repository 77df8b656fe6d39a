package io.zhitong.backend.identity;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.foundation.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The console's users (用户). Log-in names are unique over all communities, because a log-in names no community. */
@Component
public class Users {
    static final int HAND_HOURS = 72;

    private final JdbcClient jdbc;
    private final PasswordEncoder passwords;
    private final TimeOrderedIds ids;
    private final AuditLog audit;
    private final Clock clock;

    Users(JdbcClient jdbc, PasswordEncoder passwords, TimeOrderedIds ids, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
    }

    public Optional<ConsoleUser> find(String login) {
        return jdbc.sql("select community_id, id, login, name, password_hash, state from console_user where login = ?")
                .param(login)
                .query((row, n) -> withoutRoles(row))
                .optional()
                .map(this::withRoles);
    }

    /** All of a community, by log-in name. */
    public List<ConsoleUser> of(CommunityId community) {
        return jdbc
                .sql("select community_id, id, login, name, password_hash, state from console_user"
                        + " where community_id = ? order by login")
                .param(community.value())
                .query((row, n) -> withoutRoles(row))
                .list()
                .stream()
                .map(this::withRoles)
                .toList();
    }

    private static ConsoleUser withoutRoles(ResultSet row) throws SQLException {
        return new ConsoleUser(
                row.getObject("id", UUID.class),
                row.getString("login"),
                row.getString("name"),
                row.getString("password_hash"),
                row.getInt("community_id"),
                Set.of(),
                AccountState.valueOf(row.getString("state")));
    }

    private ConsoleUser withRoles(ConsoleUser user) {
        return new ConsoleUser(
                user.id(),
                user.login(),
                user.name(),
                user.passwordHash(),
                user.communityId(),
                roles(user),
                user.state());
    }

    private Set<Role> roles(ConsoleUser user) {
        List<String> names = jdbc.sql("select role from console_user_role where community_id = ? and user_id = ?")
                .params(user.communityId(), user.id())
                .query(String.class)
                .list();
        return names.stream().map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    public boolean none() {
        return jdbc.sql("select count(*) from console_user").query(Long.class).single() == 0;
    }

    /** With a password of the user's own choice. */
    @Transactional
    public void add(CommunityId community, Actor by, String login, String name, String password, Set<Role> roles) {
        addHashed(community, by, login, name, hash(password), roles);
    }

    /** With a password that the administrator knows and the user changes at the first log-in. */
    @Transactional
    public void addGiven(CommunityId community, Actor by, String login, String name, String password, Set<Role> roles) {
        String hash = hash(password);
        addHashed(community, by, login, name, hash, roles);
        put(community, login, hash, AccountState.GIVEN);
        given(community, login, by);
    }

    /** Somebody else chose this user's password. */
    void given(CommunityId community, String login, Actor by) {
        jdbc.sql("update console_user set given_by = ?, given_at = ? where community_id = ? and login = ?")
                .params(by.name(), OffsetDateTime.now(clock), community.value(), login)
                .update();
    }

    /**
     * Whose hand an account is (同一人): its own user's, or, for {@value #HAND_HOURS} hours after somebody made it or gave it a password,
     * that of whoever did, and so on.
     */
    public Actor hand(CommunityId community, Actor account) {
        return hand(given(community), account.name());
    }

    /** How many hands the accounts are that have one of these roles; who was disabled still counts. */
    public long hands(CommunityId community, Set<Role> roles) {
        Map<String, String> given = given(community);
        return of(community).stream()
                .filter(user -> user.roles().stream().anyMatch(roles::contains))
                .map(user -> hand(given, user.login()))
                .distinct()
                .count();
    }

    private Map<String, String> given(CommunityId community) {
        Map<String, String> given = new HashMap<>();
        jdbc.sql("select login, given_by from console_user where community_id = ? and given_by <> '' and given_at > ?")
                .params(community.value(), OffsetDateTime.now(clock).minusHours(HAND_HOURS))
                .query(row -> {
                    given.put(row.getString(1), row.getString(2));
                });
        return given;
    }

    private static Actor hand(Map<String, String> given, String login) {
        Set<String> seen = new HashSet<>();
        String hand = login;
        while (given.containsKey(hand) && seen.add(hand)) {
            hand = given.get(hand);
        }
        return new Actor(hand);
    }

    /** False if the community has no such user. */
    boolean put(CommunityId community, String login, String hash, AccountState state) {
        return jdbc.sql("update console_user set password_hash = ?, state = ? where community_id = ? and login = ?")
                        .params(hash, state.name(), community.value(), login)
                        .update()
                == 1;
    }

    /** What is kept of a password: its Argon2id hash, with a fresh salt. */
    public String hash(String password) {
        return Objects.requireNonNull(passwords.encode(password), "no password encodes to nothing");
    }

    /** With a hash made before. Users who share one are seen to share their password: the demo's do, and it is published. */
    @Transactional
    public void addHashed(CommunityId community, Actor by, String login, String name, String hash, Set<Role> roles) {
        UUID id = ids.next();
        jdbc.sql("insert into console_user (community_id, id, login, name, password_hash) values (?, ?, ?, ?, ?)")
                .params(community.value(), id, login, name, hash)
                .update();
        for (Role role : roles) {
            jdbc.sql("insert into console_user_role (community_id, user_id, role) values (?, ?, ?)")
                    .params(community.value(), id, role.name())
                    .update();
        }
        audit.record(community, by, "user.add", "user " + login, "", name + " " + roles);
    }
}
