package io.zhitong.backend.people;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.foundation.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Persons and where they live (人员与居住). Person ≠ household ≠ residence: a person may live in several units, as several things,
 * over time; a residence is never overwritten, its end is written.
 */
@Component
public class People {
    /** Stands where the name of an erased person stood. */
    public static final String ERASED = "—";

    private static final String RESIDENTS = "select p.id person_id, p.name person_name, p.initials, u.id unit_id,"
            + " u.name unit_name, r.role from residence r"
            + " join person p on p.community_id = r.community_id and p.id = r.person_id"
            + " join household h on h.community_id = r.community_id and h.id = r.household_id"
            + " join estate_unit u on u.community_id = h.community_id and u.id = h.unit_id"
            + " where r.community_id = ? and r.valid_from <= ? and (r.valid_to is null or r.valid_to > ?)";

    private static final String RESIDENT_HOMES = "select r.person_id, u.id, u.building_id from residence r"
            + " join household h on h.community_id = r.community_id and h.id = r.household_id"
            + " join estate_unit u on u.community_id = h.community_id and u.id = h.unit_id"
            + " where r.community_id = ? and r.valid_from <= ? and (r.valid_to is null or r.valid_to > ?)";

    private final JdbcClient jdbc;
    private final TimeOrderedIds ids;

    People(JdbcClient jdbc, TimeOrderedIds ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /**
     * Residents of a day whose name, initials or unit contain the text; all of them for an empty text.
     *
     * @param limit at most this many, ordered by unit and name
     */
    public List<Resident> search(CommunityId community, LocalDate day, String text, int limit) {
        String pattern = "%" + text.strip().toLowerCase(Locale.ROOT).replaceAll("[%_\\\\\0]", "") + "%";
        return jdbc.sql(RESIDENTS + " and (lower(p.name) like ? or p.initials like ? or lower(u.name) like ?)"
                        + " order by u.name, p.name limit ?")
                .params(community.value(), day, day, pattern, pattern, pattern, limit)
                .query((row, n) -> resident(row))
                .list();
    }

    /** The person's residences of a day; empty when the person lives nowhere here. */
    public List<Resident> residences(CommunityId community, LocalDate day, PersonId person) {
        return jdbc.sql(RESIDENTS + " and p.id = ? order by u.name")
                .params(community.value(), day, day, person.value())
                .query((row, n) -> resident(row))
                .list();
    }

    private static Resident resident(ResultSet row) throws SQLException {
        return new Resident(
                new PersonId(row.getObject("person_id", UUID.class)),
                row.getString("person_name"),
                row.getString("initials"),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                ResidenceRole.valueOf(row.getString("role")));
    }

    /** Everybody who lives here on that day. */
    public Set<PersonId> residents(CommunityId community, LocalDate day) {
        return Set.copyOf(jdbc.sql("select distinct person_id from residence where community_id = ? and valid_from <= ?"
                        + " and (valid_to is null or valid_to > ?)")
                .params(community.value(), day, day)
                .query((row, n) -> new PersonId(row.getObject(1, UUID.class)))
                .list());
    }

    /** Units and their buildings where each person lives on that day. */
    public Map<PersonId, Set<UUID>> homes(CommunityId community, LocalDate day) {
        return homes(RESIDENT_HOMES, community, day, Optional.empty());
    }

    /** The same of one person; nothing of a person who lives nowhere here. */
    public Set<UUID> homes(CommunityId community, LocalDate day, PersonId person) {
        return homes(RESIDENT_HOMES + " and r.person_id = ?", community, day, Optional.of(person))
                .getOrDefault(person, Set.of());
    }

    private Map<PersonId, Set<UUID>> homes(
            String sql, CommunityId community, LocalDate day, Optional<PersonId> person) {
        Map<PersonId, Set<UUID>> homes = new HashMap<>();
        List<Object> params = new ArrayList<>(List.of(community.value(), day, day));
        person.ifPresent(one -> params.add(one.value()));
        jdbc.sql(sql).params(params).query(row -> {
            Set<UUID> of = homes.computeIfAbsent(new PersonId(row.getObject(1, UUID.class)), each -> new HashSet<>());
            of.add(row.getObject(2, UUID.class));
            of.add(row.getObject(3, UUID.class));
        });
        return homes;
    }

    public Optional<String> name(CommunityId community, PersonId person) {
        return jdbc.sql("select name from person where community_id = ? and id = ?")
                .params(community.value(), person.value())
                .query(String.class)
                .optional();
    }

    public boolean none(CommunityId community) {
        return jdbc.sql("select count(*) from person where community_id = ?")
                        .param(community.value())
                        .query(Long.class)
                        .single()
                == 0;
    }

    @Transactional
    public PersonId addPerson(CommunityId community, String name, String initials) {
        UUID id = ids.next();
        jdbc.sql("insert into person (community_id, id, name, initials) values (?, ?, ?, ?)")
                .params(community.value(), id, name, initials)
                .update();
        return new PersonId(id);
    }

    @Transactional
    public UUID addHousehold(CommunityId community, UUID unit) {
        UUID id = ids.next();
        jdbc.sql("insert into household (community_id, id, unit_id) values (?, ?, ?)")
                .params(community.value(), id, unit)
                .update();
        return id;
    }

    /** The household that lived in the unit last; nothing in one where nobody ever did. */
    public Optional<UUID> household(CommunityId community, UUID unit) {
        return jdbc.sql("select id from household where community_id = ? and unit_id = ? order by id desc limit 1")
                .params(community.value(), unit)
                .query(UUID.class)
                .optional();
    }

    /** The person's residence in a unit as that, if it has no end. */
    public Optional<UUID> openResidence(CommunityId community, PersonId person, UUID unit, ResidenceRole role) {
        return jdbc.sql("select r.id from residence r join household h on h.community_id = r.community_id"
                        + " and h.id = r.household_id where r.community_id = ? and r.person_id = ? and h.unit_id = ?"
                        + " and r.role = ? and r.valid_to is null order by r.id limit 1")
                .params(community.value(), person.value(), unit, role.name())
                .query(UUID.class)
                .optional();
    }

    /**
     * Writes the end of the person's residence in a unit.
     *
     * @param to the first day on which it is over
     * @return whether there was one without an end
     */
    @Transactional
    public boolean endResidence(CommunityId community, PersonId person, UUID unit, LocalDate to) {
        return jdbc.sql(
                                "update residence set valid_to = ? where community_id = ? and person_id = ? and valid_to is null"
                                        + " and household_id in (select id from household where community_id = ? and unit_id = ?)")
                        .params(to, community.value(), person.value(), community.value(), unit)
                        .update()
                > 0;
    }

    /** @return the residence's id */
    @Transactional
    public UUID addResidence(
            CommunityId community, PersonId person, UUID household, ResidenceRole role, LocalDate from) {
        UUID id = ids.next();
        jdbc.sql("insert into residence (community_id, id, person_id, household_id, role, valid_from)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(community.value(), id, person.value(), household, role.name(), from)
                .update();
        return id;
    }

    /** Another name, as the person's papers have it. */
    @Transactional
    public void rename(CommunityId community, PersonId person, String name, String initials) {
        jdbc.sql("update person set name = ?, initials = ? where community_id = ? and id = ? and erased_at is null")
                .params(name, initials, community.value(), person.value())
                .update();
    }

    /**
     * Ends all residences of the person and takes the name away for good; the number that events and money name stays.
     *
     * @return false when that was done before, or there is no such person
     */
    @Transactional
    public boolean erase(CommunityId community, PersonId person, LocalDate today, Instant now) {
        jdbc.sql("update residence set valid_to = ? where community_id = ? and person_id = ?"
                        + " and (valid_to is null or valid_to > ?)")
                .params(today, community.value(), person.value(), today)
                .update();
        return jdbc.sql("update person set name = ?, initials = '', erased_at = ?"
                                + " where community_id = ? and id = ? and erased_at is null")
                        .params(
                                ERASED,
                                OffsetDateTime.ofInstant(now, ZoneOffset.UTC),
                                community.value(),
                                person.value())
                        .update()
                == 1;
    }
}
