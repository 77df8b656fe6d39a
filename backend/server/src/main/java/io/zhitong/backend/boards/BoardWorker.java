package io.zhitong.backend.boards;

import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.devices.DrivenDevices;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.uhppote.PinBook;
import io.zhitong.uhppote.UhppoteBoard;
import io.zhitong.uhppote.driver.BoardAddress;
import io.zhitong.uhppote.driver.Patience;
import io.zhitong.uhppote.driver.UdpDriver;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drives the boards of another make (外来控制板驱动), one gateway at a time: brings them in step with the same signed lists as our own
 * controllers, takes their events over, first into a journal of their own, and carries the console's orders out. Each has a thread
 * while it is asked, so that one that does not answer holds up nobody; it is asked again after ten seconds.
 */
@Component
@RunsIn(BackendRole.GATEWAY)
class BoardWorker implements BackgroundPart {
    private static final String JOB = "foreign-boards";
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final BoardRows rows;
    private final DeviceLists lists;
    private final BoardEvents events;
    private final Estate estate;
    private final DrivenDevices devices;
    private final WorkerTurns turns;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Board, BoardSeat> seats = new ConcurrentHashMap<>();
    private final ExecutorService pool = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "foreign-board");
        thread.setDaemon(true);
        return thread;
    });
    private Optional<UdpDriver> driver = Optional.empty();
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round);

    BoardWorker(
            BoardRows rows,
            DeviceLists lists,
            BoardEvents events,
            Estate estate,
            DrivenDevices devices,
            WorkerTurns turns,
            TransactionTemplate transactions,
            Clock clock) {
        this.rows = rows;
        this.lists = lists;
        this.events = events;
        this.estate = estate;
        this.devices = devices;
        this.turns = turns;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Begins a round of each board, if it is this process that drives them. */
    Duration round() {
        List<Board> boards = rows.all();
        boolean mine = !boards.isEmpty() && turns.mine(JOB);
        leave(mine ? Set.copyOf(boards) : Set.of());
        if (mine) {
            boards.forEach(board -> seat(board).driveSoon());
        }
        return ROUND;
    }

    private void leave(Set<Board> but) {
        seats.forEach((board, seat) -> {
            if (!but.contains(board)) {
                seats.remove(board);
                seat.end();
            }
        });
    }

    /** One round of one board, on this thread. */
    void drive(Board board) {
        seat(board).drive();
    }

    private BoardSeat seat(Board board) {
        return seats.computeIfAbsent(board, each -> new BoardSeat(each, () -> begin(each), rows, devices, pool, clock));
    }

    private BoardSeat.Begun begin(Board board) {
        ZoneId zone = estate.community(board.device().community())
                .map(Community::zone)
                .orElse(ZoneOffset.UTC);
        DatabaseJournal journal = new DatabaseJournal(board.device(), rows, transactions, random);
        UhppoteBoard port = new UhppoteBoard(
                board.device(),
                new BoardAddress(board.serial(), board.at()),
                wire(),
                journal,
                PinBook.NONE,
                zone,
                clock);
        return new BoardSeat.Begun(
                new BoardRun(port, lists, events), () -> journal.cursor().mark().journal());
    }

    /** No socket is open while there is no board. */
    private synchronized UdpDriver wire() {
        UdpDriver open = driver.orElseGet(() -> UdpDriver.open(new InetSocketAddress(0), Patience.USUAL));
        driver = Optional.of(open);
        return open;
    }

    @Override
    public void stop() {
        BackgroundPart.super.stop();
        leave(Set.of());
        close();
    }

    private synchronized void close() {
        driver.ifPresent(UdpDriver::close);
        driver = Optional.empty();
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    @Override
    public int getPhase() {
        return StartPhase.GATEWAY;
    }
}
