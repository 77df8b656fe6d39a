package io.zhitong.backend.people;

import io.zhitong.accessmodel.CommunityId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Wrapped keys and encrypted values of persons in the database (个人信息密文表). */
@Component
class DatumRows {
    private final JdbcClient jdbc;

    DatumRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param digestVersion of the community's key by which the digest was made */
    record Row(PersonId person, PersonalField field, byte[] iv, byte[] sealed, int digestVersion, byte[] digest) {}

    Map<PersonId, PersonKeys.Wrapped> keys(CommunityId community, Collection<PersonId> persons) {
        Map<PersonId, PersonKeys.Wrapped> found = new HashMap<>();
        if (!persons.isEmpty()) {
            jdbc.sql("select person_id, master_version, wrapped from person_key"
                            + " where community_id = :community and person_id in (:persons)")
                    .param("community", community.value())
                    .param("persons", ids(persons))
                    .query(row -> {
                        PersonId person = new PersonId(row.getObject(1, UUID.class));
                        found.put(person, new PersonKeys.Wrapped(person, row.getInt(2), row.getBytes(3)));
                    });
        }
        return found;
    }

    boolean none(CommunityId community) {
        return jdbc.sql("select count(*) from (select 1 from person_key where community_id = ? limit 1) one")
                        .param(community.value())
                        .query(Long.class)
                        .single()
                == 0;
    }

    /** At most so many keys that are wrapped by another version. */
    List<PersonKeys.Wrapped> behind(CommunityId community, int version, int most) {
        return jdbc.sql("select person_id, master_version, wrapped from person_key where community_id = ?"
                        + " and master_version <> ? order by person_id limit ?")
                .params(community.value(), version, most)
                .query((row, n) -> new PersonKeys.Wrapped(
                        new PersonId(row.getObject(1, UUID.class)), row.getInt(2), row.getBytes(3)))
                .list();
    }

    /** False when somebody else put one there a moment ago. */
    boolean insert(CommunityId community, PersonKeys.Wrapped key) {
        return jdbc.sql("insert into person_key (community_id, person_id, master_version, wrapped) values (?, ?, ?, ?)"
                                + " on conflict do nothing")
                        .params(community.value(), key.person().value(), key.version(), key.key())
                        .update()
                == 1;
    }

    void update(CommunityId community, PersonKeys.Wrapped key) {
        jdbc.sql("update person_key set master_version = ?, wrapped = ? where community_id = ? and person_id = ?")
                .params(
                        key.version(),
                        key.key(),
                        community.value(),
                        key.person().value())
                .update();
    }

    List<Row> data(CommunityId community, Collection<PersonId> persons) {
        return persons.isEmpty()
                ? List.of()
                : jdbc.sql("select * from person_datum where community_id = :community and person_id in (:persons)")
                        .param("community", community.value())
                        .param("persons", ids(persons))
                        .query((row, n) -> row(row))
                        .list();
    }

    /** Versions of the community's key by which there are digests. */
    List<Integer> digestVersions(CommunityId community) {
        return jdbc.sql("select distinct digest_version from person_datum where community_id = ?")
                .param(community.value())
                .query(Integer.class)
                .list();
    }

    List<PersonId> withDigest(CommunityId community, byte[] digest) {
        return jdbc.sql("select distinct person_id from person_datum where community_id = ? and digest = ?")
                .params(community.value(), digest)
                .query((row, n) -> new PersonId(row.getObject(1, UUID.class)))
                .list();
    }

    void put(CommunityId community, Row row) {
        remove(community, row.person(), row.field());
        jdbc.sql("insert into person_datum (community_id, person_id, field, iv, sealed, digest_version, digest)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        community.value(),
                        row.person().value(),
                        row.field().name(),
                        row.iv(),
                        row.sealed(),
                        row.digestVersion(),
                        row.digest())
                .update();
    }

    boolean remove(CommunityId community, PersonId person, PersonalField field) {
        return jdbc.sql("delete from person_datum where community_id = ? and person_id = ? and field = ?")
                        .params(community.value(), person.value(), field.name())
                        .update()
                > 0;
    }

    /** With the person's key. */
    void destroy(CommunityId community, PersonId person) {
        for (String table : List.of("person_datum", "person_key")) {
            jdbc.sql("delete from " + table + " where community_id = ? and person_id = ?")
                    .params(community.value(), person.value())
                    .update();
        }
    }

    private static List<UUID> ids(Collection<PersonId> persons) {
        return persons.stream().map(PersonId::value).toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new PersonId(row.getObject("person_id", UUID.class)),
                PersonalField.valueOf(row.getString("field")),
                row.getBytes("iv"),
                row.getBytes("sealed"),
                row.getInt("digest_version"),
                row.getBytes("digest"));
    }
}
