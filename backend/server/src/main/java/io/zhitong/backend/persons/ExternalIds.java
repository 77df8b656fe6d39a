package io.zhitong.backend.persons;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.ResidenceRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Under which names other systems know our persons (外部系统编号): (source, id) is one person's, and one residence that came with it. */
@Component
public class ExternalIds {
    private final JdbcClient jdbc;

    ExternalIds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A name of a person elsewhere. */
    public record Name(String source, String id) {}

    /**
     * What stands here of a person that came from elsewhere.
     *
     * @param ended the residence that came with it was ended since
     */
    record Known(
            PersonId person,
            String name,
            String initials,
            UUID unit,
            ResidenceRole role,
            boolean ended,
            UUID residence) {}

    /** All of one source by its own names. */
    Map<String, Known> of(CommunityId community, String source) {
        Map<String, Known> all = new HashMap<>();
        jdbc.sql("select x.external_id, x.person_id, p.name, p.initials, h.unit_id, r.role, r.valid_to, r.id residence"
                        + " from external_id x"
                        + " join person p on p.community_id = x.community_id and p.id = x.person_id"
                        + " join residence r on r.community_id = x.community_id and r.id = x.residence_id"
                        + " join household h on h.community_id = r.community_id and h.id = r.household_id"
                        + " where x.community_id = ? and x.source = ?")
                .params(community.value(), source)
                .query(row -> {
                    all.put(row.getString("external_id"), known(row));
                });
        return all;
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                new PersonId(row.getObject("person_id", UUID.class)),
                row.getString("name"),
                row.getString("initials"),
                row.getObject("unit_id", UUID.class),
                ResidenceRole.valueOf(row.getString("role")),
                row.getObject("valid_to") != null,
                row.getObject("residence", UUID.class));
    }

    /** How other systems name the person. */
    public List<Name> of(CommunityId community, PersonId person) {
        return jdbc.sql("select source, external_id from external_id where community_id = ? and person_id = ?"
                        + " order by source, external_id")
                .params(community.value(), person.value())
                .query((row, n) -> new Name(row.getString(1), row.getString(2)))
                .list();
    }

    @Transactional
    void add(CommunityId community, Name name, PersonId person, UUID residence) {
        jdbc.sql("insert into external_id (community_id, source, external_id, person_id, residence_id)"
                        + " values (?, ?, ?, ?, ?)")
                .params(community.value(), name.source(), name.id(), person.value(), residence)
                .update();
    }

    @Transactional
    void moved(CommunityId community, Name name, UUID residence) {
        jdbc.sql("update external_id set residence_id = ? where community_id = ? and source = ? and external_id = ?")
                .params(residence, community.value(), name.source(), name.id())
                .update();
    }

    /** The person is not known from elsewhere any more. */
    @Transactional
    void forget(CommunityId community, PersonId person) {
        jdbc.sql("delete from external_id where community_id = ? and person_id = ?")
                .params(community.value(), person.value())
                .update();
    }
}
