package io.zhitong.backend.identity;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.foundation.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
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
    private static final String ALL =
            "select community_id, id, login, name, password_hash, state, sight, (select c.name"
                    + " from community c where c.community_id = u.community_id) as place from console_user u";

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
        return jdbc.sql(ALL + " where login = ?")
                .param(login)
                .query((row, n) -> withoutRoles(row))
                .optional()
                .map(this::withRoles);
    }

    /** All of a community, by log-in name. */
    public List<ConsoleUser> of(CommunityId community) {
        return jdbc
                .sql(ALL + " where community_id = ? order by login")
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
                AccountState.valueOf(row.getString("state")),
                new Outlook(
                        row.getInt("community_id"),
                        Sight.valueOf(row.getString("sight")),
                        Objects.requireNonNullElse(row.getString("place"), "")));
    }

    private ConsoleUser withRoles(ConsoleUser user) {
        return new ConsoleUser(
                user.id(),
                user.login(),
                user.name(),
                user.passwordHash(),
                user.communityId(),
                roles(user),
                user.state(),
                user.outlook());
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
        jdbc.sql("update console_user set made_by = given_by, made_at = given_at where community_id = ? and login = ?")
                .params(community.value(), login)
                .update();
    }

    /** Who sees further than the community, which must keep such users ({@link Reach#keeps}): reads only; the password as with addGiven. */
    @Transactional
    public void addAbove(CommunityId head, Actor by, String login, String name, String password, Sight sight) {
        addGiven(head, by, login, name, password, Set.of(Role.OVERSEER));
        raise(head, by, login, sight);
    }

    void raise(CommunityId head, Actor by, String login, Sight sight) {
        jdbc.sql("update console_user set sight = ? where community_id = ? and login = ?")
                .params(sight.name(), head.value(), login)
                .update();
        audit.record(head, by, "user.sight", "user " + login, Sight.COMMUNITY.name(), sight.name());
    }

    /** Somebody else chose this user's password. */
    void given(CommunityId community, String login, Actor by) {
        jdbc.sql("update console_user set given_by = ?, given_at = ? where community_id = ? and login = ?")
                .params(by.name(), OffsetDateTime.now(clock), community.value(), login)
                .update();
    }

    /** Whose hands the accounts are for something that was begun then. */
    public Hands hands(CommunityId community, Instant begun) {
        OffsetDateTime since = OffsetDateTime.ofInstant(begun, ZoneOffset.UTC).minusHours(Hands.HOURS);
        return new Hands(of(community), by(community, "given", since), by(community, "made", since));
    }

    /** Log-in names and who did that to them later than then. */
    private Map<String, String> by(CommunityId community, String what, OffsetDateTime since) {
        Map<String, String> by = new HashMap<>();
        jdbc.sql("select login, %1$s_by from console_user where community_id = ? and %1$s_by <> '' and %1$s_at > ?"
                        .formatted(what))
                .params(community.value(), since)
                .query(row -> {
                    by.put(row.getString(1), row.getString(2));
                });
        return by;
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
