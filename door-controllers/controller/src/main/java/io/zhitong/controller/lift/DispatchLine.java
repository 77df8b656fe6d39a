package io.zhitong.controller.lift;

import io.zhitong.controller.board.TextLine;
import io.zhitong.decision.LiftFloors;
import io.zhitong.points.Landing;
import io.zhitong.points.LiftMode;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to a destination dispatcher (目的选层派梯), protocol in docs/lifts.md. What stands, recall and free floors, is said again on each
 * connection; a ride or permission is never said late. Thread-safe.
 */
public final class DispatchLine implements TextLine.Talk, AutoCloseable {

    /** A dispatcher that hears nothing for so long forgets what it was told to permit. */
    public static final int WATCH_MILLIS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(DispatchLine.class);
    private static final Pattern CAR = Pattern.compile("[A-Za-z0-9]{1,8}");

    private final TextLine line;
    private final Consumer<Boolean> answers;
    private final List<Terminal> terminals = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService alive = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dispatch-alive");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Where a terminal of the dispatcher stands, and what else it has to know.
     *
     * @param here floor index of the reader, 0 … 255
     * @param lobby where visitors come in
     * @param recall where the cars go in a fire
     */
    public record Floors(int here, int lobby, int recall) {
        private static final int MOST = 255;

        public Floors {
            if (Math.min(here, Math.min(lobby, recall)) < 0 || Math.max(here, Math.max(lobby, recall)) > MOST) {
                throw new IllegalArgumentException("expected floors from 0 to " + MOST);
            }
        }

        private int of(Landing landing) {
            return landing == Landing.HERE ? here : lobby;
        }
    }

    private DispatchLine(InetSocketAddress address, Consumer<Boolean> answers) {
        this.line = new TextLine("dispatcher", address, this);
        this.answers = answers;
    }

    /** @param answers told when the dispatcher does not answer any longer, and when it does again */
    public static DispatchLine open(InetSocketAddress address, Consumer<Boolean> answers) {
        DispatchLine opened = new DispatchLine(address, answers);
        opened.line.open();
        opened.alive.scheduleAtFixedRate(() -> opened.line.say("alive"), 1, 1, TimeUnit.SECONDS);
        return opened;
    }

    /**
     * What drives the lifts from one reader's landing.
     *
     * @param cars told which car takes who was granted one floor: letters and digits
     */
    public LiftDriver at(Floors floors, Consumer<String> cars) {
        Terminal terminal = new Terminal(floors, cars);
        terminals.add(terminal);
        return terminal;
    }

    /** The recall of any of its terminals is one of all cars. */
    private String recall() {
        return terminals.stream()
                .filter(terminal -> terminal.recalled)
                .findFirst()
                .map(terminal -> "recall " + terminal.floors.recall())
                .orElse("resume");
    }

    @Override
    public List<String> greeting() {
        synchronized (line) {
            List<String> words = new ArrayList<>(List.of("watch " + WATCH_MILLIS, recall()));
            terminals.stream().filter(terminal -> terminal.free).forEach(terminal -> words.add(terminal.freedom()));
            return words;
        }
    }

    @Override
    public void heard(String... words) {
        if (words.length == 4 && words[0].equals("car")) {
            int from = Integer.parseInt(words[2]);
            int to = Integer.parseInt(words[3]);
            if (CAR.matcher(words[1]).matches()) {
                LOG.info("car {} goes from floor {} to {}", words[1], from, to);
                terminals.stream()
                        .filter(terminal -> terminal.floors.here() == from)
                        .forEach(terminal -> terminal.cars.accept(words[1]));
            }
        }
    }

    @Override
    public void lost() {
        answers.accept(false);
    }

    @Override
    public void back() {
        answers.accept(true);
    }

    @Override
    public void close() {
        alive.shutdownNow();
        line.close();
    }

    /** One landing's terminal (候梯厅终端). */
    private final class Terminal implements LiftDriver {
        private final Floors floors;
        private final Consumer<String> cars;
        private boolean free;
        private boolean recalled;

        Terminal(Floors floors, Consumer<String> cars) {
            this.floors = floors;
            this.cars = cars;
        }

        private String freedom() {
            return "free " + floors.here() + ' ' + (free ? 1 : 0);
        }

        /** One floor is a ride, of several one is chosen at the landing. */
        @Override
        public Optional<LiftMode> mode() {
            return Optional.of(LiftMode.PRESS);
        }

        @Override
        public void enable(Landing landing, LiftFloors let, int millis) {
            line.say("permit " + floors.of(landing) + ' ' + millis + ' ' + let.hex());
        }

        @Override
        public void press(int floor) {
            line.say("ride " + floors.here() + ' ' + floor);
        }

        @Override
        public void call(Landing landing) {
            line.say("call " + floors.of(landing));
        }

        @Override
        public void withdraw() {
            line.say("withdraw " + floors.here());
            if (floors.lobby() != floors.here()) {
                line.say("withdraw " + floors.lobby());
            }
        }

        @Override
        public void free(boolean on) {
            synchronized (line) {
                free = on;
                line.say(freedom());
            }
        }

        @Override
        public void recall(boolean on) {
            synchronized (line) {
                recalled = on;
                line.say(DispatchLine.this.recall());
            }
        }
    }
}
