package io.zhitong.controller.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PictureTaken;
import io.zhitong.accessmodel.PointId;
import io.zhitong.controller.Soon;
import io.zhitong.edge.Health;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PointCameraTest {
    /** 640 × 480, as far as its header says. */
    static final byte[] PICTURE =
            HexFormat.of().parseHex("FFD8FFC000110801E0028003012200021101031101" + "00".repeat(100) + "FFD9");

    private static final Octets NAME = Octets.zeros(32);

    private final AtomicLong clock = new AtomicLong(100_000);
    private final Health health = new Health();
    private final Semaphore shutter = new Semaphore(0);
    private final AtomicInteger shots = new AtomicInteger();
    private final AtomicReference<byte[]> lens = new AtomicReference<>(PICTURE);
    private final List<String> kept = new CopyOnWriteArrayList<>();
    private final List<PictureTaken> written = new CopyOnWriteArrayList<>();
    private volatile boolean room = true;
    private PointCamera camera = camera(false);

    private PointCamera camera(boolean grants) {
        PointCamera made = new PointCamera(
                new CameraSection(1, "folder:.", "", grants),
                this::shoot,
                this::keep,
                written::add,
                health,
                clock::get);
        made.start();
        return made;
    }

    private byte[] shoot() {
        shutter.acquireUninterruptibly();
        shots.incrementAndGet();
        byte[] seen = lens.get();
        if (seen.length == 0) {
            throw new CameraException(CameraFault.NO_ANSWER);
        }
        return seen;
    }

    private Optional<Octets> keep(byte[] picture, boolean alarm) {
        kept.add(picture.length + (alarm ? " alarm" : " plain"));
        return room ? Optional.of(NAME) : Optional.empty();
    }

    @AfterEach
    void stop() {
        shutter.release(100);
        camera.close();
    }

    private static JournalRecord record(EventKind kind, long sequence) {
        return new JournalRecord(
                new CommunityId(1),
                new DeviceId(42),
                new JournalId(7),
                sequence,
                Hash.ZERO,
                1,
                0,
                0,
                ClockQuality.UNKNOWN,
                kind.code(),
                new PointId(1),
                Octets.EMPTY);
    }

    private void happens(EventKind kind, long sequence) {
        camera.noted(record(kind, sequence));
    }

    private void awaitsWritten(int count) {
        Soon.holds(() -> written.size() == count, written::toString);
    }

    @Test
    void denial_is_pictured_and_its_record_named_while_whoever_wrote_it_went_on() {
        long began = System.nanoTime();
        happens(EventKind.ACCESS_DENIED, 5);
        assertTrue(System.nanoTime() - began < 1_000_000_000L, "the shutter is not free yet");
        assertEquals(List.of(), written);
        shutter.release();
        awaitsWritten(1);
        assertEquals(new PictureTaken(5, PICTURE.length, NAME), written.get(0));
        assertEquals(List.of(PICTURE.length + " plain"), kept);
    }

    @Test
    void alarms_and_duress_are_pictured_grants_and_doors_are_not() {
        shutter.release(10);
        happens(EventKind.ACCESS_GRANTED, 1);
        happens(EventKind.POINT_OPENED, 2);
        happens(EventKind.PICTURE_TAKEN, 3);
        happens(EventKind.DURESS, 4);
        happens(EventKind.FORCED_OPEN, 5);
        awaitsWritten(2);
        assertEquals(
                List.of(4L, 5L), written.stream().map(PictureTaken::sequence).toList());
        assertEquals(List.of(PICTURE.length + " alarm", PICTURE.length + " alarm"), kept);
    }

    @Test
    void grants_are_pictured_where_the_file_says_so() {
        camera.close();
        camera = camera(true);
        shutter.release();
        happens(EventKind.ACCESS_GRANTED, 9);
        awaitsWritten(1);
        assertEquals(9, written.get(0).sequence());
    }

    @Test
    void camera_that_hangs_holds_up_nobody_and_what_waited_too_long_is_not_pictured() {
        happens(EventKind.FORCED_OPEN, 1);
        Soon.holds(shutter::hasQueuedThreads, () -> "the camera does not hang yet");
        for (int i = 2; i <= 20; i++) {
            happens(EventKind.FORCED_OPEN, i);
        }
        clock.addAndGet(PointCamera.LATEST_MILLIS + 1);
        shutter.release(20);
        awaitsWritten(1);
        assertEquals(1, written.get(0).sequence(), "it was asked in time");
        Soon.holds(
                () -> {
                    happens(EventKind.FORCED_OPEN, 21);
                    return written.size() > 1;
                },
                written::toString);
        assertEquals(21, written.get(1).sequence(), "those that waited meanwhile were late");
    }

    @Test
    void card_held_to_the_reader_again_and_again_is_one_picture_a_second() {
        shutter.release(10);
        happens(EventKind.ACCESS_DENIED, 1);
        awaitsWritten(1);
        happens(EventKind.ACCESS_DENIED, 2);
        happens(EventKind.NOT_GENUINE_REPEATED, 3);
        awaitsWritten(2);
        clock.addAndGet(PointCamera.PAUSE_MILLIS);
        happens(EventKind.ACCESS_DENIED, 4);
        awaitsWritten(3);
        assertEquals(
                List.of(1L, 3L, 4L),
                written.stream().map(PictureTaken::sequence).toList());
    }

    @Test
    void camera_without_an_answer_is_a_fault_of_the_device_until_it_answers_again() {
        lens.set(new byte[0]);
        shutter.release();
        happens(EventKind.FORCED_OPEN, 1);
        Soon.holds(() -> health.faults().equals(List.of("camera 1: no answer in time")), health::faults);
        lens.set(PICTURE);
        shutter.release();
        happens(EventKind.FORCED_OPEN, 2);
        awaitsWritten(1);
        Soon.holds(health::healthy, health::faults);
    }

    @Test
    void what_is_no_picture_is_neither_kept_nor_named() {
        lens.set("<html>busy</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        shutter.release();
        happens(EventKind.FORCED_OPEN, 1);
        Soon.holds(() -> !health.healthy(), health::faults);
        assertTrue(health.faults().get(0).contains("expected one whole JPEG"), health.faults()::toString);
        assertEquals(List.of(), kept);
        assertEquals(List.of(), written);
    }

    @Test
    void camera_that_fails_as_nobody_expected_is_a_fault_that_stays() {
        lens.set(null);
        shutter.release();
        happens(EventKind.FORCED_OPEN, 1);
        Soon.holds(
                () -> health.faults().equals(List.of("camera 1: takes no more pictures until the next start")),
                health::faults);
    }

    @Test
    void program_that_stops_waits_for_no_camera_s_notes() {
        for (int i = 0; i < 20; i++) {
            happens(EventKind.FORCED_OPEN, i + 1);
        }
        shutter.release();
        camera.close();
        assertTrue(written.size() <= 1, written::toString);
    }

    @Test
    void picture_without_room_is_named_by_no_record() {
        room = false;
        shutter.release();
        happens(EventKind.FORCED_OPEN, 1);
        Soon.holds(() -> kept.size() == 1, kept::toString);
        camera.close();
        assertEquals(List.of(), written);
    }
}
