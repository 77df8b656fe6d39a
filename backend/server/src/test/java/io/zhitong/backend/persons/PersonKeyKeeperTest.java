package io.zhitong.backend.persons;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.people.Datum;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.PersonalData;
import io.zhitong.backend.people.PersonalField;
import io.zhitong.backend.people.TestPeople;
import io.zhitong.backend.people.TestPersons;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.KeyService;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

@BothDatabases
final class PersonKeyKeeperTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final TestDatabase database;
    private final TestEstate estate;
    private final AuditLog audit;
    private final KeyService vault = RunningBackend.of(DatabaseKind.H2).bean(KeyService.class);

    PersonKeyKeeperTest(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        estate.community(1);
        estate.community(2);
        audit = TestAudit.log(database, Clock.systemUTC());
    }

    private PersonKeyKeeper keeper(PersonalData data) {
        return new PersonKeyKeeper(
                data, estate.estate(), audit, TestBackend.on(database).turns());
    }

    private PersonId person() {
        PersonId person = TestPeople.on(database).addPerson(ONE, "张伟", "zw");
        TestPersons.on(database, vault)
                .put(ONE, List.of(new PersonalData.Entry(person, new Datum(PersonalField.PHONE, "13800001234"))));
        return person;
    }

    private int version() {
        return database.jdbc()
                .sql("select master_version from person_key")
                .query(Integer.class)
                .single();
    }

    @Test
    void everybody_is_put_under_the_newest_version_once_and_that_is_audited() {
        PersonId person = person();
        PersonalData newer = TestPersons.ofSecondVersion(database, vault);
        PersonKeyKeeper keeper = keeper(newer);

        assertThat(keeper.round()).as("there may be more").isLessThan(Duration.ofMinutes(1));
        assertThat(version()).isEqualTo(2);
        assertThat(newer.clear(ONE, person, PersonalField.PHONE)).hasValue("13800001234");
        assertThat(audit.newest(ONE, OptionalLong.empty(), 5))
                .extracting(entry -> entry.actor().name() + " " + entry.action() + " " + entry.subject())
                .containsExactly("system person.keys 1 persons");
        assertThat(keeper.round()).as("nothing left to do").isEqualTo(Duration.ofHours(1));
        assertThat(audit.newest(ONE, OptionalLong.empty(), 5)).hasSize(1);
    }

    @Test
    void vault_that_is_away_is_asked_again_later_and_changes_nothing() {
        person();
        assertThat(keeper(TestPersons.on(database, TestPersons.sealed())).round())
                .isEqualTo(Duration.ofHours(1));
        assertThat(version()).isEqualTo(1);
        assertThat(audit.newest(ONE, OptionalLong.empty(), 5)).isEmpty();
    }

    @Test
    void community_without_personal_data_asks_the_vault_nothing() {
        assertThat(keeper(TestPersons.on(database, TestPersons.sealed())).round())
                .isEqualTo(Duration.ofHours(1));
    }
}
