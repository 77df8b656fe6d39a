package io.zhitong.backend.persons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.AuditEntry;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.TestUsers;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.PersonalData;
import io.zhitong.backend.people.PersonalField;
import io.zhitong.backend.people.Resident;
import io.zhitong.backend.people.ResidentSearch;
import io.zhitong.backend.persons.ImportReport.Outcome;
import io.zhitong.backend.register.HomeRegister;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.RunningBackend;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files of one other system, whose name is this test's. */
@BothDatabases
final class ResidentImportTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final String HEAD = "编号,房屋,姓名,首字母,身份,手机号,身份证号\n";
    private static final String LU = "L-1,2号楼301,陆一鸣,lym,业主,13922220001,11010519491231002X\n";
    private static final String LU_WIFE = "L-2,2号楼301,苏小曼,sxm,家属,13922220002,\n";
    private static final ConsoleUser DESK = TestUsers.principal("desk", Role.DESK);
    private static final ConsoleUser ADMIN = TestUsers.principal("admin", Role.ADMIN);

    private final RunningBackend backend;
    private final ResidentImport residents;
    private final ExternalIds external;
    private final String source = "物业系统 " + UUID.randomUUID().toString().substring(0, 8);

    ResidentImportTest(RunningBackend backend) {
        this.backend = backend;
        residents = backend.bean(ResidentImport.class);
        external = backend.bean(ExternalIds.class);
    }

    /** Others count who lives here. */
    @AfterEach
    void erase() {
        Eraser eraser = backend.bean(Eraser.class);
        external.of(ONE, source).values().stream()
                .map(ExternalIds.Known::person)
                .distinct()
                .forEach(person -> {
                    eraser.ask(DESK, person, "测试完毕");
                    eraser.erase(ADMIN, person);
                });
    }

    private ImportReport run(String lines) {
        return run(lines, false);
    }

    private ImportReport run(String lines, boolean trial) {
        return residents.run(ADMIN, source, (HEAD + lines).getBytes(StandardCharsets.UTF_8), trial);
    }

    /** {@code 2 ADDED; 3 REFUSED NAME PHONE}. */
    private static String said(ImportReport report) {
        return report.lines().stream()
                .map(line -> (line.number() + " " + line.outcome() + " "
                                + line.words().stream().map(Enum::name).collect(Collectors.joining(" ")))
                        .strip())
                .collect(Collectors.joining("; "));
    }

    private PersonId person(String id) {
        return person(source, id);
    }

    private PersonId person(String system, String id) {
        return Objects.requireNonNull(external.of(ONE, system).get(id)).person();
    }

    private List<String> found(String text) {
        return backend
                .bean(ResidentSearch.class)
                .find(ONE, backend.bean(HomeRegister.class).today(ONE), text, 10)
                .stream()
                .map(Resident::name)
                .toList();
    }

    private List<String> homes(String id) {
        return backend
                .bean(People.class)
                .residences(ONE, backend.bean(HomeRegister.class).today(ONE), person(id))
                .stream()
                .map(each -> each.unitName() + " " + each.role())
                .toList();
    }

    private String rows() {
        JdbcClient jdbc = backend.bean(JdbcClient.class);
        return String.valueOf(List.of(
                jdbc.sql("select count(*) from person").query(Long.class).single(),
                jdbc.sql("select count(*) from residence").query(Long.class).single(),
                jdbc.sql("select count(*) from person_datum").query(Long.class).single(),
                jdbc.sql("select count(*) from external_id").query(Long.class).single()));
    }

    @Test
    void same_file_again_changes_nothing() {
        assertThat(said(run(LU + LU_WIFE))).isEqualTo("2 ADDED; 3 ADDED");
        String before = rows();
        assertThat(said(run(LU + LU_WIFE))).isEqualTo("2 SAME; 3 SAME");
        assertThat(rows()).isEqualTo(before);
        assertThat(found("139 2222 0001")).containsExactly("陆一鸣");
        assertThat(found("11010519491231002x")).containsExactly("陆一鸣");
        assertThat(homes("L-2")).containsExactly("2号楼301 FAMILY");
        assertThat(external.of(ONE, person("L-1"))).containsExactly(new ExternalIds.Name(source, "L-1"));
    }

    @Test
    void changed_lines_change_what_they_say_and_empty_cells_nothing() {
        run(LU + LU_WIFE);
        String changed = "L-1,2号楼302,陆一鸣,,租户,13922220009,\n" + "L-2,2号楼301,苏曼,sm,家属,,11010519491231002X\n";
        assertThat(said(run(changed))).isEqualTo("2 CHANGED NEW_HOME NEW_PHONE; 3 REFUSED IDENTITY_TAKEN");
        assertThat(homes("L-1")).containsExactly("2号楼302 TENANT");
        assertThat(found("13922220009")).containsExactly("陆一鸣");
        assertThat(found("13922220001")).isEmpty();
        assertThat(found("11010519491231002X"))
                .as("an empty cell takes nothing away")
                .containsExactly("陆一鸣");
        assertThat(found("lym")).containsExactly("陆一鸣");
        assertThat(said(run("L-2,2号楼301,苏曼,sm,家属,,\n"))).isEqualTo("2 CHANGED NEW_NAME");
        assertThat(found("13922220002")).containsExactly("苏曼");
    }

    @Test
    void refused_lines_say_all_that_is_wrong_and_the_others_are_done() {
        ImportReport report = run("L-9,9号楼999,,zz1,访客,123,110105194912310021\n" + LU + LU + ",2号楼301,某人,,业主,,\n");
        assertThat(said(report))
                .isEqualTo("2 REFUSED UNIT_UNKNOWN NAME INITIALS ROLE PHONE IDENTITY; 3 ADDED; 4 REFUSED ID_TWICE;"
                        + " 5 REFUSED ID_MISSING");
        assertThat(report.count(Outcome.ADDED)).isEqualTo(1);
        assertThat(report.lines().stream()
                        .flatMap(line -> line.words().stream())
                        .allMatch(ImportWord::refusal))
                .isTrue();
        assertThat(external.of(ONE, source)).containsOnlyKeys("L-1");
    }

    @Test
    void trial_says_what_would_be_done_and_keeps_nothing() {
        String before = rows();
        ImportReport trial = run(LU + LU_WIFE, true);
        assertThat(said(trial)).isEqualTo("2 ADDED; 3 ADDED");
        assertThat(trial.trial()).isTrue();
        assertThat(rows()).isEqualTo(before);
        assertThat(external.of(ONE, source)).isEmpty();
    }

    @Test
    void same_identity_number_under_two_ids_is_one_person_with_two_homes() {
        String second = "L-3,2号楼302,陆一鸣,,业主,,11010519491231002X\n";
        assertThat(said(run(LU + second))).isEqualTo("2 ADDED; 3 ADDED JOINED");
        assertThat(person("L-1")).isEqualTo(person("L-3"));
        assertThat(homes("L-1")).containsExactly("2号楼301 OWNER", "2号楼302 OWNER");
        assertThat(said(run(LU + second))).isEqualTo("2 SAME; 3 SAME");
        assertThat(said(run("L-4,2号楼302,别人,,业主,,11010519491231002X\n"))).isEqualTo("2 REFUSED IDENTITY_TAKEN");
    }

    @Test
    void who_was_moved_out_by_hand_stays_out_and_who_is_not_in_the_file_stays_in() {
        run(LU + LU_WIFE);
        backend.bean(HomeRegister.class).moveOut(ONE, person("L-1"), "2号楼301", ADMIN.actor());
        ImportReport report = run(LU);
        assertThat(said(report)).isEqualTo("2 LEFT MOVED_OUT");
        assertThat(report.absent()).isEqualTo(1);
        assertThat(homes("L-1")).isEmpty();
        assertThat(homes("L-2")).containsExactly("2号楼301 FAMILY");
    }

    @Test
    void same_id_of_two_systems_is_two_persons() {
        run(LU_WIFE);
        String other = source.substring(1);
        byte[] file = (HEAD + "L-2,2号楼302,另一人,,租户,,\n").getBytes(StandardCharsets.UTF_8);
        residents.run(ADMIN, other, file, false);
        PersonId theirs = person(other, "L-2");
        assertThat(theirs).isNotEqualTo(person("L-2"));
        Eraser eraser = backend.bean(Eraser.class);
        eraser.ask(DESK, theirs, "测试完毕");
        eraser.erase(ADMIN, theirs);
        assertThat(external.of(ONE, other))
                .as("names elsewhere go with the person")
                .isEmpty();
    }

    @Test
    void audit_names_who_was_added_and_what_came_of_the_file_and_no_name_or_number() {
        run(LU + "L-5,x,y,,z,,\n");
        List<AuditEntry> entries = backend.bean(AuditLog.class).newest(ONE, OptionalLong.empty(), 2);
        assertThat(entries.get(0))
                .extracting(AuditEntry::action, AuditEntry::subject, AuditEntry::after)
                .containsExactly("resident.import", source, "ADDED 1 CHANGED 0 SAME 0 LEFT 0 REFUSED 1");
        assertThat(entries.get(1).subject()).isEqualTo("person " + person("L-1").value());
        assertThat(entries.toString()).doesNotContain("陆一鸣", "13922220001", "11010519491231002X");
    }

    @Test
    void data_of_an_import_are_masked_in_lists() {
        run(LU);
        assertThat(backend.bean(PersonalData.class)
                        .masked(ONE, List.of(person("L-1")))
                        .get(person("L-1")))
                .containsEntry(PersonalField.PHONE, "139****0001")
                .containsEntry(PersonalField.IDENTITY, "110***********002X");
    }

    @Test
    void file_that_is_none_is_refused_before_anything_is_written() {
        String before = rows();
        for (var wrong : List.of(
                new Wrong(source, "", PersonsRefusal.FILE_MISSING),
                new Wrong("", HEAD + LU, PersonsRefusal.SOURCE),
                new Wrong("系".repeat(41), HEAD + LU, PersonsRefusal.SOURCE),
                new Wrong(source, HEAD, PersonsRefusal.FILE_EMPTY),
                new Wrong(source, LU + LU_WIFE, PersonsRefusal.FILE_COLUMNS),
                new Wrong(source, "x".repeat(ResidentImport.MOST_BYTES + 1), PersonsRefusal.FILE_LARGE))) {
            assertThatExceptionOfType(PersonsRefusedException.class)
                    .isThrownBy(() ->
                            residents.run(ADMIN, wrong.source(), wrong.file().getBytes(StandardCharsets.UTF_8), false))
                    .extracting(PersonsRefusedException::reason)
                    .isEqualTo(wrong.reason());
        }
        assertThat(rows()).isEqualTo(before);
    }

    private record Wrong(String source, String file, PersonsRefusal reason) {}
}
