package io.zhitong.backend.boards;

import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.uhppote.PinBook;
import io.zhitong.uhppote.UhppoteBoard;
import io.zhitong.uhppote.driver.BoardAddress;
import io.zhitong.uhppote.driver.DriverException;
import io.zhitong.uhppote.driver.Patience;
import io.zhitong.uhppote.driver.UdpDriver;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drives the boards of another make (外来控制板驱动), one worker at a time: brings them in step with the same signed lists as our own
 * controllers, and takes their events over, first into a journal of their own. One that does not answer is asked again after ten
 * seconds and holds up the others for a moment only.
 */
@Component
@RunsIn(BackendRole.WORKER)
class BoardWorker implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(BoardWorker.class);
    private static final String JOB = "foreign-boards";
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final int LONGEST_FAULT = 200;

    private final BoardRows rows;
    private final DeviceLists lists;
    private final BoardEvents events;
    private final Estate estate;
    private final WorkerTurns turns;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Board, BoardRun> runs = new HashMap<>();
    private final Map<Board, Instant> resting = new HashMap<>();
    private Optional<UdpDriver> driver = Optional.empty();
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round);

    BoardWorker(
            BoardRows rows,
            DeviceLists lists,
            BoardEvents events,
            Estate estate,
            WorkerTurns turns,
            TransactionTemplate transactions,
            Clock clock) {
        this.rows = rows;
        this.lists = lists;
        this.events = events;
        this.estate = estate;
        this.turns = turns;
        this.transactions = transactions;
        this.clock = clock;
    }

    private Duration round() {
        List<Board> boards = rows.all();
        if (boards.isEmpty() || !turns.mine(JOB)) {
            runs.clear();
            return ROUND;
        }
        runs.keySet().retainAll(boards);
        boards.forEach(this::drive);
        return ROUND;
    }

    /** One round of one board. */
    void drive(Board board) {
        Instant now = clock.instant();
        if (now.isBefore(resting.getOrDefault(board, Instant.EPOCH))) {
            return;
        }
        try {
            runs.computeIfAbsent(board, this::run).round(now).ifPresent(state -> rows.state(board.device(), state));
        } catch (DriverException e) {
            rest(board, now, Objects.requireNonNullElse(e.getMessage(), ""));
        } catch (CursorMovedException | DataAccessException e) {
            LOG.info("board {}: {}", board.serial(), e.getMessage());
            runs.remove(board);
        }
    }

    private void rest(Board board, Instant now, String fault) {
        runs.remove(board);
        resting.put(board, now.plus(AFTER_FAILURE));
        String words = fault.substring(0, Math.min(LONGEST_FAULT, fault.length()));
        rows.state(board.device(), new BoardState(now, words, false, "", 0, ""));
    }

    private BoardRun run(Board board) {
        ZoneId zone = estate.community(board.device().community())
                .map(Community::zone)
                .orElse(ZoneOffset.UTC);
        return new BoardRun(
                new UhppoteBoard(
                        board.device(),
                        new BoardAddress(board.serial(), board.at()),
                        wire(),
                        new DatabaseJournal(board.device(), rows, transactions, random),
                        PinBook.NONE,
                        zone,
                        clock),
                lists,
                events);
    }

    /** No socket is open while there is no board. */
    private UdpDriver wire() {
        UdpDriver open = driver.orElseGet(() -> UdpDriver.open(new InetSocketAddress(0), Patience.USUAL));
        driver = Optional.of(open);
        return open;
    }

    @Override
    public void stop() {
        BackgroundPart.super.stop();
        driver.ifPresent(UdpDriver::close);
        driver = Optional.empty();
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
