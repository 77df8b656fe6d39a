package io.zhitong.backend.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@BothDatabases
final class SearchTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

    private final People people;
    private final TestEstate estate;
    private final TestDatabase database;

    SearchTest(TestDatabase database) {
        this.database = database;
        people = TestPeople.on(database);
        estate = new TestEstate(database);
        estate.demo();
        new DemoPeople(estate.estate(), people).seed();
        new DemoPeople(estate.estate(), people).seed();
    }

    @Test
    void residents_are_found_by_any_part_of_name_initials_or_room_in_the_order_of_rooms() {
        for (String line : List.of(
                "张; 张伟",
                "伟; 张伟",
                "ZW; 张伟",
                " wf ; 王芳",
                "2号楼; 陈静 赵磊",
                "1号楼101; 张伟 王芳",
                "l; 李娜 刘洋 赵磊",
                "101; 张伟 王芳",
                "zz; ",
                "号楼9; ")) {
            String[] parts = line.split("; ?", 2);
            assertThat(String.join(" ", names(parts[0]))).as(line).isEqualTo(parts[1]);
        }
    }

    @Test
    void signs_with_a_meaning_for_the_database_find_nobody_and_break_nothing() {
        for (String text : new String[] {"'", "\\x", "张\u0000伟x", "') or 1=1 --", "[a-z]", "🙂", "张%x", "\uD800"}) {
            assertThat(people.search(ONE, DAY, text, 10)).as(text).isEmpty();
        }
    }

    @Test
    void nobody_is_seeded_twice_and_every_demo_person_lives_somewhere() {
        assertThat(names("")).hasSize(6).doesNotHaveDuplicates();
        assertThat(people.search(ONE, DAY, "", 4)).hasSize(4);
        assertThat(people.search(ONE, LocalDate.of(2025, 12, 31), "", 10)).isEmpty();
        assertThat(people.search(new CommunityId(2), DAY, "", 10)).isEmpty();
    }

    @Test
    void a_residence_counts_from_its_first_day_up_to_the_day_before_its_end() {
        PersonId person = people.addPerson(ONE, "周杰", "zj");
        UUID household =
                people.addHousehold(ONE, estate.estate().units(ONE).get(11).id());
        people.addResidence(ONE, person, household, ResidenceRole.TENANT, LocalDate.of(2026, 3, 1));
        database.jdbc()
                .sql("update residence set valid_to = ? where person_id = ?")
                .params(LocalDate.of(2026, 4, 1), person.value())
                .update();
        for (String day : List.of("2026-03-01", "2026-03-31")) {
            assertThat(people.residences(ONE, LocalDate.parse(day), person)).hasSize(1);
            assertThat(people.residents(ONE, LocalDate.parse(day))).contains(person);
        }
        for (String day : List.of("2026-02-28", "2026-04-01")) {
            assertThat(people.residences(ONE, LocalDate.parse(day), person)).isEmpty();
            assertThat(people.residents(ONE, LocalDate.parse(day))).doesNotContain(person);
        }
    }

    @Test
    void a_name_is_known_in_its_own_community_only() {
        PersonId person = people.addPerson(ONE, "周杰", "zj");
        assertThat(people.name(ONE, person)).hasValue("周杰");
        assertThat(people.name(new CommunityId(2), person)).isEmpty();
        assertThat(people.none(new CommunityId(2))).isTrue();
        assertThat(people.none(ONE)).isFalse();
    }

    @Test
    void every_role_of_a_residence_is_stored_and_read_back() {
        for (ResidenceRole role : ResidenceRole.values()) {
            PersonId person = people.addPerson(ONE, "人" + role, "r");
            UUID household =
                    people.addHousehold(ONE, estate.estate().units(ONE).get(10).id());
            people.addResidence(ONE, person, household, role, DAY.plusYears(1));
            assertThat(people.residences(ONE, DAY.plusYears(1), person))
                    .extracting(Resident::role)
                    .containsExactly(role);
        }
    }

    private List<String> names(String text) {
        return people.search(ONE, DAY, text, 100).stream().map(Resident::name).toList();
    }
}
