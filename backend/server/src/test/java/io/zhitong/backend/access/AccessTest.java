package io.zhitong.backend.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.ResidenceRole;
import io.zhitong.backend.people.TestPeople;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.DataIntegrityViolationException;

/** From rules and residences to the records a door gets. */
@BothDatabases
final class AccessTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final Actor ADMIN = new Actor("admin");
    private static final CredentialNumber CARD = CredentialNumber.parse("4403010100000001");
    private static final CredentialNumber PHONE = CredentialNumber.parse("4403010200000001");
    private static final CredentialNumber OTHER = CredentialNumber.parse("4403010100000002");
    private static final Optional<DeviceId> ANY_DEVICE = Optional.empty();
    private static final Optional<PointId> ANY_POINT = Optional.empty();

    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2026-06-30T15:59:59Z");
    private final TestEstate estate;
    private final People people;
    private final AccessRules rules;
    private final GroupLists groups;
    private final HolderNumbers holders;
    private final AccessLists lists;
    private final List<IssuedCredential> issued = new ArrayList<>();
    private final DeviceRow door;

    AccessTest(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
        people = TestPeople.on(database);
        rules = new AccessRules(database.jdbc(), TestAudit.log(database, clock));
        StaticListableBeanFactory books = new StaticListableBeanFactory();
        books.addBean("book", (CredentialBook) community -> community.equals(ONE) ? issued : List.of());
        groups = new GroupLists(rules, estate.estate(), new DeviceGroups(database.jdbc()));
        holders = new HolderNumbers(database.jdbc());
        lists = new AccessLists(
                groups, holders, estate.estate(), people, books.getBeanProvider(CredentialBook.class), clock, null);
        door = estate.estate().device(DeviceAddress.of(1, 42)).orElseThrow();
        rules.addGroup(ONE, 1, "住户", GroupKind.RESIDENTS);
    }

    @Test
    void a_rule_for_every_door_gives_a_right_at_each_door_and_at_no_till() {
        holder(LocalDate.of(2026, 1, 1));
        long rule = rules.begin(ONE, ADMIN, 1, 0, ANY_DEVICE, ANY_POINT);
        assertThat(rights()).containsExactly(new Right(new PointId(1), 0, rule), new Right(new PointId(2), 0, rule));
        DeviceRow till = estate.estate().device(DeviceAddress.of(1, 43)).orElseThrow();
        assertThat(lists.serves(till)).isFalse();
        assertThat(lists.records(till))
                .singleElement()
                .satisfies(r -> assertThat(r.groups()).isEmpty());
    }

    @Test
    void a_rule_for_one_point_of_one_device_gives_that_right_only() {
        holder(LocalDate.of(2026, 1, 1));
        long here = rules.begin(ONE, ADMIN, 1, 5, Optional.of(door.id()), Optional.of(new PointId(2)));
        rules.begin(ONE, ADMIN, 1, 5, Optional.of(new DeviceId(99)), ANY_POINT);
        assertThat(rights()).containsExactly(new Right(new PointId(2), 5, here));
    }

    @Test
    void two_rules_at_one_door_give_two_rights_so_that_the_event_can_name_either() {
        holder(LocalDate.of(2026, 1, 1));
        rules.begin(ONE, ADMIN, 1, 0, ANY_DEVICE, Optional.of(new PointId(1)));
        rules.begin(ONE, ADMIN, 1, 7, ANY_DEVICE, Optional.of(new PointId(1)));
        assertThat(rights()).containsExactly(new Right(new PointId(1), 0, 1), new Right(new PointId(1), 7, 2));
    }

    @Test
    void an_ended_rule_gives_nothing_and_the_past_can_still_be_asked() {
        holder(LocalDate.of(2026, 1, 1));
        long rule = rules.begin(ONE, ADMIN, 1, 0, ANY_DEVICE, ANY_POINT);
        rules.end(ONE, ADMIN, rule);
        assertThat(rules.version(ONE)).isEqualTo(2);
        assertThat(rules.rules(ONE, 0)).isEmpty();
        assertThat(rules.rules(ONE, 1)).extracting(AccessRule::id).containsExactly(rule);
        assertThat(rules.rules(ONE, 2)).isEmpty();
        assertThat(rights()).isEmpty();
        assertThat(rules.begin(ONE, ADMIN, 1, 0, ANY_DEVICE, ANY_POINT)).isGreaterThan(rule);
    }

    @Test
    void a_residence_begins_at_midnight_of_the_community_not_of_the_server() {
        holder(LocalDate.of(2026, 7, 1));
        rules.begin(ONE, ADMIN, 1, 0, ANY_DEVICE, ANY_POINT);
        assertThat(rights()).isEmpty();
        clock.advance(Duration.ofSeconds(1)); // 16:00 UTC is midnight in Shanghai
        assertThat(rights()).hasSize(2);
    }

    @Test
    void whoever_does_not_live_here_is_on_the_list_without_a_right_so_that_the_door_can_say_why() {
        issued.add(credential(new PersonId(new java.util.UUID(1, 2)), CredentialStatus.ACTIVE));
        rules.begin(ONE, ADMIN, 1, 0, ANY_DEVICE, ANY_POINT);
        assertThat(rights()).isEmpty();
    }

    @Test
    void a_lost_card_keeps_its_rights_on_the_list_under_its_status() {
        PersonId person = resident(LocalDate.of(2026, 1, 1));
        issued.add(credential(person, CredentialStatus.LOST));
        rules.begin(ONE, ADMIN, 1, 0, ANY_DEVICE, ANY_POINT);
        AccessRecord record = only();
        assertThat(record.status()).isEqualTo(CredentialStatus.LOST);
        assertThat(record.leastCertificate()).isEqualTo(3);
        assertThat(record.uses()).isEqualTo(AccessRecord.UNLIMITED);
        assertThat(record.carriers()).hasSize(1);
    }

    @Test
    void without_a_rule_nobody_passes() {
        holder(LocalDate.of(2026, 1, 1));
        assertThat(rights()).isEmpty();
        assertThat(rules.version(ONE)).isZero();
    }

    @Test
    void rules_of_another_community_have_numbers_of_their_own_and_no_effect_here() {
        holder(LocalDate.of(2026, 1, 1));
        CommunityId two = estate.community(2).id();
        rules.addGroup(two, 1, "住户", GroupKind.RESIDENTS);
        assertThat(rules.begin(two, ADMIN, 1, 0, ANY_DEVICE, ANY_POINT)).isEqualTo(1);
        assertThat(rights()).isEmpty();
        assertThatThrownBy(() -> rules.begin(two, ADMIN, 9, 0, ANY_DEVICE, ANY_POINT))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void card_and_phone_of_one_person_bear_one_holder_number_that_stays_when_others_come_before() {
        PersonId zhang = resident(LocalDate.of(2026, 1, 1));
        issued.add(credential(CARD, zhang, CredentialStatus.ACTIVE));
        issued.add(credential(PHONE, zhang, CredentialStatus.ACTIVE));
        List<AccessRecord> before = lists.records(door);
        assertThat(before).extracting(AccessRecord::holder).containsExactly(1L, 1L);
        issued.add(0, credential(OTHER, resident(LocalDate.of(2026, 1, 1)), CredentialStatus.ACTIVE));
        assertThat(lists.records(door)).extracting(AccessRecord::holder).containsExactly(2L, 1L, 1L);
        assertThat(holders.of(estate.community(2).id(), List.of(zhang))).containsOnly(entry(zhang, 1L));
    }

    @Test
    void of_two_thousand_credentials_with_equal_rights_all_share_a_group_and_one_change_changes_one_record() {
        PersonId zhang = resident(LocalDate.of(2026, 1, 1));
        rules.begin(ONE, ADMIN, 1, 0, ANY_DEVICE, ANY_POINT);
        for (long i = 0; i < 2_000; i++) {
            CredentialNumber number = new CredentialNumber(CARD.value() + i);
            issued.add(credential(number, zhang, CredentialStatus.ACTIVE));
        }
        List<AccessRecord> before = lists.records(door);
        assertThat(before).extracting(AccessRecord::groups).containsOnly(List.of(1));
        assertThat(groups.records(door)).hasSize(1);
        issued.set(
                77,
                credential(
                        new CredentialNumber(CARD.value() + 77),
                        new PersonId(new java.util.UUID(3, 4)),
                        CredentialStatus.ACTIVE));
        List<AccessRecord> after = new ArrayList<>(lists.records(door));
        after.removeAll(before);
        assertThat(after).singleElement().satisfies(changed -> {
            assertThat(changed.groups()).isEmpty();
            assertThat(changed.credential().value()).isEqualTo(CARD.value() + 77);
        });
    }

    @Test
    void a_new_rule_or_door_changes_the_group_and_no_credential() {
        holder(LocalDate.of(2026, 1, 1));
        rules.begin(ONE, ADMIN, 1, 0, ANY_DEVICE, Optional.of(new PointId(1)));
        List<AccessRecord> before = lists.records(door);
        List<GroupRecord> groupsBefore = groups.records(door);
        rules.begin(ONE, ADMIN, 1, 5, ANY_DEVICE, ANY_POINT);
        assertThat(lists.records(door)).isEqualTo(before);
        assertThat(groups.records(door)).hasSize(1).isNotEqualTo(groupsBefore);
        assertThat(groups.records(door).get(0).rights()).hasSize(3);
    }

    @Test
    void a_group_keeps_its_number_on_a_device_for_ever_and_no_other_group_ever_gets_it() {
        DeviceGroups numbers = new DeviceGroups(database.jdbc());
        DeviceAddress here = door.address();
        assertThat(numbers.numbers(here, List.of("group 7", "group 9")))
                .containsOnly(entry("group 7", 1), entry("group 9", 2));
        assertThat(numbers.numbers(here, List.of("group 8"))).containsEntry("group 8", 3);
        assertThat(new DeviceGroups(database.jdbc()).numbers(here, List.of("group 9", "floor 1")))
                .containsEntry("group 9", 2)
                .containsEntry("floor 1", 4);
        assertThat(numbers.numbers(DeviceAddress.of(1, 43), List.of("group 9"))).containsOnly(entry("group 9", 1));
    }

    @Test
    void a_device_that_has_given_all_its_numbers_away_is_told_so_and_gives_none_twice() {
        DeviceGroups numbers = new DeviceGroups(database.jdbc());
        database.jdbc()
                .sql(
                        "insert into device_group (community_id, device_number, content, number) values (1, 42, 'x', 65534)")
                .update();
        assertThat(numbers.numbers(door.address(), List.of("last"))).containsEntry("last", 65_535);
        assertThatThrownBy(() -> numbers.numbers(door.address(), List.of("beyond")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("65535");
    }

    @Test
    void each_change_is_audited_as_what_it_was() {
        long rule = rules.begin(ONE, ADMIN, 1, 0, ANY_DEVICE, Optional.of(new PointId(2)));
        rules.end(ONE, ADMIN, rule);
        rules.end(ONE, ADMIN, rule);
        rules.end(ONE, ADMIN, 4711);
        assertThat(database.jdbc()
                        .sql("select action || ' ' || subject || ': ' || before_text from audit_entry order by number")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "rule.begin rule 1: ",
                        "rule.end rule 1: in force",
                        "rule.end rule 1: not in force",
                        "rule.end rule 4711: not in force");
    }

    @Test
    void the_demo_rule_lets_residents_through_every_door_and_is_made_once() {
        database.jdbc().sql("delete from access_group").update();
        new DemoRules(rules).seed();
        new DemoRules(rules).seed();
        holder(LocalDate.of(2026, 1, 1));
        assertThat(rules.version(ONE)).isEqualTo(1);
        assertThat(rights()).hasSize(2);
    }

    @Test
    void a_book_says_whose_credential_it_is() {
        PersonId person = resident(LocalDate.of(2026, 1, 1));
        issued.add(credential(person, CredentialStatus.ACTIVE));
        CredentialBook book = community -> issued;
        assertThat(book.holder(ONE, CARD)).hasValue(person);
        assertThat(book.holder(ONE, CredentialNumber.parse("4403010100000002"))).isEmpty();
    }

    @Test
    void schedules_and_holidays_are_signed_as_none_for_controllers() {
        EmptyLists empty = new EmptyLists();
        assertThat(List.of(empty.scheduleList(), empty.holidayList())).allSatisfy(source -> {
            assertThat(source.serves(door)).isTrue();
            assertThat(source.records(door)).isEmpty();
        });
    }

    /** What the door gives the only credential. */
    private List<Right> rights() {
        return groups.records(door).stream()
                .filter(group -> only().groups().contains(group.group()))
                .flatMap(group -> group.rights().stream())
                .toList();
    }

    private AccessRecord only() {
        List<AccessRecord> records = lists.records(door);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private void holder(LocalDate from) {
        issued.add(credential(resident(from), CredentialStatus.ACTIVE));
    }

    private PersonId resident(LocalDate from) {
        PersonId person = people.addPerson(ONE, "张伟", "zw");
        java.util.UUID unit = estate.estate().units(ONE).get(0).id();
        people.addResidence(ONE, person, people.addHousehold(ONE, unit), ResidenceRole.OWNER, from);
        return person;
    }

    private static IssuedCredential credential(PersonId person, CredentialStatus status) {
        return credential(CARD, person, status);
    }

    private static IssuedCredential credential(CredentialNumber number, PersonId person, CredentialStatus status) {
        Carrier carrier = new Carrier(CarrierKind.CARD, CarrierLevel.SEALED_CARD, Octets.of(number.bytes()));
        return new IssuedCredential(number, person, status, Validity.ALWAYS, 3, List.of(carrier));
    }
}
