package io.zhitong.backend.persons;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.people.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Requests to erase, and what became of them (删除申请表). */
@Component
class ErasureRows {
    private final JdbcClient jdbc;
    private final Clock clock;

    ErasureRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Erasure> newest(CommunityId community, int most) {
        return jdbc.sql("select * from person_erasure where community_id = ?"
                        + " order by case when done_at is null then 0 else 1 end, asked_at desc limit ?")
                .params(community.value(), most)
                .query((row, n) -> erasure(row))
                .list();
    }

    Optional<Erasure> of(CommunityId community, PersonId person) {
        return of(community, person, "");
    }

    /** Held until the transaction ends, so that two who decide come one after the other. */
    Optional<Erasure> locked(CommunityId community, PersonId person) {
        return of(community, person, " for update");
    }

    private Optional<Erasure> of(CommunityId community, PersonId person, String lock) {
        return jdbc.sql("select * from person_erasure where community_id = ? and person_id = ?" + lock)
                .params(community.value(), person.value())
                .query((row, n) -> erasure(row))
                .optional();
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        return new Erasure(
                new PersonId(row.getObject("person_id", UUID.class)),
                row.getString("asked_by"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getString("why"),
                Optional.ofNullable(row.getString("done_by")),
                Optional.ofNullable(row.getObject("done_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    /** False when it was asked before. */
    boolean ask(CommunityId community, PersonId person, String by, String why) {
        return jdbc.sql("insert into person_erasure (community_id, person_id, asked_by, asked_at, why)"
                                + " values (?, ?, ?, ?, ?) on conflict do nothing")
                        .params(community.value(), person.value(), by, OffsetDateTime.now(clock), why)
                        .update()
                == 1;
    }

    /** False when there is none that waits. */
    boolean withdraw(CommunityId community, PersonId person) {
        return jdbc.sql("delete from person_erasure where community_id = ? and person_id = ? and done_at is null")
                        .params(community.value(), person.value())
                        .update()
                == 1;
    }

    void done(CommunityId community, PersonId person, String by) {
        jdbc.sql("update person_erasure set done_by = ?, done_at = ? where community_id = ? and person_id = ?")
                .params(by, OffsetDateTime.now(clock), community.value(), person.value())
                .update();
    }
}
