package io.zhitong.backend.boards;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.backend.devices.DrivenDevices;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.uhppote.driver.DriverException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One board of this process (单板驱动): its rounds one after the other, when it is asked again after it was silent, and its orders,
 * which wait for no round. Safe for use by several threads.
 */
final class BoardSeat {
    private static final Logger LOG = LoggerFactory.getLogger(BoardSeat.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final int LONGEST_FAULT = 200;

    private final Board board;
    private final Supplier<Begun> begin;
    private final BoardRows rows;
    private final DrivenDevices devices;
    private final Executor pool;
    private final Clock clock;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Optional<BoardRun> run = Optional.empty();
    private volatile Instant resting = Instant.EPOCH;
    private boolean held;
    private boolean over;

    /** @param begin a new look at the board, nothing remembered */
    BoardSeat(Board board, Supplier<Begun> begin, BoardRows rows, DrivenDevices devices, Executor pool, Clock clock) {
        this.board = board;
        this.begin = begin;
        this.rows = rows;
        this.devices = devices;
        this.pool = pool;
        this.clock = clock;
    }

    /** @param journal to ask only when the board has answered */
    record Begun(BoardRun run, Supplier<JournalId> journal) {}

    /** Begins a round on a thread of its own, unless the last one has not ended. */
    void driveSoon() {
        if (busy.compareAndSet(false, true)) {
            pool.execute(() -> {
                try {
                    drive();
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    /** One round. */
    void drive() {
        Instant now = clock.instant();
        if (now.isBefore(resting)) {
            return;
        }
        try {
            round(now);
        } catch (DriverException e) {
            rest(now, Objects.requireNonNullElse(e.getMessage(), ""));
        } catch (CursorMovedException | DataAccessException e) {
            LOG.info("board {}: {}", board.serial(), e.getMessage());
            leave(CloseReason.HANDLER_FAILED);
        }
    }

    private void round(Instant now) {
        Begun begun = run.map(present -> new Begun(present, this::none)).orElseGet(begin);
        begun.run().round(now).ifPresent(state -> rows.state(board.device(), state));
        answered(begun, now);
    }

    /** A round that ends after {@link #end} changes nothing. */
    private synchronized void answered(Begun begun, Instant now) {
        if (over) {
            return;
        }
        run = Optional.of(begun.run());
        if (!held) {
            held = true;
            devices.opened(board.device(), begun.journal().get(), "UHPPOTE " + board.serial(), this::order);
        }
        devices.heard(board.device(), begun.run().status(now));
    }

    private JournalId none() {
        throw new IllegalStateException("expected a board that is driven to be held");
    }

    private void rest(Instant now, String fault) {
        leave(CloseReason.SILENT);
        resting = now.plus(AFTER_FAILURE);
        String words = fault.substring(0, Math.min(LONGEST_FAULT, fault.length()));
        rows.state(board.device(), new BoardState(now, words, false, "", 0, ""));
    }

    /** Drives it no longer. */
    synchronized void end() {
        over = true;
        leave(CloseReason.STOPPED);
    }

    /** Begins anew with the next round. */
    private synchronized void leave(CloseReason why) {
        run = Optional.empty();
        held = false;
        devices.closed(board.device(), why);
    }

    private void order(CommandOrder order) {
        run.ifPresent(present -> pool.execute(() -> obey(present, order)));
    }

    private void obey(BoardRun present, CommandOrder order) {
        try {
            CommandAnswer answer = present.obey(order, clock.instant());
            devices.answered(board.device(), answer);
        } catch (CursorMovedException | DataAccessException | ModelException e) {
            LOG.warn("board {}: an order has no answer: {}", board.serial(), e.getMessage());
        }
    }
}
