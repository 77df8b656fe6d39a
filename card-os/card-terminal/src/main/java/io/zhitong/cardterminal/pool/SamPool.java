package io.zhitong.cardterminal.pool;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several SAMs that serve several readers (SAM 池): each is lent to one transaction at a time, from before the card is asked
 * to the end, so that the two commands of a purchase are never parted. Who waits longest gets the next one that he can use;
 * nobody waits longer than he said. A SAM that fails or blocks is taken out and named until it is {@linkplain #restore
 * restored}. Thread-safe.
 *
 * @param <S> what is lent, such as {@link io.zhitong.cardterminal.Psam}
 */
public final class SamPool<S> {
    private final Function<? super CardChannel, S> opener;
    private final Map<String, SamSlot> slots = new TreeMap<>();
    private final Map<String, String> out = new TreeMap<>();
    private final List<Member<S>> members = new ArrayList<>();
    private final Deque<Member<S>> idle = new ArrayDeque<>();
    private final Deque<Waiter<S>> waiters = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Opens every SAM; those that cannot be opened are out from the beginning.
     *
     * @param opener such as {@code Psam::open}
     */
    public SamPool(List<SamSlot> slots, Function<? super CardChannel, S> opener) {
        this.opener = opener;
        for (SamSlot slot : slots) {
            if (this.slots.put(slot.name(), slot) != null) {
                throw new IllegalArgumentException("expected each slot once, came twice: " + slot.name());
            }
            restore(slot.name());
        }
    }

    /**
     * Lends any SAM.
     *
     * @throws CardException TIMEOUT if none came free in time, READER_FAILED if all are out
     */
    public Lease<S> borrow(Duration patience) {
        return borrow(any -> true, patience);
    }

    /** Lends one that fits, such as the one that began a torn purchase; throws as {@link #borrow(Duration)}. */
    public Lease<S> borrow(Predicate<? super S> wanted, Duration patience) {
        lock.lock();
        try {
            for (Iterator<Member<S>> each = idle.iterator(); each.hasNext(); ) {
                Member<S> member = each.next();
                if (wanted.test(member.sam)) {
                    each.remove();
                    return new Lease<>(this, member);
                }
            }
            return new Lease<>(this, await(new Waiter<>(wanted, lock.newCondition()), patience));
        } finally {
            lock.unlock();
        }
    }

    private Member<S> await(Waiter<S> waiter, Duration patience) {
        waiters.add(waiter);
        try {
            long left = patience.toNanos();
            while (left > 0 && waiter.given == null && served(waiter)) {
                left = waiter.signal.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Member<S> given = waiter.given;
        if (given != null) {
            return given;
        }
        waiters.remove(waiter);
        if (served(waiter)) {
            throw new CardException(CardException.Reason.TIMEOUT, "no SAM came free in " + patience);
        }
        throw new CardException(CardException.Reason.READER_FAILED, "no such SAM, or it is out: " + out);
    }

    /** Whether what he waits for is in the pool at all. */
    private boolean served(Waiter<S> waiter) {
        return members.stream().anyMatch(member -> waiter.wanted.test(member.sam));
    }

    /** SAMs taken out, by name, and why. */
    public Map<String, String> out() {
        lock.lock();
        try {
            return Map.copyOf(out);
        } finally {
            lock.unlock();
        }
    }

    /** How many wait now. */
    public int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens the SAM of a slot again after somebody mended it; does nothing for one that serves.
     *
     * @return whether it serves now
     */
    public boolean restore(String name) {
        lock.lock();
        try {
            SamSlot slot = slots.get(name);
            if (slot == null) {
                throw new IllegalArgumentException("expected the name of a slot of this pool");
            }
            if (members.stream().noneMatch(member -> member.slot.equals(slot))) {
                open(slot);
            }
            return !out.containsKey(name);
        } finally {
            lock.unlock();
        }
    }

    private void open(SamSlot slot) {
        var channel = new WatchedChannel(slot.channel());
        try {
            Member<S> member = new Member<>(slot, channel, opener.apply(channel));
            members.add(member);
            out.remove(slot.name());
            hand(member);
        } catch (CardException e) {
            out.put(slot.name(), String.valueOf(e.getMessage()));
        }
    }

    private void giveBack(Member<S> member) {
        lock.lock();
        try {
            Optional<String> failure = member.channel.failure();
            if (failure.isPresent()) {
                members.remove(member);
                out.put(member.slot.name(), failure.get());
                waiters.forEach(waiter -> waiter.signal.signal());
            } else {
                hand(member);
            }
        } finally {
            lock.unlock();
        }
    }

    private void hand(Member<S> member) {
        for (Waiter<S> waiter : waiters) {
            if (waiter.wanted.test(member.sam)) {
                waiters.remove(waiter);
                waiter.given = member;
                waiter.signal.signal();
                return;
            }
        }
        idle.add(member);
    }

    private record Member<S>(SamSlot slot, WatchedChannel channel, S sam) {}

    private static final class Waiter<S> {
        private final Predicate<? super S> wanted;
        private final Condition signal;
        private @Nullable Member<S> given;

        Waiter(Predicate<? super S> wanted, Condition signal) {
            this.wanted = wanted;
            this.signal = signal;
        }
    }

    /** A SAM while one transaction has it; to be closed by the thread that ends the transaction. */
    public static final class Lease<S> implements AutoCloseable {
        private final SamPool<S> pool;
        private final Member<S> member;
        private boolean closed;

        private Lease(SamPool<S> pool, Member<S> member) {
            this.pool = pool;
            this.member = member;
        }

        /** What was lent. */
        public S sam() {
            if (closed) {
                throw new IllegalStateException("expected a lease that was not given back");
            }
            return member.sam;
        }

        /** Name of its slot. */
        public String name() {
            return member.slot.name();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                pool.giveBack(member);
            }
        }
    }
}
