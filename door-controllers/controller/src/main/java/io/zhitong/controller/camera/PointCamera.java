package io.zhitong.controller.camera;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Jpeg;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PictureTaken;
import io.zhitong.edge.Health;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the pictures of one point on a thread of its own (点位抓拍): who writes a record down only leaves a note here, and a camera that
 * hangs holds up nobody. A note that waited too long is thrown away: the picture would show somebody else.
 */
final class PointCamera implements AutoCloseable {
    /** Notes that wait while a picture is taken. */
    static final int MOST_WAITING = 4;

    static final long LATEST_MILLIS = 5_000;
    /** Between two pictures of ordinary events: a card held to the reader again and again fills no disk. */
    static final long PAUSE_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(PointCamera.class);
    private static final long STOP_MILLIS = 5_000;

    private final String name;
    private final Camera camera;
    private final boolean grants;
    private final Album album;
    private final Consumer<PictureTaken> taken;
    private final Health health;
    private final LongSupplier clock;
    private final BlockingQueue<Note> notes = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean stopped;
    /** Only the camera's own thread looks at it. */
    private long last = -PAUSE_MILLIS;

    private record Note(long sequence, boolean alarm, long at) {}

    /**
     * @param taken writes it down
     * @param clock monotonic, ms
     */
    PointCamera(
            CameraSection section,
            Camera camera,
            Album album,
            Consumer<PictureTaken> taken,
            Health health,
            LongSupplier clock) {
        this.name = "camera " + section.point();
        this.camera = camera;
        this.grants = section.grants();
        this.album = album;
        this.taken = taken;
        this.health = health;
        this.clock = clock;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, fault) -> {
            LOG.error("{} takes no more pictures", name, fault);
            health.broken(name, "takes no more pictures until the next start");
        });
    }

    void start() {
        thread.start();
    }

    /** Never waits. */
    void noted(JournalRecord record) {
        boolean alarm = record.kind().lane() == EventKind.Lane.ALARM;
        boolean wanted = alarm
                || record.kind() == EventKind.ACCESS_DENIED
                || grants && record.kind() == EventKind.ACCESS_GRANTED;
        if (wanted && !notes.offer(new Note(record.sequence(), alarm, clock.getAsLong()))) {
            LOG.info("{} is busy: no picture of record {}", name, record.sequence());
        }
    }

    private void run() {
        try {
            for (Note note = notes.take(); !stopped; note = notes.take()) {
                picture(note);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void picture(Note note) {
        long now = clock.getAsLong();
        boolean late = now - note.at() > LATEST_MILLIS;
        boolean soon = !note.alarm() && now - last < PAUSE_MILLIS;
        if (late || soon) {
            LOG.info("{}: no picture of record {}, too {}", name, note.sequence(), late ? "late" : "soon");
            return;
        }
        last = now;
        try {
            byte[] picture = camera.take();
            if (Jpeg.of(picture).isEmpty()) {
                throw new CameraException(CameraFault.NOT_A_PICTURE);
            }
            album.put(picture, note.alarm()).ifPresent(octets -> keep(note, picture.length, octets));
            health.working(name);
        } catch (CameraException e) {
            LOG.warn("{}: no picture of record {}: {}", name, note.sequence(), e.getMessage());
            health.broken(name, e.fault().english());
        }
    }

    private void keep(Note note, int length, Octets picture) {
        taken.accept(new PictureTaken(note.sequence(), length, picture));
    }

    @Override
    public void close() {
        stopped = true;
        // Not interrupted: a record may just be on its way to the disk.
        if (!notes.offer(new Note(0, false, 0))) {
            LOG.info("{} ends by a note that waits", name);
        }
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
