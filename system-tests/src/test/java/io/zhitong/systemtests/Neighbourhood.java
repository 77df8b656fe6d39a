package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resident with a card, two doors and a shop (住户的一天), and the test's own log of what was done: taps that moved a relay,
 * sales that the cashier was told are paid, money loaded. At the end the log is held against the relays of the building,
 * the money in the card, and what the console says.
 */
final class Neighbourhood implements AutoCloseable {
    static final String CARD = "card-1";
    static final long CONTROLLER = 42;
    static final long POS = 43;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern PULSE = Pattern.compile("\"device\":42,\"point\":([12]),\"pulseMillis\":[1-9]");

    private static final String CONTROLLERS_NAME = "1号楼门禁控制器";

    /**
     * The controller's last death (门禁控制器被强行终止).
     *
     * @param sealed pulses by taps until then
     * @param fast the same
     * @param starts how often the wall will tell of its start when it is back
     */
    private record Death(long sealed, long fast, long starts) {}

    /** A door, the words of its name on the wall, and its reader. */
    enum Gate {
        SEALED(1, "door-1", "1号楼大门"),
        FAST(2, "door-2", "地下车库门");

        private final int point;
        private final String reader;
        private final String name;

        Gate(int point, String reader, String name) {
            this.point = point;
            this.reader = reader;
            this.name = name;
        }
    }

    private final RunningEstate estate;
    private final Hands hands;
    private final Desk desk;
    private final String console;
    private Wall wall;
    private final java.util.EnumMap<Gate, Long> taps = new java.util.EnumMap<>(Gate.class);
    private Optional<Console> finance = Optional.empty();
    private final java.util.EnumMap<Gate, Long> opened = new java.util.EnumMap<>(Gate.class);
    private final java.util.EnumMap<Gate, Long> lost = new java.util.EnumMap<>(Gate.class);
    private final Map<Gate, Long> unmoved = new EnumMap<>(Gate.class);
    private Optional<Death> died = Optional.empty();
    private int kills;
    private long sales;
    private long sold;
    private long loaded;

    private Neighbourhood(RunningEstate estate, String console) {
        this.estate = estate;
        this.hands = estate.hands();
        this.desk = new Desk(estate.consoleUrl(), hands);
        this.console = console;
        this.wall = new Wall(console);
    }

    /** Starts everything; the card is issued, loaded, and known at the doors. */
    static Neighbourhood movedIn(String name, String database, int yuan) {
        RunningEstate estate = RunningEstate.started(name, database);
        return movedInto(estate, estate.consoleUrl(), yuan);
    }

    /**
     * As {@link #movedIn}, into an estate that runs.
     *
     * @param console where wall and ledger are read
     */
    static Neighbourhood movedInto(RunningEstate estate, String console, int yuan) {
        try {
            Neighbourhood here = new Neighbourhood(estate, console);
            here.desk.issue(CARD);
            here.load(yuan);
            Await.until("the card is known at the doors", SOON, () -> here.tapped(Gate.SEALED, Duration.ofSeconds(2)));
            return here;
        } catch (RuntimeException | AssertionError e) {
            estate.close();
            throw e;
        }
    }

    RunningEstate estate() {
        return estate;
    }

    boolean bothUp() {
        return wall.saysUp(CONTROLLER) && wall.saysUp(POS);
    }

    void awaitBothUp() {
        Await.until("the wall shows both devices up", SOON, this::bothUp);
    }

    Hands hands() {
        return hands;
    }

    Wall wall() {
        return wall;
    }

    /** The backend is another one: what the wall told before counts no more. */
    void lookAnew() {
        wall.close();
        wall = new Wall(console);
    }

    /** Reports the card lost; returns when the door refuses it. */
    void reportLost() {
        reportLostUnheard();
        refused();
    }

    /** Reports the card lost, whether or not a door hears of it. */
    void reportLostUnheard() {
        desk.report(true);
    }

    /** Returns when the door refuses the card. */
    void refused() {
        long denied = wall.count("拒绝", Gate.SEALED.name);
        Await.until("the door knows that the card is lost", SOON, () -> {
            tapUnheard(Gate.SEALED);
            return wall.count("拒绝", Gate.SEALED.name) > denied;
        });
    }

    /** Reports it found; returns when the door opens to it. */
    void reportFound() {
        desk.report(false);
        Await.until("the door knows the card again", SOON, () -> tapped(Gate.SEALED, Duration.ofSeconds(2)));
    }

    /** Loads the card at the desk; the load is in the log when the page says that it is done. */
    void load(int yuan) {
        desk.load(CARD, yuan);
        loaded += yuan * 100L;
    }

    /** Passages at this gate on the wall. */
    long passages(Gate gate) {
        return wall.count("放行", gate.name);
    }

    /** Holds the card to the reader until the door has opened. */
    void tap(Gate gate) {
        assertTrue(tapped(gate, SOON), gate + " did not open");
    }

    /** The door opened once more, at nobody's tap: an operator's command. */
    void openedRemotely(Gate gate) {
        opened.merge(gate, 1L, Long::sum);
        long wanted = taps.getOrDefault(gate, 0L) + opened.get(gate);
        Await.until(
                () -> gate + " opened by a command: " + pulses(gate) + " pulses", SOON, () -> pulses(gate) >= wanted);
    }

    /** The relay has let go again, as the building's log tells last of it. */
    void fallen(Gate gate) {
        Pattern last = Pattern.compile("(?s).*\"device\":42,\"point\":" + gate.point + ",\"pulseMillis\":([0-9]+)");
        Await.until(gate + " locked again", SOON, () -> {
            Matcher found = last.matcher(relays());
            return found.find() && found.group(1).equals("0");
        });
    }

    private String relays() {
        try {
            return Files.readString(estate.data().resolve("cards/relays.jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the card to the reader for a moment, whatever the door does. */
    void tapUnheard(Gate gate) {
        tapped(gate, Duration.ofSeconds(1));
    }

    private boolean tapped(Gate gate, Duration patience) {
        long before = pulses(gate);
        hands.insert(CARD, gate.reader);
        long deadline = System.nanoTime() + patience.toNanos();
        while (pulses(gate) == before && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        hands.remove(gate.reader);
        long moved = pulses(gate) - before;
        taps.merge(gate, moved, Long::sum);
        assertTrue(moved <= 1, "one tap moved the relay " + moved + " times");
        return moved == 1;
    }

    /** Pulses in the simulated building's log, which a controller only adds to. */
    long pulses(Gate gate) {
        return PULSE.matcher(relays())
                .results()
                .filter(each -> each.group(1).equals(Integer.toString(gate.point)))
                .count();
    }

    /** A sale that must come to its end. */
    void sell(long fen) {
        String answer = trySell(fen);
        assertTrue(answer.startsWith("paid " + fen + " "), answer);
    }

    /** Lays the card on the till's reader and answers what the cashier is told; only {@code paid} goes into the log. */
    String trySell(long fen) {
        try (Till till = new Till(estate.till())) {
            till.say("sale " + fen);
            hands.insert(CARD, "pos-1");
            String answer = till.hear();
            hands.remove("pos-1");
            if (answer.startsWith("paid ")) {
                sales++;
                sold += fen;
            }
            return answer;
        }
    }

    long balance() {
        return hands.balance(CARD, "desk");
    }

    /** What left the card although no cashier was told: a sale whose terminal died counts when its card says so. */
    long debitedUnsaid() {
        return loaded - balance() - sold;
    }

    /**
     * A controller was killed with a card on its reader, and is not started yet: a passage may be in its journal whose relay
     * did not move.
     */
    void controllerKilled() {
        long told = died.map(Death::starts).orElseGet(() -> wall.count("设备启动", CONTROLLERS_NAME));
        died = Optional.of(new Death(atTaps(Gate.SEALED), atTaps(Gate.FAST), told + 1));
        kills++;
    }

    /** Pulses that a tap has made. */
    private long atTaps(Gate gate) {
        return pulses(gate) - opened.getOrDefault(gate, 0L);
    }

    /** The controller that opened this gate last went with its journal before anybody heard of it. */
    void lostWithItsJournal(Gate gate) {
        lost.merge(gate, 1L, Long::sum);
    }

    /** A sale that a dying terminal did not announce, but the card shows, goes into the log. */
    void foundPaid(long fen) {
        sales++;
        sold += fen;
    }

    /** Waits until the console has everything that the log has, and then holds the log, the building, the card and the ledger together. */
    void assertEverythingArrivedOnce() {
        for (Gate gate : Gate.values()) {
            long done = taps.getOrDefault(gate, 0L);
            assertEquals(done + opened.getOrDefault(gate, 0L), pulses(gate), "pulses of " + gate);
            Await.until(
                    () -> done + " taps at " + gate + " on the wall: " + wall,
                    SOON,
                    () -> wall.count("放行", gate.name) >= expected(gate));
        }
        died.ifPresent(this::awaitWhatFollowed);
        Await.until(() -> sales + " sales posted, in the ledger: " + posted(), SOON, () -> posted().size() >= sales);
        long surplus = 0;
        for (Gate gate : Gate.values()) {
            long more = wall.count("放行", gate.name) - expected(gate);
            unmoved.merge(gate, more, Long::sum);
            surplus += more;
        }
        assertTrue(
                surplus <= kills,
                surplus + " passages more on the wall than relay pulses, of " + kills + " kills: " + wall);
        died = Optional.empty();
        kills = 0;
        assertEquals(sold, loaded - balance(), "sales and what the card lacks");
        List<Long> posted = posted();
        assertEquals(sales, posted.size(), "sales in the ledger: " + posted);
        assertEquals(sold, posted.stream().mapToLong(Long::longValue).sum(), "money in the ledger");
        String ledger = ledger();
        assertEquals(sold, figure(ledger, "MERCHANT"), "what the merchant is owed");
        assertEquals(loaded - sold, figure(ledger, "PURSE_FLOAT"), "what is owed to the cards");
        assertEquals(0, figure(ledger, "SUSPENSE"), "money in suspense");
    }

    /** Passages the wall must tell of: each tap, and those whose relay a kill is known to have forestalled. */
    private long expected(Gate gate) {
        return taps.getOrDefault(gate, 0L) - lost.getOrDefault(gate, 0L) + unmoved.getOrDefault(gate, 0L);
    }

    /**
     * A passage whose relay did not move counts like another that is still on its way. After the controller's start there is
     * none of that kind, and all that was before it stands before it.
     */
    private void awaitWhatFollowed(Death death) {
        Await.until(
                () -> death.starts() + " starts of the controller on the wall: " + wall,
                SOON,
                () -> wall.count("设备启动", CONTROLLERS_NAME) >= death.starts());
        long start = wall.newest("设备启动", CONTROLLERS_NAME, 0).orElseThrow().position();
        for (Gate gate : Gate.values()) {
            long since = atTaps(gate) - (gate == Gate.SEALED ? death.sealed() : death.fast());
            Await.until(
                    () -> since + " taps at " + gate + " since the start on the wall: " + wall,
                    SOON,
                    () -> wall.count("放行", gate.name, start) >= since);
        }
    }

    /** Amounts of the purchases that were posted, in fen. */
    private List<Long> posted() {
        List<Long> all = new java.util.ArrayList<>();
        String path = "/ledger?state=POSTED";
        while (!path.isEmpty()) {
            String page = finance(path);
            Matcher row = Pattern.compile("<tr data-state=\"POSTED\">.*?money\">¥([0-9,]+\\.[0-9]{2})<", Pattern.DOTALL)
                    .matcher(page);
            row.results().forEach(found -> all.add(fen(found.group(1))));
            path = Console.find(page, "class=\"btn btn-sm\" href=\"(/ledger\\?[^\"]*before=[^\"]*)\"")
                    .map(each -> each.replace("&amp;", "&"))
                    .orElse("");
        }
        return all;
    }

    String ledger() {
        return finance("/ledger");
    }

    /** A page of the finance clerk, who logs in again where the backend that knew the session is gone. */
    private String finance(String path) {
        String page = finance.map(clerk -> clerk.get(path)).orElse("");
        if (page.isEmpty()) {
            finance = Optional.of(Console.of(console, "finance"));
            page = finance.get().get(path);
        }
        return page;
    }

    long sales() {
        return sales;
    }

    long sold() {
        return sold;
    }

    /** Closes today and downloads file, signature and key into the folder; answers the file's name. */
    String settleToday(Path folder) throws IOException {
        Console finance = Console.of(estate.consoleUrl(), "finance");
        String day = Console.find(finance.get("/settlement"), "name=\"day\" value=\"([0-9-]+)\"")
                .orElseThrow(() -> new AssertionError("the page names no day"));
        finance.post("/settlement/close", Map.of("day", day));
        String name = Console.find(finance.get("/settlement?day=" + day), "/settlement/files/(TX_[0-9_]+)\"")
                .orElseThrow(() -> new AssertionError("no file of " + day));
        Files.writeString(folder.resolve(name), finance.get("/settlement/files/" + name));
        Files.write(folder.resolve(name + ".sig"), finance.download("/settlement/files/" + name + ".sig"));
        Files.writeString(folder.resolve("settlement.pem"), finance.get("/settlement/settlement.pem"));
        return name;
    }

    private static long figure(String ledger, String purpose) {
        Optional<String> shown = Console.find(ledger, "data-purpose=\"" + purpose + "\">.*?money\">¥([0-9,.]+)<");
        return shown.map(Neighbourhood::fen).orElse(0L);
    }

    private static long fen(String yuan) {
        return Long.parseLong(yuan.replaceAll("[,.]", ""));
    }

    @Override
    public void close() {
        wall.close();
        hands.close();
        estate.close();
    }
}
