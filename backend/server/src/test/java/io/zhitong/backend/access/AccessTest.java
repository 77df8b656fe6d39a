package io.zhitong.backend.access;

import static io.zhitong.backend.access.TestPolicy.ADMIN;
import static io.zhitong.backend.access.TestPolicy.CARD;
import static io.zhitong.backend.access.TestPolicy.ONE;
import static io.zhitong.backend.access.TestPolicy.RESIDENTS;
import static io.zhitong.backend.access.TestPolicy.credential;
import static io.zhitong.backend.access.TestPolicy.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Trait;
import io.zhitong.backend.access.AccessRule.Where;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From policy and residences to the records a door gets. */
@BothDatabases
final class AccessTest {
    private static final CredentialNumber PHONE = CredentialNumber.parse("4403010200000001");
    private static final CredentialNumber OTHER = CredentialNumber.parse("4403010100000002");

    private final TestPolicy policy;

    AccessTest(TestDatabase database) {
        policy = new TestPolicy(database);
    }

    @Test
    void a_rule_for_every_door_gives_a_right_at_each_door_and_at_no_till() {
        policy.holder();
        policy.put(RESIDENTS, rule(9, 0, Where.EVERYWHERE));
        assertThat(rights()).containsExactly(new Right(new PointId(1), 0, 9), new Right(new PointId(2), 0, 9));
        assertThat(policy.compiler().records(ListKind.GROUPS, policy.till.id())).isEmpty();
        assertThat(new PolicyLists(ListKind.ACCESS, policy.desk).serves(policy.till))
                .isFalse();
        assertThat(new PolicyLists(ListKind.POINTS, policy.desk).serves(policy.till))
                .isTrue();
    }

    @Test
    void a_rule_for_one_point_of_one_device_gives_that_right_only() {
        policy.holder();
        policy.put(RESIDENTS, rule(1, 5, new Where(42, 2, 0)), rule(2, 5, new Where(99, 0, 0)));
        assertThat(rights()).containsExactly(new Right(new PointId(2), 5, 1));
    }

    @Test
    void two_rules_at_one_door_give_two_rights_so_that_the_event_can_name_either() {
        policy.holder();
        policy.put(RESIDENTS, rule(1, 0, new Where(42, 1, 0)), rule(2, 7, new Where(42, 1, 0)));
        assertThat(rights()).containsExactly(new Right(new PointId(1), 0, 1), new Right(new PointId(1), 7, 2));
    }

    @Test
    void an_ended_rule_gives_nothing_and_the_past_can_still_be_asked() {
        policy.holder();
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
        policy.put(RESIDENTS);
        assertThat(policy.book.newest(ONE)).isEqualTo(2);
        assertThat(policy.book.content(ONE, 0)).isEqualTo(PolicyContent.EMPTY);
        assertThat(policy.book.content(ONE, 1).rules())
                .extracting(AccessRule::id)
                .containsExactly(1L);
        assertThat(policy.book.content(ONE, 2).rules()).isEmpty();
        assertThat(rights()).isEmpty();
        assertThat(policy.book.free(ONE, ItemKind.RULE)).isEqualTo(2);
    }

    @Test
    void a_residence_begins_at_midnight_of_the_community_not_of_the_server() {
        policy.issued.add(credential(CARD, policy.resident(LocalDate.of(2026, 7, 1)), CredentialStatus.ACTIVE));
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
        assertThat(rights()).isEmpty();
        policy.clock.advance(Duration.ofSeconds(1)); // 16:00 UTC is midnight in Shanghai
        assertThat(rights()).hasSize(2);
    }

    @Test
    void whoever_does_not_live_here_is_on_the_list_without_a_right_so_that_the_door_can_say_why() {
        policy.issued.add(credential(CARD, new PersonId(new UUID(1, 2)), CredentialStatus.ACTIVE));
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
        assertThat(rights()).isEmpty();
    }

    @Test
    void a_lost_card_keeps_its_rights_on_the_list_under_its_status() {
        policy.issued.add(credential(CARD, policy.resident(LocalDate.of(2026, 1, 1)), CredentialStatus.LOST));
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
        AccessRecord record = only();
        assertThat(record.status()).isEqualTo(CredentialStatus.LOST);
        assertThat(record.leastCertificate()).isEqualTo(3);
        assertThat(record.uses()).isEqualTo(AccessRecord.UNLIMITED);
        assertThat(record.carriers()).hasSize(1);
    }

    @Test
    void facts_of_a_household_are_those_of_whoever_lives_in_the_unit_today() {
        PersonId here = policy.holder();
        UUID unit = policy.estate.estate().units(ONE).get(0).id();
        UUID other = policy.estate.estate().units(ONE).get(1).id();
        PersonId elsewhere = policy.resident(LocalDate.of(2026, 1, 1), other);
        policy.resident(LocalDate.of(2027, 1, 1), unit);
        CredentialNumber theirs = CredentialNumber.parse("4403010100000009");
        policy.issued.add(TestPolicy.credential(theirs, elsewhere, CredentialStatus.ACTIVE));
        Facts household = policy.reader.household(ONE, unit);
        assertThat(household.homes()).containsOnlyKeys(here);
        assertThat(household.issued()).extracting(IssuedCredential::number).containsExactly(TestPolicy.CARD);
        assertThat(policy.reader.household(ONE, new UUID(1, 1)).issued()).isEmpty();
    }

    @Test
    void without_a_rule_nobody_passes() {
        policy.holder();
        assertThat(rights()).isEmpty();
        assertThat(policy.book.newest(ONE)).isZero();
    }

    @Test
    void groups_are_buildings_units_or_persons_and_give_their_traits() {
        TestEstate estate = policy.estate;
        UUID far = estate.unit(estate.estate().community(ONE).orElseThrow(), "8");
        UUID building = estate.estate().units(ONE).stream()
                .filter(unit -> unit.id().equals(far))
                .findFirst()
                .orElseThrow()
                .building();
        PersonId here = policy.holder();
        PersonId there = policy.resident(LocalDate.of(2026, 1, 1), far);
        policy.issued.add(credential(OTHER, there, CredentialStatus.ACTIVE));
        policy.put(
                group(2, GroupKind.UNITS, Set.of(Trait.LONGER), far),
                group(3, GroupKind.BUILDINGS, Set.of(Trait.FIRST_PERSON), building),
                group(4, GroupKind.PERSONS, Set.of(Trait.GUARD), here.value()));
        assertThat(policy.compiler().access())
                .extracting(AccessRecord::groups, AccessRecord::traits)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(List.of(4), Set.of(Trait.GUARD)),
                        org.assertj.core.groups.Tuple.tuple(List.of(2, 3), Set.of(Trait.LONGER, Trait.FIRST_PERSON)));
    }

    @Test
    void who_is_in_seventy_groups_bears_sixty_four_on_the_list_and_the_list_is_still_made() {
        PersonId person = policy.holder();
        PolicyItem[] groups = new PolicyItem[70];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = group(i + 1, GroupKind.PERSONS, Set.of(), person.value());
        }
        policy.put(groups);
        assertThat(only().groups()).hasSize(64).endsWith(64);
    }

    private static PeopleGroup group(int id, GroupKind who, Set<Trait> traits, UUID... of) {
        return new PeopleGroup(id, "组" + id, who, traits, List.of(of));
    }

    @Test
    void versions_of_another_community_have_numbers_of_their_own_and_no_effect_here() {
        policy.holder();
        var two = policy.estate.community(2).id();
        PolicyContent content = PolicyContent.of(List.of(RESIDENTS, rule(1, 0, Where.EVERYWHERE)));
        assertThat(policy.book.next(two, content, "x", ADMIN, "")).isEqualTo(1);
        assertThat(rights()).isEmpty();
        assertThat(policy.book.current(two)).isEqualTo(content);
    }

    @Test
    void card_and_phone_of_one_person_bear_one_holder_number_that_stays_when_others_come_before() {
        PersonId zhang = policy.holder();
        policy.issued.add(credential(PHONE, zhang, CredentialStatus.ACTIVE));
        assertThat(policy.compiler().access()).extracting(AccessRecord::holder).containsExactly(1L, 1L);
        policy.issued.add(0, credential(OTHER, policy.resident(LocalDate.of(2026, 1, 1)), CredentialStatus.ACTIVE));
        assertThat(policy.compiler().access()).extracting(AccessRecord::holder).containsExactly(2L, 1L, 1L);
        assertThat(policy.holders.of(policy.estate.community(2).id(), List.of(zhang)))
                .containsOnly(entry(zhang, 1L));
        assertThat(policy.holders.of(ONE, List.of())).isEmpty();
    }

    @Test
    void of_two_thousand_credentials_with_equal_rights_all_share_a_group_and_one_change_changes_one_record() {
        PersonId zhang = policy.resident(LocalDate.of(2026, 1, 1));
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
        for (long i = 0; i < 2_000; i++) {
            policy.issued.add(credential(new CredentialNumber(CARD.value() + i), zhang, CredentialStatus.ACTIVE));
        }
        List<AccessRecord> before = policy.compiler().access();
        assertThat(before).extracting(AccessRecord::groups).containsOnly(List.of(1));
        assertThat(groups()).hasSize(1);
        CredentialNumber one = new CredentialNumber(CARD.value() + 77);
        policy.issued.set(77, credential(one, new PersonId(new UUID(3, 4)), CredentialStatus.ACTIVE));
        List<AccessRecord> after = new ArrayList<>(policy.compiler().access());
        after.removeAll(before);
        assertThat(after).singleElement().satisfies(changed -> {
            assertThat(changed.groups()).isEmpty();
            assertThat(changed.credential()).isEqualTo(one);
        });
    }

    @Test
    void a_new_rule_or_door_changes_the_group_and_no_credential() {
        policy.holder();
        policy.put(RESIDENTS, rule(1, 0, new Where(42, 1, 0)));
        List<AccessRecord> before = policy.compiler().access();
        List<? extends ListRecord> groupsBefore = groups();
        policy.put(RESIDENTS, rule(1, 0, new Where(42, 1, 0)), rule(2, 5, Where.EVERYWHERE));
        assertThat(policy.compiler().access()).isEqualTo(before);
        assertThat(groups()).hasSize(1).isNotEqualTo(groupsBefore);
        assertThat(groups().get(0).rights()).hasSize(3);
    }

    @Test
    void each_changed_item_is_audited_with_before_and_after_and_each_version_with_who_and_why() {
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
        policy.put(RESIDENTS, rule(2, 5, Where.EVERYWHERE));
        List<String> entries = policy.database
                .jdbc()
                .sql("select action || ' ' || subject || ': ' || before_text || ' > ' || after_text from audit_entry"
                        + " where action like 'policy%' order by number")
                .query(String.class)
                .list();
        assertThat(entries).hasSize(6);
        assertThat(entries.get(2)).isEqualTo("policy.version version 1: drafted by drafter > test");
        assertThat(entries.get(3))
                .startsWith("policy.item version 2 rule 1: AccessRule[")
                .endsWith(" > ");
        assertThat(entries.get(4)).startsWith("policy.item version 2 rule 2:  > AccessRule[");
    }

    @Test
    void the_demo_rule_lets_residents_through_every_door_and_is_made_once() {
        new DemoRules(policy.book).seed();
        new DemoRules(policy.book).seed();
        policy.holder();
        assertThat(policy.book.newest(ONE)).isEqualTo(1);
        assertThat(rights()).hasSize(2);
    }

    @Test
    void a_book_says_whose_credential_it_is() {
        PersonId person = policy.holder();
        CredentialBook book = community -> policy.issued;
        assertThat(book.holder(ONE, CARD)).hasValue(person);
        assertThat(book.holder(ONE, OTHER)).isEmpty();
    }

    @Test
    void a_few_credentials_are_compiled_to_the_same_records_as_all_of_them() {
        policy.holder();
        policy.issued.add(credential(OTHER, policy.resident(LocalDate.of(2026, 1, 1)), CredentialStatus.LOST));
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
        List<AccessRecord> all = policy.compiler().access();
        Facts few = policy.reader.of(ONE, List.of(OTHER, PHONE));
        assertThat(new AccessCompiler(policy.book.current(ONE), few).access()).containsExactly(all.get(1));
    }

    /** What the door gives the only credential. */
    private List<Right> rights() {
        return groups().stream()
                .filter(group -> only().groups().contains(group.group()))
                .flatMap(group -> group.rights().stream())
                .toList();
    }

    private List<GroupRecord> groups() {
        return policy
                .compiler()
                .records(ListKind.GROUPS, DeviceAddress.of(1, 42).device())
                .stream()
                .map(GroupRecord.class::cast)
                .toList();
    }

    private AccessRecord only() {
        List<AccessRecord> records = policy.compiler().access();
        assertThat(records).hasSize(1);
        return records.get(0);
    }
}
