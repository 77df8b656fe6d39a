package io.zhitong.backend.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

@BothDatabases
final class PeopleTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

    private final People people;
    private final TestEstate estate;

    PeopleTest(TestDatabase database) {
        people = new People(database.jdbc(), new TimeOrderedIds(Clock.systemUTC()));
        estate = new TestEstate(database);
    }

    @Test
    void a_resident_is_found_by_name_by_pinyin_initials_and_by_room() {
        Community community = estate.community(1);
        UUID unit = estate.unit(community, "1号楼101");
        PersonId person = people.addPerson(ONE, "张伟", "zw");
        people.addResidence(ONE, person, people.addHousehold(ONE, unit), ResidenceRole.OWNER, LocalDate.of(2026, 1, 1));
        for (String text : new String[] {"张", "ZW", "号楼101", ""}) {
            assertThat(people.search(ONE, DAY, text, 10))
                    .extracting(Resident::name, Resident::unitName, Resident::role)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("张伟", "1号楼101", ResidenceRole.OWNER));
        }
        assertThat(people.search(ONE, DAY, "李", 10)).isEmpty();
        assertThat(people.search(ONE, DAY, "%", 10)).hasSize(1);
    }

    @Test
    void a_person_may_live_in_two_units_and_not_yet_in_a_third() {
        Community community = estate.community(1);
        PersonId person = people.addPerson(ONE, "李娜", "ln");
        for (String unit : new String[] {"101", "102"}) {
            UUID household = people.addHousehold(ONE, estate.unit(community, unit));
            people.addResidence(ONE, person, household, ResidenceRole.OWNER, LocalDate.of(2026, 1, 1));
        }
        UUID later = people.addHousehold(ONE, estate.unit(community, "103"));
        people.addResidence(ONE, person, later, ResidenceRole.OWNER, LocalDate.of(2026, 7, 1));
        assertThat(people.residences(ONE, DAY, person))
                .extracting(Resident::unitName)
                .containsExactly("101", "102");
    }

    @Test
    void a_row_cannot_point_into_another_community() {
        UUID unit = estate.unit(estate.community(2), "101");
        estate.community(1);
        assertThatThrownBy(() -> people.addHousehold(ONE, unit)).isInstanceOf(DataIntegrityViolationException.class);
    }
}
