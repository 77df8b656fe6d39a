package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.people.PersonId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives persons the numbers by which devices know them (持有人编号): u32 from 1 in each community, kept for ever. */
@Component
public class HolderNumbers {
    private static final int FEW = 100;

    private final JdbcClient jdbc;

    HolderNumbers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The numbers of these persons; who has none yet gets the next one. */
    @Transactional
    public Map<PersonId, Long> of(CommunityId community, Collection<PersonId> persons) {
        Map<PersonId, Long> numbers = persons.size() <= FEW ? known(community, persons) : known(community);
        List<PersonId> fresh = persons.stream()
                .distinct()
                .filter(person -> !numbers.containsKey(person))
                .toList();
        long last = fresh.isEmpty() ? 0 : last(community);
        for (PersonId person : fresh) {
            last++;
            jdbc.sql("insert into access_holder (community_id, person_id, number) values (?, ?, ?)")
                    .params(community.value(), person.value(), last)
                    .update();
            numbers.put(person, last);
        }
        return numbers;
    }

    private Map<PersonId, Long> known(CommunityId community) {
        return numbers(jdbc.sql("select person_id, number from access_holder where community_id = :community")
                .param("community", community.value()));
    }

    private Map<PersonId, Long> known(CommunityId community, Collection<PersonId> persons) {
        if (persons.isEmpty()) {
            return new HashMap<>();
        }
        return numbers(jdbc.sql("select person_id, number from access_holder where community_id = :community"
                        + " and person_id in (:persons)")
                .param("community", community.value())
                .param("persons", persons.stream().map(PersonId::value).toList()));
    }

    private static Map<PersonId, Long> numbers(JdbcClient.StatementSpec asked) {
        Map<PersonId, Long> numbers = new HashMap<>();
        asked.query(row -> {
            numbers.put(new PersonId(row.getObject(1, UUID.class)), row.getLong(2));
        });
        return numbers;
    }

    private long last(CommunityId community) {
        return jdbc.sql("select coalesce(max(number), 0) from access_holder where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .single();
    }
}
