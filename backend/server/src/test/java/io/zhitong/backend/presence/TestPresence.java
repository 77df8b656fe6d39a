package io.zhitong.backend.presence;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.backend.access.CredentialBook;
import io.zhitong.backend.access.IssuedCredential;
import io.zhitong.backend.access.TestHolders;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.devices.TestLinks;
import io.zhitong.backend.devices.TestLists;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Devices 42 and 43 of community 1 at the borders of areas, people with cards, and the book that reads their passages. */
final class TestPresence {
    static final CommunityId ONE = new CommunityId(1);
    static final Instant START = Instant.parse("2026-05-01T08:00:00Z");

    final TestEstate estate;
    final TestLists lists;
    final TestEvents events;
    final PresenceRows rows;
    final PresenceBook book;
    final RollCall call;
    final LimitedUses uses;
    final Set<CredentialNumber> limited = new HashSet<>();
    private final Subjects subjects;
    private final TestDatabase database;
    private final Map<CredentialNumber, PersonId> holders = new HashMap<>();
    private final Map<Long, TestJournal> journals = new HashMap<>();
    private final Map<Long, Integer> sent = new HashMap<>();

    TestPresence(TestDatabase database, Clock clock) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
        lists = new TestLists(database, clock);
        events = new TestEvents(database, (device, message, signature) -> true, clock);
        rows = new PresenceRows(database.jdbc());
        StaticListableBeanFactory books = new StaticListableBeanFactory();
        books.addBean("book", new CredentialBook() {
            @Override
            public List<IssuedCredential> credentials(CommunityId community) {
                throw new IllegalStateException("presence asks for one holder, not for all");
            }

            @Override
            public Set<CredentialNumber> limited(CommunityId community) {
                return Set.copyOf(limited);
            }

            @Override
            public Optional<PersonId> holder(CommunityId community, CredentialNumber number) {
                return Optional.ofNullable(holders.get(number));
            }
        });
        subjects = new Subjects(books.getBeanProvider(CredentialBook.class), TestHolders.on(database));
        uses = new LimitedUses(books.getBeanProvider(CredentialBook.class), database.jdbc());
        book = new PresenceBook(rows, new PointPlaces(lists.lists()), subjects, uses);
        call = new RollCall(
                rows,
                subjects,
                lists.lists(),
                estate.estate(),
                events.subscriptions(),
                TestAudit.log(database, clock),
                new TimeOrderedIds(clock),
                clock);
    }

    /** What tells controllers at a border of each other's passages, by the states of these links. */
    PresenceLists told(TestLinks links) {
        PointPlaces places = new PointPlaces(lists.lists());
        Borders borders = new Borders(estate.estate(), places, links.states(), events.reader(), rows);
        return new PresenceLists(
                rows,
                borders,
                lists.shared(),
                estate.estate(),
                TestBackend.on(database).turns());
    }

    static CredentialNumber card(int number) {
        return CredentialNumber.parse(String.format("44030101%08d", number));
    }

    /** Persons get the numbers 1, 2, … in the order of these calls. */
    void holder(CredentialNumber card, int person) {
        PersonId id = new PersonId(new UUID(7, person));
        holders.put(card, id);
        TestHolders.on(database).of(ONE, List.of(id));
    }

    TestJournal journal(long device) {
        return journals.computeIfAbsent(device, each -> new TestJournal(1, each, 0x5000 + each));
    }

    /** Both devices get points n leading from one area into another and install them. */
    void points(int... fromTo) {
        PointRecord[] points = new PointRecord[fromTo.length / 2];
        for (int i = 0; i < points.length; i++) {
            points[i] = point(i + 1, fromTo[2 * i], fromTo[2 * i + 1]);
        }
        lists.say(ListKind.POINTS, points);
        for (long device : new long[] {42, 43}) {
            installed(device);
        }
    }

    static PointRecord point(int number, int from, int to) {
        return PointRecord.of(
                        new PointId(number),
                        PointKind.DOOR,
                        Set.of(AccessMethod.SEALED),
                        CarrierLevel.NONE,
                        PointTimes.of(3000, 0),
                        "门" + number)
                .with(new PointPlace(from, to, 0, PointPlace.ANY_THREAT));
    }

    /** The device gets its lists and says so. */
    void installed(long device) {
        DeviceAddress address = DeviceAddress.of(1, device);
        lists.lists().compile(estate.estate().device(address).orElseThrow());
        lists.lists()
                .newest(address, ListKind.POINTS)
                .ifPresent(list -> journal(device)
                        .write(
                                EventKind.LIST_INSTALLED,
                                0,
                                new ListEvent(
                                                ListKind.POINTS,
                                                Optional.empty(),
                                                list.header().version(),
                                                list.header().root())
                                        .encode()));
    }

    void granted(long device, int point, CredentialNumber card, Instant at) {
        tell(device, EventKind.ACCESS_GRANTED, point, grant(card), at);
    }

    void told(long device, EventKind kind, int point, Instant at) {
        tell(device, kind, point, new byte[0], at);
    }

    void tell(long device, EventKind kind, int point, byte[] body, Instant at) {
        journal(device).write(kind, point, body, at, ClockQuality.SYNCHRONISED);
    }

    static byte[] grant(CredentialNumber card) {
        return new AccessEvent(
                        Outcome.GRANTED,
                        DenyReason.NONE,
                        Optional.of(card),
                        AccessMethod.SEALED,
                        CarrierLevel.SEALED_CARD,
                        new ListVersion(1, 1),
                        List.of(),
                        Octets.EMPTY)
                .encode();
    }

    /** Sends what a device has not sent yet. */
    void send(long device) {
        TestJournal journal = journal(device);
        int from = sent.getOrDefault(device, 0);
        if (journal.records().size() > from) {
            events.append(
                    journal, journal.records().subList(from, journal.records().size()));
            sent.put(device, journal.records().size());
        }
    }

    /** Sends and reads everything. */
    void read() {
        send(42);
        send(43);
        events.drain(book, journal(42));
    }

    List<Whereabouts> everybody() {
        return rows.all(ONE);
    }

    Whereabouts of(long subject) {
        return everybody().stream()
                .filter(each -> each.subject() == subject)
                .findFirst()
                .orElseThrow();
    }

    PastPlaces places() {
        return new PastPlaces(rows, subjects, events.reader());
    }

    TestDatabase database() {
        return database;
    }
}
