package io.zhitong.backend.access;

import static io.zhitong.backend.access.TestPolicy.CARD;
import static io.zhitong.backend.access.TestPolicy.ONE;
import static io.zhitong.backend.access.TestPolicy.RESIDENTS;
import static io.zhitong.backend.access.TestPolicy.credential;
import static io.zhitong.backend.access.TestPolicy.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.access.AccessRule.Where;
import io.zhitong.backend.devices.DeviceListSource;
import io.zhitong.backend.devices.ListScope;
import io.zhitong.backend.devices.MarkedLists;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What is made by changing a little must be, byte for byte, what is made from scratch. */
@BothDatabases
final class IncrementalListsTest {
    private static final List<ListKind> KINDS = List.of(
            ListKind.ACCESS, ListKind.GROUPS, ListKind.SCHEDULES, ListKind.HOLIDAYS, ListKind.POINTS, ListKind.AREAS);

    private final TestPolicy policy;
    private final MarkedLists marked;
    private final List<DeviceRow> devices;

    IncrementalListsTest(TestDatabase database) {
        policy = new TestPolicy(database);
        DeviceRow second = new DeviceRow(ONE, new DeviceId(44), DeviceKind.CONTROLLER, "2号楼门禁控制器");
        policy.estate.estate().addDevice(second);
        policy.estate
                .estate()
                .addPoint(new PointRow(ONE, second.id(), new PointId(1), PointKind.DOOR, AccessMethod.SEALED, "2号楼大门"));
        StaticListableBeanFactory books = new StaticListableBeanFactory();
        books.addBean("book", (CredentialBook) community -> policy.issued);
        List<DeviceListSource> sources = Stream.concat(
                        KINDS.stream().map(kind -> new PolicyLists(kind, policy.desk)),
                        Stream.of(new BlacklistSource(books.getBeanProvider(CredentialBook.class))))
                .toList();
        marked = new MarkedLists(database, policy.clock, sources);
        devices = policy.estate.estate().devices(ONE);
    }

    @Test
    void after_any_sequence_of_changes_every_list_is_what_a_compile_from_scratch_makes() {
        Random random = new Random(230_4);
        List<PersonId> people = new ArrayList<>(List.of(policy.resident(LocalDate.of(2026, 1, 1))));
        people.add(new PersonId(new UUID(1, 1)));
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
        marked.lists().changed(ONE);
        for (int step = 0; step < 40; step++) {
            for (int each = 0; each <= random.nextInt(3); each++) {
                change(random, step, people);
            }
            marked.round(ONE, devices);
            assertSame("step " + step);
        }
        assertThat(policy.issued).hasSizeGreaterThan(5);
    }

    private void change(Random random, int step, List<PersonId> people) {
        switch (random.nextInt(6)) {
            case 0, 1 -> issue(new CredentialNumber(CARD.value() + step * 10L + random.nextInt(10)), random, people);
            case 2, 3 -> restate(random);
            case 4 -> {
                people.add(policy.resident(LocalDate.of(2026, 1, 1)));
                marked.lists().changed(ONE);
            }
            default -> {
                policy.put(
                        RESIDENTS,
                        rule(step + 2L, random.nextInt(2) * 7, new Where(42, 1 + random.nextInt(2), 0)),
                        ListItem.holiday(
                                "节", new Holiday(LocalDate.of(2026, 1, 1).plusDays(step))));
                marked.lists().changed(ONE);
            }
        }
    }

    private void issue(CredentialNumber number, Random random, List<PersonId> people) {
        policy.issued.removeIf(each -> each.number().equals(number));
        policy.issued.add(credential(number, people.get(random.nextInt(people.size())), CredentialStatus.ACTIVE));
        marked.lists().changed(ONE, ListScope.of(number));
    }

    private void restate(Random random) {
        if (!policy.issued.isEmpty()) {
            int at = random.nextInt(policy.issued.size());
            IssuedCredential before = policy.issued.get(at);
            if (random.nextInt(4) == 0) {
                policy.issued.remove(at);
            } else {
                CredentialStatus status = CredentialStatus.values()[random.nextInt(4)];
                policy.issued.set(at, credential(before.number(), before.holder(), status));
            }
            marked.lists().changed(ONE, ListScope.of(before.number()));
        }
    }

    private void assertSame(String when) {
        for (DeviceRow device : devices) {
            for (ListKind kind : KINDS) {
                if (new PolicyLists(kind, policy.desk).serves(device)) {
                    policy.desk.forget(ONE);
                    MerkleTree scratch = SignedList.compile(
                            kind, policy.desk.compiler(device).records(kind, device.id()));
                    assertThat(newest(device, kind).tree().root())
                            .as("%s device %d %s", when, device.id().value(), kind)
                            .isEqualTo(scratch.root());
                }
            }
        }
    }

    private SignedList newest(DeviceRow device, ListKind kind) {
        return marked.lists().newest(device.address(), kind).orElseThrow();
    }

    @Test
    void one_changed_credential_of_five_thousand_touches_its_list_alone_and_is_kept_as_one_bucket() {
        PersonId zhang = policy.resident(LocalDate.of(2026, 1, 1));
        for (long i = 0; i < 5_000; i++) {
            policy.issued.add(credential(new CredentialNumber(CARD.value() + i), zhang, CredentialStatus.ACTIVE));
        }
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
        marked.lists().changed(ONE);
        marked.round(ONE, devices);
        long whole = kept();
        List<ListHeader> before = marked.lists().headers(policy.door.address());
        CredentialNumber one = new CredentialNumber(CARD.value() + 4_711);
        policy.issued.set(4_711, credential(one, zhang, CredentialStatus.LOST));
        marked.lists().changed(ONE, ListScope.of(one));
        marked.round(ONE, devices);
        assertThat(marked.lists().headers(policy.door.address()))
                .filteredOn(header -> !before.contains(header))
                .extracting(ListHeader::kind, header -> header.version().number())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(ListKind.ACCESS, 2L));
        assertThat(newest(policy.till, ListKind.BLACKLIST).records()).hasSize(1);
        assertThat(newest(devices.get(2), ListKind.ACCESS).tree())
                .isSameAs(newest(policy.door, ListKind.ACCESS).tree());
        assertThat(kept() - whole).isLessThan(500);
        assertSame("one of five thousand");
        assertThat(policy.database
                        .jdbc()
                        .sql("select count(*) from signed_list where root = substring(header from 30 for 32)")
                        .query(Long.class)
                        .single())
                .as("rows in which the root is where the migration takes it from")
                .isEqualTo(policy.database
                        .jdbc()
                        .sql("select count(*) from signed_list")
                        .query(Long.class)
                        .single());
    }

    /** Bytes of content in the database. */
    private long kept() {
        return policy.database
                .jdbc()
                .sql("select sum(octet_length(content)) from list_content")
                .query(Long.class)
                .single();
    }

    @Test
    void a_process_that_starts_anew_reads_what_an_earlier_one_kept_as_steps() {
        PersonId zhang = policy.resident(LocalDate.of(2026, 1, 1));
        for (long i = 0; i < 400; i++) {
            policy.issued.add(credential(new CredentialNumber(CARD.value() + i), zhang, CredentialStatus.ACTIVE));
        }
        policy.put(RESIDENTS);
        marked.lists().changed(ONE);
        marked.round(ONE, devices);
        for (int i = 0; i < 5; i++) {
            policy.issued.set(i, credential(policy.issued.get(i).number(), zhang, CredentialStatus.BLOCKED));
            marked.lists().changed(ONE, ListScope.of(policy.issued.get(i).number()));
            marked.round(ONE, devices);
        }
        MarkedLists anew = new MarkedLists(policy.database, policy.clock, List.of());
        for (long version = 1; version <= 6; version++) {
            SignedList then = anew.lists()
                    .at(policy.door.address(), ListKind.ACCESS, new io.zhitong.accessmodel.ListVersion(1, version))
                    .orElseThrow();
            assertThat(then.records().toString().split("status=BLOCKED", -1)).hasSize((int) version);
        }
    }

    @Test
    void old_versions_are_forgotten_with_their_content_and_the_newest_never() {
        policy.holder();
        policy.put(RESIDENTS);
        marked.lists().changed(ONE);
        marked.round(ONE, devices);
        policy.clock.advance(Duration.ofDays(1));
        policy.put(RESIDENTS, rule(1, 0, Where.EVERYWHERE));
        marked.lists().changed(ONE);
        marked.round(ONE, devices);
        long contents = contents();
        assertThat(marked.lists().forget(ONE, policy.clock.instant().minus(Duration.ofDays(2))))
                .isZero();
        assertThat(marked.lists().forget(ONE, policy.clock.instant().plusSeconds(1)))
                .isEqualTo(2); // the groups of two doors
        assertThat(contents()).isEqualTo(contents - 1);
        assertSame("after forgetting");
        assertThat(marked.lists()
                        .at(policy.door.address(), ListKind.GROUPS, new io.zhitong.accessmodel.ListVersion(1, 1)))
                .isEmpty();
    }

    private long contents() {
        return policy.database
                .jdbc()
                .sql("select count(*) from list_content")
                .query(Long.class)
                .single();
    }

    @Test
    void a_worker_that_was_overtaken_signs_nothing() {
        policy.put(RESIDENTS);
        assertThatThrownBy(() -> marked.overtaken(ONE, devices)).hasMessageContaining("another worker");
        assertThat(marked.lists().headers(policy.door.address())).isEmpty();
    }

    @Test
    void content_that_was_tampered_with_is_not_given_out() {
        policy.holder();
        policy.put(RESIDENTS);
        marked.lists().changed(ONE);
        marked.round(ONE, devices);
        policy.database
                .jdbc()
                .sql("update list_content set content = ? where kind = 1")
                .param(new byte[0])
                .update();
        MarkedLists anew = new MarkedLists(policy.database, policy.clock, List.of());
        assertThatThrownBy(() -> anew.lists().newest(policy.door.address(), ListKind.ACCESS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not hash");
    }
}
