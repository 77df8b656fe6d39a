package io.zhitong.backend.access;

import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.devices.MarkedLists;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.ResidenceRole;
import io.zhitong.backend.people.TestPeople;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** The demo estate with a policy book, a compiler and a book of credentials that a test fills. */
final class TestPolicy {
    static final CommunityId ONE = new CommunityId(1);
    static final Actor ADMIN = new Actor("admin");
    static final CredentialNumber CARD = CredentialNumber.parse("4403010100000001");
    static final PeopleGroup RESIDENTS = new PeopleGroup(1, "住户", GroupKind.RESIDENTS, Set.of(), List.of());

    final TestDatabase database;
    final FakeClock clock = new FakeClock("2026-06-30T15:59:59Z");
    final TestEstate estate;
    final People people;
    final MarkedLists lists;
    final PolicyBook book;
    final FactsReader reader;
    final Rollouts rollouts;
    final HolderNumbers holders;
    final CompilerDesk desk;
    final List<IssuedCredential> issued = new ArrayList<>();
    final DeviceRow door;
    final DeviceRow till;

    TestPolicy(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
        people = TestPeople.on(database);
        lists = new MarkedLists(database, clock, List.of());
        book = new PolicyBook(database.jdbc(), TestAudit.log(database, clock), clock);
        StaticListableBeanFactory books = new StaticListableBeanFactory();
        books.addBean("book", (CredentialBook) community -> community.equals(ONE) ? issued : List.of());
        holders = new HolderNumbers(database.jdbc());
        reader = new FactsReader(
                estate.estate(), people, holders, books.getBeanProvider(CredentialBook.class), pins(), clock);
        rollouts = new Rollouts(database.jdbc(), book, clock);
        desk = new CompilerDesk(book, rollouts, reader);
        door = estate.estate().device(DeviceAddress.of(1, 42)).orElseThrow();
        till = estate.estate().device(DeviceAddress.of(1, 43)).orElseThrow();
    }

    AccessPins pins() {
        return new AccessPins(database.jdbc(), TestAudit.log(database, clock), lists.lists(), clock);
    }

    static AccessRule rule(long id, int schedule, AccessRule.Where where) {
        return new AccessRule(id, "规则" + id, 1, schedule, 0, where);
    }

    long put(PolicyItem... items) {
        return book.next(ONE, PolicyContent.of(List.of(items)), "drafter", ADMIN, "test");
    }

    AccessCompiler compiler() {
        desk.forget(ONE);
        return desk.compiler(door);
    }

    PersonId resident(LocalDate from) {
        return resident(from, estate.estate().units(ONE).get(0).id());
    }

    PersonId resident(LocalDate from, UUID unit) {
        PersonId person = people.addPerson(ONE, "张伟", "zw");
        people.addResidence(ONE, person, people.addHousehold(ONE, unit), ResidenceRole.OWNER, from);
        return person;
    }

    PersonId holder() {
        PersonId person = resident(LocalDate.of(2026, 1, 1));
        issued.add(credential(CARD, person, CredentialStatus.ACTIVE));
        return person;
    }

    static IssuedCredential credential(CredentialNumber number, PersonId person, CredentialStatus status) {
        Carrier carrier = new Carrier(CarrierKind.CARD, CarrierLevel.SEALED_CARD, Octets.of(number.bytes()));
        return new IssuedCredential(number, person, status, Validity.ALWAYS, 3, List.of(carrier));
    }
}
