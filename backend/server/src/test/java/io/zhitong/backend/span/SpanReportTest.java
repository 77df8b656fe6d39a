package io.zhitong.backend.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.alarms.TestAlarms;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.commerce.TestCommerce;
import io.zhitong.backend.commerce.TestSales;
import io.zhitong.backend.devices.TestSync;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.foundation.CommunityScope;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Reach;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.Sight;
import io.zhitong.backend.identity.TestUsers;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three communities: the first keeps a company's accounts, the second shows itself to it, the third does not. */
@BothDatabases
final class SpanReportTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final CommunityId TWO = new CommunityId(2);
    private static final CommunityId THREE = new CommunityId(3);
    private static final Actor ADMIN = new Actor("admin");
    private static final ConsoleUser COMPANY = TestUsers.above(Sight.OPERATOR, 1, Role.OVERSEER);
    private static final ConsoleUser CITY = TestUsers.above(Sight.CITY, 1, Role.OVERSEER);

    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:10Z");
    private final TestCommerce till;
    private final Estate estate;
    private final Reach reach;
    private final Belonging belonging;
    private final SpanReport report;

    SpanReportTest(TestDatabase database) {
        this.database = database;
        till = new TestCommerce(database, clock);
        estate = till.ledger().estate().estate();
        reach = TestUsers.reach(database);
        belonging = new Belonging(database.jdbc(), estate, TestAudit.log(database, clock), database.transactions());
        TestEvents events = till.events();
        report = new SpanReport(
                reach,
                estate,
                TestSync.proofs(database, clock),
                new TestAlarms(database, clock).alarms(),
                events.gaps(),
                events.reader(),
                till.query(),
                till.ledger().ledger());
    }

    @BeforeEach
    void threeCommunities() {
        TestEstate test = till.ledger().estate();
        test.community(2);
        test.community(3);
        estate.addDevice(new DeviceRow(TWO, new DeviceId(7), DeviceKind.CONTROLLER, "乙小区大门"));
        assertThat(belonging.found(ONE, "智通物业", ADMIN)).isEmpty();
        assertThat(belonging.join(TWO, 1, ADMIN)).isEmpty();
    }

    @AfterEach
    void leave() {
        CommunityScope.leave();
    }

    @Test
    void each_community_is_counted_for_itself_within_its_own_walls() {
        till.demoShop();
        till.arrive(TestSales.paid(1, 7, 100, 1_800));
        till.clear();
        TestJournal door = new TestJournal(2, 7, 0x55);
        till.events().append(door, door.fill(6));
        CommunityScope.enter(1);
        List<CommunityLine> lines = report.lines(COMPANY);
        assertThat(CommunityScope.present()).isEqualTo("1");
        assertThat(lines).extracting(CommunityLine::id).containsExactly(ONE, TWO);
        assertThat(lines).extracting(CommunityLine::devices).containsExactly(2, 1);
        assertThat(lines).extracting(line -> line.today().events()).containsExactly(1L, 6L);
        assertThat(lines).extracting(line -> line.today().takingsFen()).containsExactly(1_800L, 0L);
        assertThat(lines).extracting(line -> line.today().purchases()).containsExactly(1L, 0L);
        assertThat(lines).allMatch(CommunityLine::attention, "no device is connected");
    }

    @Test
    void days_follow_the_business_day_and_those_without_anything_are_there_too() {
        TestJournal door = new TestJournal(2, 7, 0x55);
        till.events().append(door, door.fill(6));
        clock.advance(Duration.ofDays(2));
        List<DayFigures> days = report.days(COMPANY, TWO, 4);
        assertThat(days)
                .extracting(DayFigures::day)
                .containsExactly(
                        LocalDate.of(2026, 5, 3),
                        LocalDate.of(2026, 5, 2),
                        LocalDate.of(2026, 5, 1),
                        LocalDate.of(2026, 4, 30));
        assertThat(days).extracting(DayFigures::events).containsExactly(0L, 0L, 6L, 0L);
        assertThat(report.days(COMPANY, THREE, 4)).isEmpty();
        assertThat(report.find(COMPANY, THREE)).isEmpty();
        assertThat(report.find(COMPANY, TWO)).isPresent();
    }

    @Test
    void only_who_shows_itself_is_seen_and_only_while_it_does() {
        assertThat(reach.of(TestUsers.principal("chen", Role.ADMIN))).containsExactly(ONE);
        assertThat(reach.of(COMPANY)).containsExactly(ONE, TWO);
        assertThat(reach.of(CITY)).isEmpty();
        assertThat(belonging.join(TWO, 0, ADMIN)).isEmpty();
        assertThat(reach.of(COMPANY)).containsExactly(ONE);
        assertThat(belonging.show(ONE, true, "深圳市", ADMIN)).isEmpty();
        assertThat(belonging.show(THREE, true, "", ADMIN)).isEmpty();
        assertThat(reach.of(CITY)).containsExactly(ONE, THREE);
        assertThat(belonging.show(ONE, false, "", ADMIN)).isEmpty();
        assertThat(reach.of(CITY))
                .as("accounts lie where the city is not shown to")
                .isEmpty();
    }

    @Test
    void who_made_a_company_or_a_city_known_keeps_its_accounts_and_nobody_else() {
        assertThat(reach.keeps(ONE)).containsExactly(Sight.OPERATOR);
        assertThat(reach.keeps(TWO)).isEmpty();
        assertThat(belonging.show(TWO, true, "深圳市", ADMIN)).isEmpty();
        assertThat(reach.keeps(TWO)).isEqualTo(Set.of(Sight.CITY));
        assertThat(belonging.cityAround(ONE)).contains(new Above("4403", "深圳市", "小区2 (44030002)", false));
        assertThat(belonging.operator(TWO)).contains(new Above("1", "智通物业", "智通花园 (44030001)", false));
        assertThat(belonging.operators(ONE))
                .singleElement()
                .satisfies(each -> assertThat(each.ours()).isTrue());
    }

    @Test
    void what_is_wrong_is_said_and_each_change_is_in_the_audit_of_the_community() {
        assertThat(belonging.join(TWO, 9, ADMIN)).contains(BelongingFault.OPERATOR);
        assertThat(belonging.found(TWO, "智通物业", ADMIN)).contains(BelongingFault.NAME_TAKEN);
        assertThat(belonging.found(TWO, "<b>", ADMIN)).contains(BelongingFault.NAME);
        assertThat(belonging.show(TWO, true, "", ADMIN)).contains(BelongingFault.NAME);
        assertThat(belonging.operator(TWO).map(Above::name)).contains("智通物业");
        assertThat(belonging.city(TWO)).isEmpty();
        belonging.join(TWO, 0, ADMIN);
        assertThat(database.jdbc()
                        .sql("select action || '|' || before_text || '|' || after_text from audit_entry"
                                + " where community_id = 2 order by number")
                        .query(String.class)
                        .list())
                .containsExactly("belonging.operator||智通物业", "belonging.operator|智通物业|");
    }

    @Test
    void on_postgresql_a_community_puts_no_other_one_under_a_company() {
        if (database.kind() == DatabaseKind.PG) {
            CommunityScope.enter(2);
            assertThat(belonging.join(TWO, 0, ADMIN)).isEmpty();
            assertThat(database.jdbc()
                            .sql("update community_above set operator_id = 1 where member <> 2")
                            .update())
                    .isZero();
        }
        assertThat(reach.of(COMPANY)).contains(ONE);
    }
}
