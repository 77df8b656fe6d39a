package io.zhitong.cardterminal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cardterminal.PurchaseSam;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SAMs shared by threads; the witness is what arrives at each SAM. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SamPoolTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final PurchaseSam.Demand DEMAND = new PurchaseSam.Demand(
            new byte[4],
            1,
            100,
            TransactionType.EP_PURCHASE,
            CardTime.of(LocalDateTime.of(2026, 11, 21, 12, 0, 0)),
            1,
            4,
            new byte[8]);

    /** A PSAM that writes down its purchase commands and answers as it was told. */
    private static final class Sam implements CardChannel {
        private final List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger sequence = new AtomicInteger(1);
        private final String serial;
        private volatile String creditAnswer = "9000";
        private volatile boolean pulled;

        Sam(int number) {
            serial = String.format("0000440399%010d", number);
        }

        @Override
        public byte[] transceive(byte[] command) {
            if (pulled) {
                throw new CardException(CardException.Reason.REMOVED, "the SAM is out");
            }
            return switch (command[1] & 0xFF) {
                case 0xB0 -> Hex.parse(file(command[2] & 0x1F) + "9000");
                case 0x70 -> init();
                case 0x72 -> {
                    seen.add(0x72);
                    yield Hex.parse(creditAnswer);
                }
                default -> Hex.parse("9000");
            };
        }

        private String file(int id) {
            return switch (id) {
                case 0x15 -> serial;
                case 0x16 -> "440300000043";
                default -> String.format("%08x", sequence.get());
            };
        }

        private byte[] init() {
            seen.add(0x70);
            Thread.yield();
            return new ByteWriter()
                    .u32(sequence.getAndIncrement())
                    .u32(0)
                    .u16(0x9000)
                    .toByteArray();
        }

        /** Whether every INIT is followed by its CREDIT. */
        boolean inPairs() {
            List<Integer> all = List.copyOf(seen);
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) != (i % 2 == 0 ? 0x70 : 0x72)) {
                    return false;
                }
            }
            return all.size() % 2 == 0;
        }
    }

    private final Sam first = new Sam(1);
    private final Sam second = new Sam(2);

    private SamPool<Psam> pool(Sam... sams) {
        List<SamSlot> slots = new ArrayList<>();
        for (int i = 0; i < sams.length; i++) {
            slots.add(new SamSlot("sam-" + (i + 1), sams[i]));
        }
        return new SamPool<>(slots, Psam::open);
    }

    private static PurchaseSam.Verdict buy(Psam psam) {
        try (PurchaseSam.Session session = psam.begin()) {
            PurchaseSam.Authorisation given = session.authorise(DEMAND);
            Thread.yield();
            return session.confirm(given.terminalSeq(), new byte[4]);
        }
    }

    private static void inThreads(int threads, Runnable work) throws InterruptedException {
        var done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        work.run();
                        done.countDown();
                    })
                    .start();
        }
        assertTrue(done.await(25, TimeUnit.SECONDS), "all purchases ended");
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        for (int i = 0; i < 10_000 && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(condition.getAsBoolean());
    }

    @Test
    void witness_finds_two_purchases_that_share_a_sam_without_order() throws InterruptedException {
        var bothBegun = new CountDownLatch(2);
        inThreads(2, () -> {
            first.transceive(Hex.parse("80700000"));
            bothBegun.countDown();
            try {
                assertTrue(bothBegun.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            first.transceive(Hex.parse("80720000"));
        });
        assertFalse(first.inPairs(), first.seen.toString());
    }

    @Test
    void eight_readers_on_two_sams_never_part_init_and_credit_and_use_both() throws InterruptedException {
        SamPool<Psam> pool = pool(first, second);
        var genuine = new AtomicInteger();
        inThreads(8, () -> {
            for (int i = 0; i < 50; i++) {
                try (SamPool.Lease<Psam> lease = pool.borrow(LONG)) {
                    genuine.addAndGet(buy(lease.sam()) == PurchaseSam.Verdict.GENUINE ? 1 : 0);
                }
            }
        });
        assertEquals(400, genuine.get());
        assertTrue(first.inPairs() && second.inPairs());
        assertEquals(800, first.seen.size() + second.seen.size());
        assertTrue(!first.seen.isEmpty() && !second.seen.isEmpty(), "both served");
        assertEquals(Map.of(), pool.out());
    }

    @Test
    void who_waits_longest_is_served_first() {
        SamPool<Psam> pool = pool(first);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        SamPool.Lease<Psam> held = pool.borrow(LONG);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            threads.add(new Thread(() -> {
                try (SamPool.Lease<Psam> lease = pool.borrow(LONG)) {
                    served.add(number);
                    buy(lease.sam());
                }
            }));
            threads.get(i).start();
            until(() -> pool.waiting() == number + 1);
        }
        held.close();
        until(() -> served.size() == 5);
        assertEquals(List.of(0, 1, 2, 3, 4), served);
        until(() -> threads.stream().noneMatch(Thread::isAlive));
        assertTrue(first.inPairs());
    }

    @Test
    void nobody_waits_longer_than_he_said_and_who_gave_up_is_not_served() {
        SamPool<Psam> pool = pool(first);
        try (SamPool.Lease<Psam> held = pool.borrow(LONG)) {
            var late = assertThrows(CardException.class, () -> pool.borrow(SHORT));
            assertEquals(CardException.Reason.TIMEOUT, late.reason());
            assertEquals(0, pool.waiting());
            assertEquals("sam-1", held.name());
        }
        pool.borrow(SHORT).close();
    }

    @Test
    void failed_sam_is_taken_out_and_named_and_the_other_goes_on() {
        SamPool<Psam> pool = pool(first, second);
        first.pulled = true;
        for (int i = 0; i < 4; i++) {
            try (SamPool.Lease<Psam> lease = pool.borrow(SHORT)) {
                if (lease.name().equals("sam-1")) {
                    assertThrows(CardException.class, () -> buy(lease.sam()));
                } else {
                    assertEquals(PurchaseSam.Verdict.GENUINE, buy(lease.sam()));
                }
            }
        }
        assertEquals(Map.of("sam-1", "the card left the reader"), pool.out());
        second.creditAnswer = "9303";
        try (SamPool.Lease<Psam> lease = pool.borrow(SHORT)) {
            assertThrows(CardException.class, () -> buy(lease.sam()));
        }
        assertEquals("9303 (locked for good)", pool.out().get("sam-2"));
        var none = assertThrows(CardException.class, () -> pool.borrow(LONG));
        assertEquals(CardException.Reason.READER_FAILED, none.reason());
        assertTrue(String.valueOf(none.getMessage()).contains("sam-1"));
    }

    @Test
    void wrong_mac_of_a_card_is_no_failure_of_the_sam() {
        SamPool<Psam> pool = pool(first);
        first.creditAnswer = "9302";
        try (SamPool.Lease<Psam> lease = pool.borrow(SHORT)) {
            assertEquals(PurchaseSam.Verdict.WRONG, buy(lease.sam()));
        }
        assertEquals(Map.of(), pool.out());
    }

    @Test
    void who_waits_for_the_last_sam_learns_at_once_that_it_failed() throws InterruptedException {
        SamPool<Psam> pool = pool(first);
        List<CardException.Reason> ends = Collections.synchronizedList(new ArrayList<>());
        SamPool.Lease<Psam> held = pool.borrow(LONG);
        Thread waiting = new Thread(() -> ends.add(
                assertThrows(CardException.class, () -> pool.borrow(LONG)).reason()));
        waiting.start();
        until(() -> pool.waiting() == 1);
        first.pulled = true;
        assertThrows(CardException.class, () -> buy(held.sam()));
        held.close();
        waiting.join(10_000);
        assertEquals(List.of(CardException.Reason.READER_FAILED), ends);
    }

    @Test
    void mended_sam_is_restored_and_serves_who_waits() {
        first.pulled = true;
        SamPool<Psam> pool = pool(first, second);
        assertEquals(List.of("sam-1"), List.copyOf(pool.out().keySet()));
        assertFalse(pool.restore("sam-1"));
        try (SamPool.Lease<Psam> held = pool.borrow(SHORT)) {
            assertEquals("sam-2", held.name());
            first.pulled = false;
            assertTrue(pool.restore("sam-1"));
            assertTrue(pool.restore("sam-2"), "one that serves stays");
            pool.borrow(SHORT).close();
        }
        assertThrows(IllegalArgumentException.class, () -> pool.restore("sam-9"));
    }

    @Test
    void torn_purchase_waits_for_the_sam_that_began_it() {
        SamPool<Psam> pool = pool(first, second);
        byte[] serial = Hex.parse(second.serial);
        try (SamPool.Lease<Psam> lease = pool.borrow(sam -> java.util.Arrays.equals(sam.serial(), serial), SHORT)) {
            assertEquals("sam-2", lease.name());
            var other = assertThrows(
                    CardException.class,
                    () -> pool.borrow(sam -> java.util.Arrays.equals(sam.serial(), serial), SHORT));
            assertEquals(CardException.Reason.TIMEOUT, other.reason());
        }
        var stranger = assertThrows(CardException.class, () -> pool.borrow(sam -> sam.serial()[0] == 9, LONG));
        assertEquals(CardException.Reason.READER_FAILED, stranger.reason());
    }

    @Test
    void lease_given_back_is_not_used_and_not_given_back_twice() {
        SamPool<Psam> pool = pool(first);
        SamPool.Lease<Psam> lease = pool.borrow(SHORT);
        lease.close();
        lease.close();
        assertThrows(IllegalStateException.class, lease::sam);
        try (SamPool.Lease<Psam> again = pool.borrow(SHORT)) {
            assertEquals("sam-1", again.name());
            assertThrows(CardException.class, () -> pool.borrow(SHORT), "one SAM is lent once");
        }
    }

    @Test
    void slot_named_twice_is_a_mistake() {
        var slots = List.of(new SamSlot("sam-1", first), new SamSlot("sam-1", second));
        assertThrows(IllegalArgumentException.class, () -> new SamPool<>(slots, Psam::open));
    }
}
