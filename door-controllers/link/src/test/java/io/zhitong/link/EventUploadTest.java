package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.link.proto.FromDevice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

/** The upload against a backend that is a list in memory. */
class EventUploadTest {

    private final Deque<List<JournalRecord>> wire = new ArrayDeque<>();
    private MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private EventUpload upload = new EventUpload(device, this::sent);

    /** The instance serves all tries of a property. */
    @BeforeTry
    void beginAnew() {
        wire.clear();
        device = new MemoryDevice(Estate.DOOR);
        upload = new EventUpload(device, this::sent);
    }

    private void sent(FromDevice message) {
        wire.add(message.getEvents().getRecordList().stream()
                .map(ByteString::toByteArray)
                .map(JournalRecord::decode)
                .toList());
    }

    private void append(int count, int body) {
        for (int i = 0; i < count; i++) {
            device.append(EventKind.ACCESS_GRANTED, body);
        }
    }

    private void greet(long sequence) {
        upload.welcome(
                sequence,
                sequence == 0
                        ? Hash.ZERO
                        : device.records.get((int) sequence - 1).hash());
    }

    @Example
    void nothing_is_sent_before_the_backend_has_said_what_it_holds() {
        append(3, 10);
        upload.pump();
        assertTrue(wire.isEmpty());
        greet(2);
        assertEquals(List.of(device.records.subList(2, 3)), List.copyOf(wire));
        assertEquals(2, device.acknowledged.get());
    }

    @Example
    void window_of_four_batches_is_never_exceeded_and_each_acknowledgement_opens_one_place() {
        append(30, 4_000);
        greet(0);
        assertEquals(4, wire.size());
        JournalRecord last = wire.remove().get(1);
        upload.stored(last.sequence(), last.hash());
        assertEquals(4, wire.size());
        assertEquals(last.sequence(), device.acknowledged.get());
    }

    @Example
    void batch_fits_into_a_frame_and_a_single_largest_record_goes_alone() {
        append(8, 4_096);
        greet(0);
        for (List<JournalRecord> batch : wire) {
            int bytes = batch.stream()
                    .mapToInt(record -> record.encode().length + 3)
                    .sum();
            assertTrue(bytes + 8 <= 16_384, "a batch of " + bytes + " bytes");
        }
    }

    @Example
    void watermark_beyond_the_journal_or_of_another_history_is_refused_and_nothing_is_sent() {
        append(3, 10);
        Hash foreign = Hash.of(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        });
        assertEquals(LinkFault.BROKEN_CHAIN, fault(() -> upload.welcome(4, foreign)));
        assertEquals(LinkFault.BROKEN_CHAIN, fault(() -> upload.welcome(2, foreign)));
        assertEquals(LinkFault.MALFORMED, fault(() -> upload.welcome(0, foreign)));
        assertEquals(LinkFault.MALFORMED, fault(() -> upload.welcome(-1, foreign)));
        upload.pump();
        assertTrue(wire.isEmpty());
        assertEquals(0, device.acknowledged.get());
    }

    @Example
    void acknowledgement_of_nothing_or_of_more_than_was_sent_is_refused() {
        append(2, 10);
        greet(0);
        Hash last = device.records.get(1).hash();
        assertEquals(LinkFault.MALFORMED, fault(() -> upload.stored(3, last)));
        assertEquals(LinkFault.MALFORMED, fault(() -> upload.stored(-1, last)));
        upload.stored(2, last);
        assertEquals(LinkFault.MALFORMED, fault(() -> upload.stored(2, last)));
        assertEquals(2, device.acknowledged.get());
    }

    /** The backend's welcome was written before the older connection's last batch was in its store. */
    @Example
    void acknowledgement_that_counts_a_batch_of_the_connection_before_is_taken_and_nothing_is_sent_twice() {
        append(13, 4_000);
        greet(0);
        assertEquals(8, wire.peekLast().get(1).sequence());
        upload.stored(11, device.records.get(10).hash());
        assertEquals(11, device.acknowledged.get());
        assertEquals(12, wire.peekLast().get(0).sequence());
    }

    @Example
    void acknowledgement_beyond_what_was_sent_by_another_hash_than_ours_is_refused() {
        append(2, 10);
        greet(0);
        append(2, 10);
        assertEquals(
                LinkFault.BROKEN_CHAIN,
                fault(() -> upload.stored(4, device.records.get(0).hash())));
        assertEquals(0, device.acknowledged.get());
    }

    private static LinkFault fault(org.junit.jupiter.api.function.Executable refused) {
        return assertThrows(LinkException.class, refused).fault();
    }

    /** Records are written, batches stored and connections lost in any order: everything is stored once, in order. */
    @Property(tries = 60)
    void whatever_happens_in_between_every_record_is_stored_once_and_in_order(@ForAll long seed) {
        Random random = new Random(seed);
        List<JournalRecord> stored = new ArrayList<>();
        EventUpload current = connect(stored);
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(4)) {
                case 0 -> append(random.nextInt(4), random.nextInt(4_000));
                case 1 -> current.pump();
                case 2 -> store(current, stored);
                default -> {
                    if (random.nextInt(6) == 0) {
                        current = connect(stored);
                    }
                }
            }
            assertTrue(wire.size() <= 4);
        }
        current.pump();
        while (!wire.isEmpty()) {
            store(current, stored);
        }
        assertEquals(device.records, stored);
        assertEquals(stored.size(), device.acknowledged.get());
    }

    private EventUpload connect(List<JournalRecord> stored) {
        wire.clear();
        EventUpload next = new EventUpload(device, this::sent);
        Watermark mark = stored.isEmpty()
                ? Watermark.start(device.journal)
                : stored.get(stored.size() - 1).watermark();
        next.welcome(mark.sequence(), mark.hash());
        return next;
    }

    private void store(EventUpload current, List<JournalRecord> stored) {
        if (!wire.isEmpty()) {
            stored.addAll(wire.remove());
            Watermark mark = stored.get(stored.size() - 1).watermark();
            current.stored(mark.sequence(), mark.hash());
        }
    }
}
