package io.zhitong.backend.events;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Watermark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Batches of one community that wait at the same time share a commit (组提交). Whoever comes first commits for all that
 * wait; meanwhile the next ones gather. What cannot go with the others (its journal is locked elsewhere, or something about
 * it must be looked up) is stored alone, on the thread of its own device, and holds up nobody. Thread-safe.
 */
final class CommitLane {
    /** More in one transaction gains nothing and makes the others wait longer. */
    static final int MOST_RECORDS = 8_192;

    static final int MOST_BATCHES = 64;

    /** One sends its rows while the other's commit reaches the disk. */
    private static final int LEADERS = 2;

    private final Function<List<EventBatch>, List<Optional<Watermark>>> together;
    private final Function<EventBatch, Watermark> alone;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int leaders;

    /**
     * @param together stores batches of different journals in one transaction and answers for each its watermark, or
     *     nothing when it has to be stored alone
     * @param alone stores one batch in a transaction of its own
     */
    CommitLane(Function<List<EventBatch>, List<Optional<Watermark>>> together, Function<EventBatch, Watermark> alone) {
        this.together = together;
        this.alone = alone;
    }

    /** Returns when the batch is committed. */
    Watermark store(EventBatch batch) {
        Waiting mine = new Waiting(batch);
        synchronized (this) {
            waiting.add(mine);
        }
        for (List<Waiting> group = turn(mine); !group.isEmpty(); group = turn(mine)) {
            commit(group);
        }
        return mine.reached.orElseGet(() -> alone.apply(batch));
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Waits until this batch is done, then answers nothing; or until a group is to be led. */
    private synchronized List<Waiting> turn(Waiting mine) {
        while (mine.state == State.TAKEN || (mine.state == State.QUEUED && leaders == LEADERS)) {
            try {
                wait();
            } catch (InterruptedException e) {
                waiting.remove(mine);
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the program stops, the batch is not acknowledged", e);
            }
        }
        return mine.state == State.DONE ? List.of() : take();
    }

    private List<Waiting> take() {
        leaders++;
        List<Waiting> group = new ArrayList<>();
        Set<Key> journals = new HashSet<>();
        int records = 0;
        Iterator<Waiting> all = waiting.iterator();
        while (all.hasNext() && group.size() < MOST_BATCHES && records < MOST_RECORDS) {
            Waiting next = all.next();
            if (journals.add(new Key(next.batch.device(), next.batch.journal()))) {
                next.state = State.TAKEN;
                records += next.batch.records().size();
                group.add(next);
                all.remove();
            }
        }
        return group;
    }

    private void commit(List<Waiting> group) {
        List<Optional<Watermark>> reached = List.of();
        try {
            reached = together.apply(group.stream().map(each -> each.batch).toList());
        } catch (DataAccessException | TransactionException e) {
            // One may have spoiled it for all: each is tried alone and gets its own answer.
            reached = List.of();
        } finally {
            done(group, reached);
        }
    }

    private synchronized void done(List<Waiting> group, List<Optional<Watermark>> reached) {
        leaders--;
        for (int i = 0; i < group.size(); i++) {
            group.get(i).state = State.DONE;
            group.get(i).reached = i < reached.size() ? reached.get(i) : Optional.empty();
        }
        notifyAll();
    }

    private enum State {
        QUEUED,
        TAKEN,
        DONE
    }

    private record Key(DeviceAddress device, JournalId journal) {}

    /** Guarded by the lane; {@code reached} is read after the state was seen as done. */
    private static final class Waiting {
        private final EventBatch batch;
        private State state = State.QUEUED;
        private Optional<Watermark> reached = Optional.empty();

        Waiting(EventBatch batch) {
            this.batch = batch;
        }
    }
}
