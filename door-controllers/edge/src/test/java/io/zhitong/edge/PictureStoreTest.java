package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.Octets;
import io.zhitong.link.Blob;
import io.zhitong.link.BlobRefusal;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureStoreTest {
    /** {@code printf abc | sha256sum}. */
    private static final Octets ABC =
            Octets.of(Hex.parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

    private static final PictureLimits SMALL = new PictureLimits(1_000, Duration.ofDays(7), 0);

    @TempDir
    private Path folder;

    private final Journals.HandClock clock = new Journals.HandClock();
    private final Health health = new Health();

    private PictureStore open(PictureLimits limits) {
        return PictureStore.open(folder.resolve("pictures"), limits, clock::millis, health);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A picture of 300 bytes that is like no other. */
    private static byte[] picture(int which) {
        byte[] content = new byte[300];
        Arrays.fill(content, (byte) which);
        return content;
    }

    private Octets put(PictureStore store, int which, boolean alarm) {
        clock.pass(Duration.ofSeconds(1));
        return store.put(picture(which), alarm).orElseThrow();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("pictures"))) {
            return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    /** As the link takes them, until there is none. */
    private static List<Octets> sent(PictureStore store) {
        List<Octets> sent = new ArrayList<>();
        for (Optional<Blob> next = store.next(); next.isPresent(); next = store.next()) {
            sent.add(next.get().name());
            store.stored(next.get().name());
        }
        return sent;
    }

    @Test
    void picture_is_named_by_its_content_and_only_the_programs_user_reads_it() throws IOException {
        assertEquals(Optional.of(ABC), open(SMALL).put(bytes("abc"), false));
        Path file = folder.resolve("pictures").resolve(ABC + ".plain");
        assertArrayEquals(bytes("abc"), Files.readAllBytes(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("pictures"))));
    }

    @Test
    void what_waits_is_there_for_the_next_program_in_its_order_and_what_was_begun_is_not() throws IOException {
        PictureStore before = open(SMALL);
        Octets first = put(before, 1, false);
        Octets second = put(before, 2, false);
        Files.write(folder.resolve("pictures").resolve(ABC + ".plain.part"), bytes("ab"));
        Files.write(folder.resolve("pictures").resolve(ABC + ".plain"), new byte[0]);
        PictureStore after = open(SMALL);
        assertEquals(2, files().size());
        assertEquals(Optional.of(new Blob(first, 300)), after.next());
        assertArrayEquals(
                Arrays.copyOf(picture(1), 100), after.read(after.next().orElseThrow(), 200, 100));
        assertEquals(List.of(first, second), sent(after));
        assertEquals(List.of(), files());
    }

    @Test
    void alarms_are_sent_first_and_the_one_under_way_stays_the_same() {
        PictureStore store = open(SMALL);
        Octets plain = put(store, 1, false);
        assertEquals(plain, store.next().orElseThrow().name());
        Octets alarm = put(store, 2, true);
        assertEquals(plain, store.next().orElseThrow().name(), "until the backend has it");
        Octets later = put(store, 3, false);
        assertEquals(List.of(plain, alarm, later), sent(store));
    }

    @Test
    void full_store_gives_up_the_oldest_plain_ones_and_counts_them() throws IOException {
        PictureStore store = open(SMALL);
        Octets alarm = put(store, 1, true);
        put(store, 2, false);
        Octets third = put(store, 3, false);
        Octets fourth = put(store, 4, false);
        assertEquals(1, store.givenUp());
        assertEquals(List.of("pictures: 1 given up since the start"), health.faults());
        assertEquals(3, files().size());
        assertEquals(List.of(alarm, third, fourth), sent(store));
        assertTrue(health.healthy(), "all that is left has arrived");
    }

    @Test
    void plain_picture_drives_out_no_alarm_and_an_alarm_only_the_oldest_alarm() {
        PictureStore store = open(SMALL);
        put(store, 1, true);
        Octets second = put(store, 2, true);
        Octets third = put(store, 3, true);
        assertEquals(Optional.empty(), store.put(picture(4), false));
        Octets fifth = put(store, 5, true);
        assertEquals(2, store.givenUp());
        assertEquals(List.of(second, third, fifth), sent(store));
    }

    @Test
    void picture_that_is_being_sent_stays_however_full_it_is() {
        PictureStore store = open(SMALL);
        Octets under = put(store, 1, false);
        Blob blob = store.next().orElseThrow();
        for (int i = 2; i < 9; i++) {
            put(store, i, false);
        }
        assertEquals(under, blob.name());
        assertArrayEquals(picture(1), store.read(blob, 0, 300));
    }

    @Test
    void same_picture_twice_is_kept_once_and_an_alarm_on_it_lifts_it() throws IOException {
        PictureStore store = open(SMALL);
        put(store, 1, false);
        put(store, 2, false);
        Octets again = put(store, 2, true);
        assertEquals(2, files().size());
        assertEquals(again, open(SMALL).next().orElseThrow().name(), "an alarm now, also for the next program");
    }

    @Test
    void after_a_week_nobody_finds_it_at_the_door() throws IOException {
        PictureStore store = open(SMALL);
        put(store, 1, true);
        clock.pass(Duration.ofDays(7));
        assertEquals(1, files().size());
        clock.pass(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), store.next());
        assertEquals(List.of(), files());
        assertEquals(1, store.givenUp());
    }

    @Test
    void refused_for_good_is_given_up_and_refused_for_now_waits() throws IOException {
        PictureStore store = open(SMALL);
        Octets name = put(store, 1, false);
        store.next();
        store.refused(name, BlobRefusal.NO_ROOM);
        assertEquals(name, store.next().orElseThrow().name());
        store.refused(name, BlobRefusal.NOT_KEPT);
        assertEquals(1, files().size());
        store.next();
        store.refused(name, BlobRefusal.OTHER_CONTENT);
        assertEquals(Optional.empty(), store.next());
        assertEquals(List.of(), files());
        assertEquals(1, store.givenUp());
    }

    @Test
    void picture_whose_file_went_away_is_not_offered() throws IOException {
        PictureStore store = open(SMALL);
        Octets name = put(store, 1, false);
        Files.delete(folder.resolve("pictures").resolve(name + ".plain"));
        assertEquals(Optional.empty(), store.next());
        assertEquals(1, store.givenUp());
    }

    @Test
    void nothing_more_than_a_picture_may_be_and_the_journals_room_are_not_taken() {
        PictureStore store = open(PictureLimits.DEFAULT);
        assertEquals(Optional.empty(), store.put(new byte[0], true));
        assertEquals(Optional.empty(), store.put(new byte[Blob.MAX_LENGTH + 1], true));
        PictureStore full = open(new PictureLimits(1_000, Duration.ofDays(7), Long.MAX_VALUE));
        assertEquals(Optional.empty(), full.put(picture(1), true));
        assertEquals(1, full.givenUp());
    }

    @Test
    void folder_that_is_none_keeps_no_device_from_starting() throws IOException {
        Files.write(folder.resolve("pictures"), bytes("a file"));
        PictureStore store = open(SMALL);
        assertEquals(Optional.empty(), store.next());
        assertEquals(Optional.empty(), store.put(picture(1), true));
        assertEquals(List.of("pictures: 1 given up since the start"), health.faults());
    }
}
