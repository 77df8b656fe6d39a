package io.zhitong.backend.parking;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.Circumstances;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EntryRecord;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.access.CredentialBook;
import io.zhitong.backend.access.IssuedCredential;
import io.zhitong.backend.access.TestHolders;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.devices.TestLists;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.Extras;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Policy;
import io.zhitong.decision.PolicyLists;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Request;
import io.zhitong.decision.SiteState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Lot 7 of community 1 with a way in and a way out at each of the controllers 42 and 44; people with cards. */
final class TestParking {
    static final CommunityId ONE = new CommunityId(1);
    static final int LOT = 7;
    static final PointId IN = new PointId(1);
    static final PointId OUT = new PointId(2);

    final TestEstate estate;
    final TestLists lists;
    final TestEvents events;
    final CarRows rows;
    final CarBook book;
    final Cars cars;
    final Spaces spaces;
    final SpaceList spaceList;
    final CarLists told;
    private final Map<CredentialNumber, PersonId> holders = new HashMap<>();
    private final Map<Long, TestJournal> journals = new HashMap<>();
    private final Map<Long, Integer> sent = new HashMap<>();
    private final Map<CredentialNumber, Integer> persons = new HashMap<>();
    private final TestDatabase database;

    TestParking(TestDatabase database, Clock clock) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
        estate.estate().addDevice(new DeviceRow(ONE, new DeviceId(44), DeviceKind.CONTROLLER, "南门车道"));
        for (PointId point : List.of(IN, OUT)) {
            estate.estate()
                    .addPoint(new PointRow(
                            ONE, new DeviceId(44), point, PointKind.LANE, AccessMethod.SEALED, "车道" + point.value()));
        }
        lists = new TestLists(database, clock);
        events = new TestEvents(database, (device, message, signature) -> true, clock);
        rows = new CarRows(database.jdbc());
        Lanes lanes = new Lanes(estate.estate(), lists.lists());
        book = new CarBook(rows, lanes);
        StaticListableBeanFactory books = new StaticListableBeanFactory();
        books.addBean("book", new CredentialBook() {
            @Override
            public List<IssuedCredential> credentials(CommunityId community) {
                throw new IllegalStateException("parking asks for one holder, not for all");
            }

            @Override
            public Optional<PersonId> holder(CommunityId community, CredentialNumber number) {
                return Optional.ofNullable(holders.get(number));
            }
        });
        cars = new Cars(
                rows,
                lanes,
                lists.lists(),
                books.getBeanProvider(CredentialBook.class),
                TestAudit.log(database, clock),
                new TimeOrderedIds(clock),
                clock);
        spaces = new Spaces(new SpaceRows(database.jdbc()), lists.lists(), TestAudit.log(database, clock), clock);
        spaceList = new SpaceList(new SpaceRows(database.jdbc()), TestHolders.on(database), estate.estate());
        told = new CarLists(
                rows,
                lanes,
                lists.shared(),
                estate.estate(),
                TestBackend.on(database).turns());
        lists.say(ListKind.AREAS, new AreaRecord(LOT, AntiPassback.HARD, 0, 0, StalePolicy.DECIDE, 0, "地下车库"));
        lists.say(ListKind.POINTS, lane(IN, 0, LOT), lane(OUT, LOT, 0));
        lists.say(ListKind.SCHEDULES);
        lists.say(ListKind.HOLIDAYS);
        lists.say(
                ListKind.GROUPS,
                new GroupRecord(
                        1, List.of(new Right(IN, Schedule.ALWAYS_ID, 11), new Right(OUT, Schedule.ALWAYS_ID, 12))));
        lists.say(ListKind.ACCESS);
        compile();
    }

    private static PointRecord lane(PointId point, int from, int to) {
        return PointRecord.of(
                        point,
                        PointKind.LANE,
                        Set.of(AccessMethod.SEALED, AccessMethod.PLATE),
                        CarrierLevel.NONE,
                        PointTimes.of(3000, 0),
                        "车道" + point.value())
                .with(new PointPlace(from, to, 0, PointPlace.ANY_THREAT));
    }

    static CredentialNumber card(int number) {
        return CredentialNumber.parse(String.format("44030101%08d", number));
    }

    /** A resident whose cards these are; the same person for the same name. */
    PersonId person(String name, int... cards) {
        PersonId person = new PersonId(new UUID(7, persons.size() + 1));
        database.jdbc()
                .sql("insert into person (community_id, id, name, initials) values (1, ?, ?, 'x')")
                .params(person.value(), name)
                .update();
        long number = TestHolders.on(database).of(ONE, List.of(person)).get(person);
        for (int card : cards) {
            holders.put(card(card), person);
            persons.put(card(card), (int) number);
        }
        lists.say(
                ListKind.ACCESS,
                persons.entrySet().stream()
                        .map(each -> record(each.getKey(), each.getValue()))
                        .toArray(ListRecord[]::new));
        compile();
        return person;
    }

    private static AccessRecord record(CredentialNumber number, int holder) {
        return new AccessRecord(
                number,
                holder,
                CredentialStatus.ACTIVE,
                Set.of(),
                Validity.ALWAYS,
                AccessRecord.UNLIMITED,
                0,
                List.of(1),
                List.of());
    }

    void compile() {
        lists.say(ListKind.SPACES, spaceList.records(device(44)).toArray(ListRecord[]::new));
        for (long each : new long[] {42, 44}) {
            lists.lists().compile(device(each));
        }
    }

    private DeviceRow device(long number) {
        return estate.estate().device(DeviceAddress.of(1, number)).orElseThrow();
    }

    // ---- events

    void passed(long device, PointId lane, CredentialNumber card, String plate, Instant at) {
        tell(device, lane, event(Optional.of(card), AccessMethod.SEALED, plate), at);
    }

    void passedByPlate(long device, PointId lane, String plate, Instant at) {
        tell(device, lane, event(Optional.empty(), AccessMethod.PLATE, plate), at);
    }

    void told(long device, PointId lane, EventKind kind, Instant at) {
        journal(device).write(kind, lane.value(), new byte[0], at, ClockQuality.SYNCHRONISED);
    }

    private void tell(long device, PointId lane, AccessEvent event, Instant at) {
        journal(device).write(EventKind.ACCESS_GRANTED, lane.value(), event.encode(), at, ClockQuality.SYNCHRONISED);
    }

    private static AccessEvent event(Optional<CredentialNumber> card, AccessMethod method, String plate) {
        boolean alone = method == AccessMethod.PLATE;
        Circumstances site = new Circumstances(
                Optional.empty(),
                0,
                0,
                false,
                false,
                0,
                new Circumstances.Place(Circumstances.Place.NOWHERE, 0, 0, 0),
                0,
                0,
                new Circumstances.Seen(
                        Set.of(),
                        Set.of(),
                        false,
                        Circumstances.Seen.NONE,
                        Circumstances.Seen.NONE,
                        Circumstances.Seen.NONE,
                        Optional.empty(),
                        plate,
                        alone));
        return new AccessEvent(
                        Outcome.GRANTED,
                        DenyReason.NONE,
                        card,
                        method,
                        alone ? CarrierLevel.COPIED_NUMBER : CarrierLevel.SEALED_CARD,
                        new ListVersion(1, 1),
                        List.of(),
                        Octets.EMPTY)
                .at(site);
    }

    private TestJournal journal(long device) {
        return journals.computeIfAbsent(device, each -> new TestJournal(1, each, 0x6000 + each));
    }

    void send(long device) {
        TestJournal journal = journal(device);
        int from = sent.getOrDefault(device, 0);
        if (journal.records().size() > from) {
            events.append(
                    journal, journal.records().subList(from, journal.records().size()));
            sent.put(device, journal.records().size());
        }
    }

    /** Sends and reads everything, and tells the lanes. */
    void read() {
        send(42);
        send(44);
        events.drain(book, ONE);
        told.tell(ONE);
    }

    // ---- what a lane knows and decides

    List<EntryRecord> entries(long device) {
        return lists.lists()
                .newest(DeviceAddress.of(1, device), ListKind.ENTRIES)
                .map(list -> list.records(EntryRecord.class))
                .orElse(List.of());
    }

    /** By the signed lists of that controller, with the engine it runs. */
    Decision decide(long device, PointId lane, Presented presented, String plate, Instant at) {
        Extras extras =
                new Extras(Set.of(), Set.of(), false, Optional.empty(), Optional.empty(), plate, Extras.NOT_MEASURED);
        return Engine.decide(
                new Request(
                        lane, PointState.FRESH, presented, at, ClockQuality.SYNCHRONISED, 0, extras, SiteState.QUIET),
                policy(device));
    }

    Decision card(long device, PointId lane, int card, String plate, Instant at) {
        Presented shown = new Presented.Genuine(
                card(card), AccessMethod.SEALED, CarrierLevel.SEALED_CARD, Presented.Genuine.NO_CERTIFICATE);
        return decide(device, lane, shown, plate, at);
    }

    Decision plate(long device, PointId lane, String plate, Instant at) {
        return decide(device, lane, new Presented.ByPlate(AccessMethod.PLATE), plate, at);
    }

    private Policy policy(long device) {
        DeviceAddress address = DeviceAddress.of(1, device);
        List<ListRecord> records = new ArrayList<>();
        SignedList access = lists.lists().newest(address, ListKind.ACCESS).orElseThrow();
        for (ListHeader header : lists.lists().headers(address)) {
            if (header.kind() != ListKind.ACCESS) {
                records.addAll(lists.lists()
                        .newest(address, header.kind())
                        .orElseThrow()
                        .records());
            }
        }
        return new Policy(
                new PolicyLists(
                        access.header().version(), Long.MAX_VALUE, ZoneId.of("Asia/Shanghai"), List.copyOf(records)),
                access.tree());
    }
}
