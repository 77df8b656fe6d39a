package io.zhitong.backend.persons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.SpaceKind;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditEntry;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.cards.CredentialStore;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.TestUsers;
import io.zhitong.backend.identity.Users;
import io.zhitong.backend.parking.Spaces;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.PersonalField;
import io.zhitong.backend.people.ResidenceRole;
import io.zhitong.backend.register.HomeRegister;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.smcrypto.Hex;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothDatabases
final class EraserTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final String NAME = "欧阳明月";
    private static final String PHONE = "13711112222";
    private static final String CITIZEN = "440524188001010014";
    private static final ConsoleUser DESK = TestUsers.principal("desk", Role.DESK);
    private static final ConsoleUser ADMIN = TestUsers.principal("admin", Role.ADMIN);

    private final RunningBackend backend;
    private final Eraser eraser;
    private final PersonDesk desk;
    private final JdbcClient jdbc;

    EraserTest(RunningBackend backend) {
        this.backend = backend;
        eraser = backend.bean(Eraser.class);
        desk = backend.bean(PersonDesk.class);
        jdbc = backend.bean(JdbcClient.class);
    }

    /** Lives somewhere, with a telephone, an identity number and a card that was issued. */
    private PersonId resident() {
        PersonId person = backend.bean(HomeRegister.class)
                .addResident(ONE, "2号楼301", NAME, "oymy", ResidenceRole.OWNER, ADMIN.actor());
        desk.put(DESK, person, PersonalField.PHONE, "137-1111-2222");
        desk.put(DESK, person, PersonalField.IDENTITY, CITIZEN);
        return person;
    }

    private long card(PersonId person) {
        long number = 0x7700_0000_0000_0000L | person.value().getLeastSignificantBits() & 0xFFFF_FFFFL;
        jdbc.sql("insert into credential (community_id, number, person_id, status, valid_from, valid_to,"
                        + " least_certificate, issued_at) values (1, ?, ?, 'ACTIVE', date '2026-01-01', date '2036-01-01',"
                        + " 0, current_timestamp)")
                .params(number, person.value())
                .update();
        jdbc.sql(
                        "insert into carrier (community_id, id, credential_number, kind, level) values (1, ?, ?, 'CARD', 'SEALED_CARD')")
                .params(UUID.randomUUID(), number)
                .update();
        return number;
    }

    private static void refused(PersonsRefusal reason, ThrowingCallable act) {
        assertThatExceptionOfType(PersonsRefusedException.class)
                .isThrownBy(act)
                .extracting(PersonsRefusedException::reason)
                .isEqualTo(reason);
    }

    private List<AuditEntry> about(PersonId person) {
        return backend.bean(AuditLog.class).newest(ONE, OptionalLong.empty(), 60).stream()
                .filter(entry -> entry.subject().equals("person " + person.value()))
                .toList();
    }

    @Test
    void after_the_second_person_no_row_of_the_database_has_a_name_a_number_or_a_key() {
        PersonId person = resident();
        card(person);
        String key = jdbc.sql("select wrapped from person_key where person_id = ?")
                .param(person.value())
                .query((row, n) -> Hex.of(row.getBytes(1)))
                .single();
        List<String> planted = List.of(NAME, "oymy", key);
        assertThat(Tables.dump(jdbc)).as("the search finds what is there").contains(planted);

        eraser.ask(DESK, person, "本人要求");
        assertThat(Tables.dump(jdbc)).as("asking erases nothing").contains(planted);
        eraser.erase(ADMIN, person);

        String dump = Tables.dump(jdbc);
        assertThat(dump).as("the number stays").contains(person.value().toString());
        for (String gone : planted) {
            assertThat(dump).doesNotContain(gone);
        }
        for (String number : List.of(PHONE, CITIZEN)) {
            assertThat(dump).doesNotContain(number, Hex.of(number.getBytes(StandardCharsets.UTF_8)));
        }
        refused(PersonsRefusal.ERASED, () -> desk.put(DESK, person, PersonalField.PHONE, PHONE));
        refused(PersonsRefusal.ERASED, () -> desk.read(DESK, person, PersonalField.PHONE, "试试"));
    }

    @Test
    void cards_are_cancelled_residences_end_and_it_is_shown_as_done_by_two() {
        PersonId person = resident();
        long number = card(person);
        Spaces spaces = backend.bean(Spaces.class);
        spaces.give(ONE, Optional.of(person), 7, 1, SpaceKind.MONTHLY, ADMIN.actor(), "合同 9");
        assertThat(spaces.now(ONE)).anyMatch(each -> each.person().equals(Optional.of(person)) && each.spaces() == 1);
        eraser.ask(DESK, person, "搬离后要求删除");
        eraser.erase(ADMIN, person);
        assertThat(spaces.now(ONE)).noneMatch(each -> each.person().equals(Optional.of(person)) && each.spaces() > 0);

        People people = backend.bean(People.class);
        assertThat(people.name(ONE, person)).hasValue(People.ERASED);
        assertThat(people.residences(ONE, backend.bean(HomeRegister.class).today(ONE), person))
                .isEmpty();
        assertThat(backend.bean(CredentialStore.class).of(ONE, person))
                .allMatch(card -> card.status().name().equals("CANCELLED"))
                .extracting(card -> card.number().value())
                .containsExactly(number);
        Erasure done = eraser.of(ONE, person).orElseThrow();
        assertThat(done.waits()).isFalse();
        assertThat(done.askedBy() + " " + done.doneBy().orElseThrow()).isEqualTo("desk admin");
        assertThat(about(person))
                .extracting(entry -> entry.actor().name() + " " + entry.action())
                .containsSubsequence("admin person.erase", "desk person.erase.ask");
        assertThat(about(person).toString()).doesNotContain(NAME, PHONE, CITIZEN);
    }

    @Test
    void nobody_erases_alone_or_twice() {
        PersonId person = resident();
        refused(PersonsRefusal.NOT_ASKED, () -> eraser.erase(ADMIN, person));
        refused(PersonsRefusal.WHY, () -> eraser.ask(ADMIN, person, " x "));
        refused(PersonsRefusal.WHY, () -> eraser.ask(ADMIN, person, "为".repeat(101)));
        eraser.ask(ADMIN, person, "本人要求");
        refused(PersonsRefusal.ASKED_ALREADY, () -> eraser.ask(DESK, person, "本人要求"));
        refused(PersonsRefusal.OWN_REQUEST, () -> eraser.erase(ADMIN, person));
        eraser.withdraw(DESK, person);
        refused(PersonsRefusal.NOT_ASKED, () -> eraser.withdraw(DESK, person));
        refused(PersonsRefusal.NOT_ASKED, () -> eraser.erase(DESK, person));
        assertThat(backend.bean(People.class).name(ONE, person)).hasValue(NAME);

        eraser.ask(DESK, person, "本人要求");
        eraser.erase(ADMIN, person);
        refused(PersonsRefusal.NOT_ASKED, () -> eraser.erase(ADMIN, person));
        refused(PersonsRefusal.NOT_ASKED, () -> eraser.withdraw(ADMIN, person));
        refused(PersonsRefusal.ERASED, () -> eraser.ask(DESK, person, "再来一次"));
        refused(PersonsRefusal.UNKNOWN, () -> eraser.ask(DESK, new PersonId(new UUID(7, 7)), "本人要求"));
    }

    @Test
    void second_account_of_the_one_who_confirms_is_no_second_person() {
        PersonId person = resident();
        Users users = backend.bean(Users.class);
        users.add(ONE, Actor.SYSTEM, "eraser-other", "另一人", "own-password-1", Set.of(Role.ADMIN));
        users.addGiven(ONE, ADMIN.actor(), "eraser-ghost", "影子", "given-password-1", Set.of(Role.ADMIN));
        try {
            ConsoleUser ghost = TestUsers.principal("eraser-ghost", Role.ADMIN);
            eraser.ask(ghost, person, "本人要求");
            refused(PersonsRefusal.SAME_HAND, () -> eraser.erase(ADMIN, person));
            eraser.erase(TestUsers.principal("eraser-other", Role.ADMIN), person);
        } finally {
            // Others ask how many hands there are.
            for (String sql : List.of(
                    "delete from console_user_role where user_id in (select id from console_user where login like 'eraser-%')",
                    "delete from console_user where login like 'eraser-%'")) {
                jdbc.sql(sql).update();
            }
        }
    }

    @Test
    void number_is_read_for_a_reason_that_stands_in_the_audit_with_who_and_whose_and_which() {
        PersonId person = resident();
        assertThat(desk.read(DESK, person, PersonalField.PHONE, "  核对身份  ")).isEqualTo(PHONE);
        assertThat(about(person).get(0))
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::after)
                .containsExactly(new Actor("desk"), "person.read", "PHONE: 核对身份");
        int entries = about(person).size();
        refused(PersonsRefusal.WHY, () -> desk.read(DESK, person, PersonalField.PHONE, ""));
        desk.put(DESK, person, PersonalField.PHONE, " ");
        refused(PersonsRefusal.NOTHING_THERE, () -> desk.read(DESK, person, PersonalField.PHONE, "核对身份"));
        refused(PersonsRefusal.NOTHING_THERE, () -> desk.put(DESK, person, PersonalField.PHONE, ""));
        refused(PersonsRefusal.PHONE, () -> desk.put(DESK, person, PersonalField.PHONE, "12345"));
        refused(PersonsRefusal.IDENTITY, () -> desk.put(DESK, person, PersonalField.IDENTITY, "440524188001010015"));
        assertThat(about(person)).as("only what was done").hasSize(entries + 1);
        desk.put(DESK, person, PersonalField.IDENTITY, CITIZEN);
        assertThat(about(person)).as("the same value again is no change").hasSize(entries + 1);
        eraser.ask(DESK, person, "测试完毕");
        eraser.erase(ADMIN, person);
    }
}
