package io.zhitong.backend.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PictureTaken;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.smcrypto.Hex;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which picture belongs to which event, as the journals of devices tell. */
@BothDatabases
final class EventPicturesTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final Octets ABC =
            Octets.of(Hex.parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

    private final TestEvents events;
    private final EventPictures pictures;
    private final TestJournal door = new TestJournal(1, 42, 7);

    EventPicturesTest(TestDatabase database) {
        events = new TestEvents(database);
        pictures = new EventPictures(database.jdbc(), events.reader());
    }

    private void denied(TestJournal journal) {
        journal.write(EventKind.ACCESS_DENIED, 1, new byte[0]);
    }

    private void taken(TestJournal journal, long of) {
        journal.write(EventKind.PICTURE_TAKEN, 1, new PictureTaken(of, 3, ABC).encode());
    }

    /** Stored and consumed, as a worker does it. */
    private List<StoredEvent> stored(TestJournal journal) {
        long before = events.reader().newest(journal.community());
        events.store().append(journal.community(), journal.device(), journal.id(), journal.records());
        List<StoredEvent> all = events.reader().after(journal.community(), before, 100);
        List<StoredEvent> wanted = all.stream()
                .filter(each -> pictures.kinds().contains(each.record().kind()))
                .toList();
        pictures.consume(journal.community(), wanted);
        return all;
    }

    @Test
    void picture_is_found_by_the_event_it_shows_others_in_between() {
        denied(door);
        denied(door);
        taken(door, 1);
        List<StoredEvent> all = stored(door);
        assertThat(pictures.of(ONE, all.get(0).position()))
                .containsExactly(new EventPicture(
                        all.get(2).position(),
                        all.get(0).position(),
                        DeviceAddress.of(1, 42),
                        all.get(2).happened(),
                        ABC,
                        3));
        assertThat(pictures.of(ONE, all.get(1).position())).isEmpty();
        assertThat(pictures.among(ONE, all.stream().map(StoredEvent::position).toList()))
                .containsExactly(all.get(0).position());
        assertThat(pictures.among(ONE, List.of())).isEqualTo(Set.of());
    }

    @Test
    void an_event_may_have_several_and_the_list_begins_with_the_newest() {
        denied(door);
        taken(door, 1);
        taken(door, 1);
        List<StoredEvent> all = stored(door);
        assertThat(pictures.of(ONE, all.get(0).position()))
                .extracting(EventPicture::position)
                .containsExactly(all.get(1).position(), all.get(2).position());
        assertThat(pictures.before(ONE, Long.MAX_VALUE, 1))
                .extracting(EventPicture::position)
                .containsExactly(all.get(2).position());
        assertThat(pictures.before(ONE, all.get(2).position(), 9))
                .extracting(EventPicture::position)
                .containsExactly(all.get(1).position());
    }

    @Test
    void journals_with_the_same_numbers_are_kept_apart_and_so_are_communities() {
        TestJournal other = new TestJournal(1, 42, 8);
        TestJournal elsewhere = new TestJournal(2, 42, 7);
        denied(other);
        denied(elsewhere);
        denied(door);
        taken(door, 1);
        List<StoredEvent> theirs = stored(other);
        stored(elsewhere);
        List<StoredEvent> ours = stored(door);
        assertThat(pictures.of(ONE, theirs.get(0).position())).isEmpty();
        assertThat(pictures.of(ONE, ours.get(0).position())).hasSize(1);
        assertThat(pictures.before(new CommunityId(2), Long.MAX_VALUE, 9)).isEmpty();
        assertThat(pictures.at(new CommunityId(2), ours.get(1).position())).isEmpty();
    }

    @Test
    void picture_of_an_event_that_never_came_stands_for_itself_and_what_cannot_be_read_names_none() {
        taken(door, 900);
        door.write(EventKind.PICTURE_TAKEN, 1, new byte[] {1, 2, 3});
        List<StoredEvent> all = stored(door);
        assertThat(pictures.before(ONE, Long.MAX_VALUE, 9))
                .extracting(EventPicture::event)
                .containsExactly(all.get(0).position());
    }
}
