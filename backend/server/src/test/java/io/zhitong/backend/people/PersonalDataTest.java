package io.zhitong.backend.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.Hex;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Columns under a real vault's keys. */
@BothDatabases
final class PersonalDataTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final CommunityId TWO = new CommunityId(2);
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
    private static final String PHONE = "13800001234";
    private static final String CITIZEN = "11010519491231002X";

    private final TestDatabase database;
    private final People people;
    private final KeyService vault = RunningBackend.of(DatabaseKind.H2).bean(KeyService.class);
    private final PersonalData data;
    private final TestEstate estate;

    PersonalDataTest(TestDatabase database) {
        this.database = database;
        people = TestPeople.on(database);
        estate = new TestEstate(database);
        data = TestPersons.on(database, vault);
        estate.community(1);
        estate.community(2);
    }

    private PersonId person(CommunityId community) {
        return people.addPerson(community, "张伟", "zw");
    }

    private static PersonalData.Entry entry(PersonId person, PersonalField field, String value) {
        return new PersonalData.Entry(person, new Datum(field, value));
    }

    private List<PersonalData.Entry> put(PersonId person, PersonalField field, String value) {
        return data.put(ONE, List.of(entry(person, field, value)));
    }

    /** Every byte of a table, as text and in hex. */
    private String dump(String table) {
        List<String> all = new ArrayList<>();
        database.jdbc().sql("select * from " + table).query(row -> {
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                Object value = row.getObject(i);
                all.add(value instanceof byte[] bytes ? Hex.of(bytes) : String.valueOf(value));
            }
        });
        return String.join("|", all);
    }

    @Test
    void value_is_read_back_masked_and_clear_and_stands_in_no_row() {
        PersonId person = person(ONE);
        put(person, PersonalField.PHONE, PHONE);
        put(person, PersonalField.IDENTITY, CITIZEN);

        assertThat(data.clear(ONE, person, PersonalField.PHONE)).hasValue(PHONE);
        assertThat(data.masked(ONE, List.of(person)))
                .isEqualTo(Map.of(
                        person,
                        Map.of(PersonalField.PHONE, "138****1234", PersonalField.IDENTITY, "110***********002X")));
        assertThat(dump("person")).as("the search finds what is in clear").contains("张伟");
        for (String clear : List.of(PHONE, CITIZEN, "0000123", "19491231")) {
            assertThat(dump("person_datum") + dump("person_key"))
                    .doesNotContain(clear, Hex.of(clear.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void person_is_found_by_a_whole_number_as_people_type_it_and_by_no_part_of_it() {
        PersonId person = person(ONE);
        PersonId wife = person(ONE);
        data.put(
                ONE,
                List.of(
                        entry(person, PersonalField.PHONE, PHONE),
                        entry(wife, PersonalField.PHONE, PHONE),
                        entry(person, PersonalField.IDENTITY, CITIZEN)));

        assertThat(data.find(ONE, "+86 138-0000-1234")).containsExactlyInAnyOrder(person, wife);
        assertThat(data.find(ONE, "11010519491231002x")).containsExactly(person);
        assertThat(data.find(ONE, "1380000")).isEmpty();
        assertThat(data.find(ONE, "13800001235")).isEmpty();
        assertThat(data.find(ONE, "张伟")).isEmpty();
        assertThat(data.find(TWO, PHONE)).as("another community").isEmpty();
    }

    @Test
    void residents_are_searched_by_number_and_by_name_at_one_place() {
        PersonId person = person(ONE);
        UUID unit = estate.unit(estate.estate().community(ONE).orElseThrow(), "1号楼101");
        people.addResidence(ONE, person, people.addHousehold(ONE, unit), ResidenceRole.OWNER, DAY);
        put(person, PersonalField.PHONE, PHONE);
        ResidentSearch search = new ResidentSearch(people, data);

        for (String text : List.of("138 0000 1234", "张", "101")) {
            assertThat(search.find(ONE, DAY, text, 10))
                    .as(text)
                    .extracting(Resident::person)
                    .containsExactly(person);
        }
        ResidentSearch away = new ResidentSearch(people, TestPersons.on(database, TestPersons.sealed()));
        assertThat(away.find(ONE, DAY, PHONE, 10)).isEmpty();
        assertThat(away.find(ONE, DAY, "zw", 10)).as("names need no vault").hasSize(1);
    }

    @Test
    void same_value_again_changes_no_byte_and_another_takes_its_place() {
        PersonId person = person(ONE);
        assertThat(put(person, PersonalField.PHONE, PHONE)).hasSize(1);
        String before = dump("person_datum");
        assertThat(put(person, PersonalField.PHONE, PHONE)).isEmpty();
        assertThat(dump("person_datum")).isEqualTo(before);

        String key = dump("person_key");
        assertThat(put(person, PersonalField.PHONE, "13900005678")).hasSize(1);
        assertThat(data.find(ONE, PHONE)).isEmpty();
        assertThat(data.clear(ONE, person, PersonalField.PHONE)).hasValue("13900005678");
        assertThat(dump("person_key")).as("the person's key stays").isEqualTo(key);
        assertThat(data.remove(ONE, person, PersonalField.PHONE)).isTrue();
        assertThat(data.remove(ONE, person, PersonalField.PHONE)).isFalse();
        assertThat(data.clear(ONE, person, PersonalField.PHONE)).isEmpty();
    }

    @Test
    void value_moved_to_another_person_or_column_does_not_open() {
        PersonId victim = person(ONE);
        PersonId thief = person(ONE);
        put(victim, PersonalField.PHONE, PHONE);
        put(thief, PersonalField.PHONE, "13900005678");
        for (String columns : List.of("iv", "sealed")) {
            database.jdbc()
                    .sql("update person_datum set " + columns + " = (select d." + columns
                            + " from person_datum d where d.person_id = ?) where person_id = ?")
                    .params(victim.value(), thief.value())
                    .update();
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> data.clear(ONE, thief, PersonalField.PHONE))
                .withMessageContaining(thief.value().toString())
                .withMessageNotContaining(PHONE);
        assertThat(data.clear(ONE, victim, PersonalField.PHONE)).hasValue(PHONE);

        database.jdbc()
                .sql("update person_datum set field = 'IDENTITY' where person_id = ?")
                .param(victim.value())
                .update();
        assertThatIllegalStateException().isThrownBy(() -> data.clear(ONE, victim, PersonalField.IDENTITY));
    }

    @Test
    void key_of_another_person_is_refused_by_the_vault() {
        PersonId victim = person(ONE);
        PersonId thief = person(ONE);
        put(victim, PersonalField.PHONE, PHONE);
        put(thief, PersonalField.PHONE, "13900005678");
        database.jdbc()
                .sql("update person_key set wrapped = (select k.wrapped from person_key k where k.person_id = ?)"
                        + " where person_id = ?")
                .params(victim.value(), thief.value())
                .update();

        assertThatThrownBy(() -> data.clear(ONE, thief, PersonalField.PHONE))
                .isInstanceOfSatisfying(
                        KeyServiceException.class, e -> assertThat(e.reason()).isEqualTo(KeyRefusal.BAD_DATA_KEY));
    }

    @Test
    void destroyed_person_leaves_no_row_and_the_others_theirs() {
        PersonId gone = person(ONE);
        PersonId stays = person(ONE);
        put(gone, PersonalField.PHONE, PHONE);
        put(stays, PersonalField.PHONE, PHONE);
        data.destroy(ONE, gone);
        data.destroy(ONE, gone);

        assertThat(dump("person_datum") + dump("person_key"))
                .contains(stays.value().toString())
                .doesNotContain(gone.value().toString());
        assertThat(data.find(ONE, PHONE)).containsExactly(stays);
        assertThat(data.masked(ONE, List.of(gone))).isEmpty();
    }

    @Test
    void sealed_vault_opens_nothing_and_erasing_needs_none() {
        PersonId person = person(ONE);
        put(person, PersonalField.PHONE, PHONE);
        PersonalData shut = TestPersons.on(database, TestPersons.sealed());

        assertThatThrownBy(() -> shut.masked(ONE, List.of(person))).isInstanceOf(KeyServiceException.class);
        assertThatThrownBy(() -> shut.clear(ONE, person, PersonalField.PHONE)).isInstanceOf(KeyServiceException.class);
        shut.destroy(ONE, person);
        assertThat(data.clear(ONE, person, PersonalField.PHONE)).isEmpty();
    }

    @Test
    void thousand_persons_are_put_and_shown_with_a_question_for_each_thing_and_not_for_each_person() {
        List<PersonalData.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            entries.add(entry(person(ONE), PersonalField.PHONE, "1380000" + (1000 + i)));
        }
        List<String> asked = new ArrayList<>();
        PersonalData counted = TestPersons.on(database, TestPersons.noting(vault, asked, 1));

        assertThat(counted.put(ONE, entries)).hasSize(300);
        assertThat(counted.masked(
                        ONE, entries.stream().map(PersonalData.Entry::person).toList()))
                .hasSize(300);
        assertThat(asked).containsExactly("keys", "hashData", "wrapDataKeys", "unwrapDataKeys");
    }

    @Test
    void after_a_new_version_everything_is_wrapped_again_and_found_before_and_after() {
        PersonId person = person(ONE);
        put(person, PersonalField.PHONE, PHONE);
        PersonalData newer = TestPersons.ofSecondVersion(database, vault);

        assertThat(newer.find(ONE, PHONE)).containsExactly(person);
        assertThat(newer.rewrap(ONE)).isEqualTo(1);
        assertThat(newer.rewrap(ONE)).isZero();
        assertThat(newer.find(ONE, PHONE)).containsExactly(person);
        assertThat(newer.clear(ONE, person, PersonalField.PHONE)).hasValue(PHONE);
        assertThat(database.jdbc()
                        .sql("select distinct master_version + digest_version from person_key k"
                                + " join person_datum d on d.person_id = k.person_id")
                        .query(Integer.class)
                        .list())
                .containsExactly(4);
    }

    @Test
    void erased_person_has_no_name_no_home_from_that_day_on_and_keeps_the_number() {
        PersonId person = person(ONE);
        UUID unit = estate.unit(estate.estate().community(ONE).orElseThrow(), "101");
        people.addResidence(ONE, person, people.addHousehold(ONE, unit), ResidenceRole.OWNER, DAY.minusDays(10));

        assertThat(people.erase(ONE, person, DAY, java.time.Instant.parse("2026-06-01T02:00:00Z")))
                .isTrue();
        assertThat(people.erase(ONE, person, DAY, java.time.Instant.parse("2026-06-01T02:00:00Z")))
                .isFalse();
        assertThat(people.name(ONE, person)).hasValue("—");
        assertThat(people.residences(ONE, DAY, person)).isEmpty();
        assertThat(people.residences(ONE, DAY.minusDays(1), person)).hasSize(1);
        people.rename(ONE, person, "张伟", "zw");
        assertThat(people.name(ONE, person)).as("nobody gives it back").hasValue("—");
    }
}
