package io.zhitong.controller;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.ReaderNotice;
import io.zhitong.cardspec.ReaderNotice.Signal;
import io.zhitong.decision.Change;
import io.zhitong.decision.Decision;
import io.zhitong.decision.DoorWords;
import io.zhitong.decision.Explanation;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people at the doors what was decided (门口提示), after the relay moved and on a thread of its own: a display that hangs keeps nobody
 * out. What cannot be told is left out. Thread-safe.
 */
final class DoorTeller implements DecisionListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DoorTeller.class);
    private static final int MOST_WAITING = 64;
    private static final Set<DenyReason> FOR_THE_HOUR =
            EnumSet.of(DenyReason.OUTSIDE_SCHEDULE, DenyReason.NOT_YET_VALID);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private final boolean english;
    private final DoorClock clock;
    private final Map<PointId, CardReader> readers = new ConcurrentHashMap<>();
    private final Set<PointId> mute = ConcurrentHashMap.newKeySet();
    private final ExecutorService worker = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), DoorTeller::thread);

    DoorTeller(WordsSection section, DoorClock clock) {
        this.english = section.english();
        this.clock = clock;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "words");
        thread.setDaemon(true);
        return thread;
    }

    /** Words for that point go to that reader. */
    void at(PointId point, CardReader reader) {
        readers.put(point, reader);
    }

    @Override
    public void decided(PointId point, Decision decision, Supplier<Explanation> why) {
        said(point, () -> notice(decision, why));
    }

    /** Which car a dispatcher sends to whoever was granted at that point. */
    void car(PointId point, String car) {
        said(point, () -> new ReaderNotice(Signal.PASS, english ? "Please take car " + car : "请乘 " + car + " 号电梯"));
    }

    private void said(PointId point, Supplier<ReaderNotice> words) {
        CardReader reader = readers.get(point);
        if (reader == null) {
            return;
        }
        try {
            worker.execute(() -> tell(point, reader, words.get()));
        } catch (RejectedExecutionException e) {
            LOG.debug("point {}: too much waits to be told", point.value());
        }
    }

    private void tell(PointId point, CardReader reader, ReaderNotice notice) {
        try {
            if (reader.tell(notice).isEmpty()) {
                cannot(point, "has neither display nor voice nor lights");
            } else {
                mute.remove(point);
            }
        } catch (CardException e) {
            cannot(point, String.valueOf(e.getMessage()));
        }
    }

    /** Once, until it tells again. */
    private void cannot(PointId point, String why) {
        if (mute.add(point)) {
            LOG.info("point {}: its reader tells people nothing: {}", point.value(), why);
        }
    }

    ReaderNotice notice(Decision decision, Supplier<Explanation> why) {
        DoorWords words = DoorWords.of(decision);
        String text = english ? words.english() : words.chinese();
        return new ReaderNotice(
                signal(decision, words),
                text + opens(decision, why).map(this::then).orElse(""));
    }

    private static Signal signal(Decision decision, DoorWords words) {
        if (decision instanceof Decision.Grant) {
            return Signal.PASS;
        }
        return words.asks() == DoorWords.Asks.MORE ? Signal.MORE : Signal.STOP;
    }

    /** When to come, if to come then is all that is needed. */
    private static Optional<ZonedDateTime> opens(Decision decision, Supplier<Explanation> why) {
        if (decision instanceof Decision.Deny deny && FOR_THE_HOUR.contains(deny.reason())) {
            Explanation explanation = why.get();
            if (explanation.changes().size() == 1 && explanation.changes().get(0) instanceof Change.ComeAt come) {
                return Optional.of(come.at().atZone(come.zone()));
            }
        }
        return Optional.empty();
    }

    private String then(ZonedDateTime opens) {
        boolean today =
                opens.toLocalDate().equals(clock.now().atZone(opens.getZone()).toLocalDate());
        String hour = HOUR.format(opens);
        if (english) {
            return ": please come from " + (today ? hour : opens.toLocalDate() + " " + hour);
        }
        String day = today ? "今天" : opens.getMonthValue() + "月" + opens.getDayOfMonth() + "日";
        return "，请" + day + " " + hour + " 以后再来";
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
