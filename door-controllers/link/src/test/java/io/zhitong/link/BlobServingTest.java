package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.Octets;
import io.zhitong.link.proto.BlobWanted;
import io.zhitong.link.proto.FromDevice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** Both ends of the bulk lane in one thread, over connections that end at any moment. */
class BlobServingTest {

    private final Deque<FromDevice> up = new ArrayDeque<>();
    private final Deque<BlobWanted> down = new ArrayDeque<>();
    private MemoryPictures pictures = new MemoryPictures();
    private BlobUpload upload = new BlobUpload(pictures, up::add);
    private BlobServing serving = new BlobServing(pictures, Estate.DOOR);
    private long underWay;
    private long mostUnderWay;

    /** The instance serves all tries of a property. */
    @BeforeTry
    void beginAnew() {
        pictures = new MemoryPictures();
        mostUnderWay = 0;
        connect();
    }

    /** What was on the line is lost with the connection. */
    private void connect() {
        up.clear();
        down.clear();
        underWay = 0;
        upload = new BlobUpload(pictures, up::add);
        serving = new BlobServing(pictures, Estate.DOOR);
        upload.pump();
    }

    /** One message moves, if there is one. */
    private boolean step(boolean upward) {
        if (upward && !up.isEmpty()) {
            serve(up.remove());
            return true;
        }
        if (!down.isEmpty()) {
            upload.wanted(down.remove());
            underWay = up.stream()
                    .mapToLong(part -> part.getBlobPart().getData().size())
                    .sum();
            mostUnderWay = Math.max(mostUnderWay, underWay);
            return true;
        }
        return !up.isEmpty() && step(true);
    }

    private void serve(FromDevice message) {
        Optional<BlobWanted.Builder> answer = message.hasBlobOffer()
                ? Optional.of(serving.offered(message.getBlobOffer()))
                : serving.part(message.getBlobPart());
        answer.ifPresent(said -> down.add(said.build()));
    }

    @Property(tries = 60)
    void pictures_arrive_whole_in_any_interleaving_and_never_more_than_a_credit_is_under_way(
            @ForAll @IntRange(min = 1, max = 400_000) int first,
            @ForAll @IntRange(min = 1, max = 70_000) int second,
            @ForAll @IntRange(max = 6) int cuts,
            @ForAll long seed) {
        Random random = new Random(seed);
        byte[] large = MemoryPictures.picture(first, seed);
        byte[] small = MemoryPictures.picture(second, seed + 1);
        pictures.waiting.addAll(List.of(large, small));
        upload.pump();
        int left = cuts;
        while (step(random.nextBoolean())) {
            if (left > 0 && random.nextInt(12) == 0) {
                left--;
                connect();
            }
        }
        Octets[] names = {MemoryPictures.name(large), MemoryPictures.name(small)};
        assertEquals(List.of(names), pictures.stored);
        assertArrayEquals(large, pictures.kept.get(names[0]).toByteArray());
        assertArrayEquals(small, pictures.kept.get(names[1]).toByteArray());
        assertEquals((long) first + second, pictures.appended.get(), "no byte is written twice");
        assertTrue(mostUnderWay <= BlobServing.CREDIT, mostUnderWay + " bytes were under way");
    }

    @Example
    void picture_that_the_backend_has_is_not_sent_again() {
        byte[] content = MemoryPictures.picture(30_000, 1);
        pictures.waiting.add(content);
        upload.pump();
        while (step(true)) {
            assertTrue(up.size() <= 9);
        }
        long before = pictures.appended.get();
        pictures.waiting.add(content);
        upload.pump();
        while (step(true)) {
            assertTrue(up.isEmpty() || up.peek().hasBlobOffer());
        }
        assertEquals(before, pictures.appended.get());
        assertEquals(2, pictures.stored.size());
    }

    @Example
    void backend_that_keeps_none_is_offered_nothing_more_in_this_connection() {
        serving = new BlobServing(BlobKeeper.none(), Estate.DOOR);
        pictures.waiting.add(MemoryPictures.picture(10, 1));
        upload.pump();
        while (step(true)) {
            assertTrue(up.size() <= 1);
        }
        upload.pump();
        assertTrue(up.isEmpty());
        assertEquals(List.of(BlobRefusal.NOT_KEPT), pictures.refusals);
        assertEquals(1, pictures.waiting.size(), "it is kept for another day");
    }
}
