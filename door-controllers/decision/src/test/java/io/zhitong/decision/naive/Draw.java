package io.zhitong.decision.naive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Estates and requests drawn at random in a small world: mostly in order, each thing out of order now and then, so that the
 * last rules are reached as well as the first.
 */
public final class Draw {

    /** A request and the estate it meets. */
    public record Drawn(Estate estate, Ask ask) {}

    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("Asia/Shanghai"), ZoneId.of("Europe/Berlin"), ZoneId.of("Australia/Lord_Howe"));
    private static final Instant START = Instant.parse("2028-02-01T00:00:00Z");
    private static final int SPAN_SECONDS = 400 * 86_400;
    private static final List<String> KINDS = List.of("DOOR", "TURNSTILE", "LIFT", "LANE", "LANE", "FACILITY");
    private static final List<String> LEVELS =
            List.of("NONE", "COPIED_NUMBER", "SHARED_SECRET", "OWN_KEY", "SEALED_CARD");
    private static final List<String> METHODS = List.of(
            "SEALED",
            "PRIVATE",
            "FAST",
            "LEGACY",
            "NUMBER",
            "PIN",
            "QR",
            "PHONE",
            "FACE",
            "FINGERPRINT",
            "PLATE",
            "REMOTE");
    private static final List<String> MODES = List.of(
            "UNLOCKED",
            "LOCKED",
            "FIRST_CARD",
            "CARD_PIN",
            "CARD_FACE",
            "CARD_FINGERPRINT",
            "TWO_PERSON",
            "ESCORT",
            "CARD_PLATE");
    private static final List<String> TRAITS =
            List.of("EXEMPT", "FIRST_PERSON", "ESCORTS", "ESCORTED", "LONGER", "GUARD");
    private static final List<String> UNREAD =
            List.of("CARD_ERROR", "SAM_MISSING", "PLATE_MISSING", "UNKNOWN_CREDENTIAL", "METHOD_NOT_ALLOWED");
    private static final List<String> SPACE_KINDS = List.of("MONTHLY", "OWNED", "TEMPORARY", "VISITOR");
    private static final int POINTS = 5;
    private static final int AREAS = 2;
    private static final int PEOPLE = 6;
    private static final int SCHEDULES = 3;

    private final Random random;
    private final Instant now;
    private final boolean calm;

    private Draw(long seed) {
        random = new Random(seed);
        calm = random.nextInt(4) > 0;
        now = START.plusMillis(random.nextInt(SPAN_SECONDS) * 1000L + random.nextInt(1000));
    }

    public static Drawn of(long seed) {
        Draw draw = new Draw(seed);
        Estate estate = draw.estate();
        return new Drawn(estate, draw.ask(estate));
    }

    // ---- estate -------------------------------------------------------------------------------------------------

    private Estate estate() {
        ZoneId zone = pick(ZONES);
        LocalDate today = LocalDate.ofInstant(now, zone);
        Map<Integer, Estate.Point> points = numbered(POINTS, i -> point());
        List<Estate.Person> people = listed(PEOPLE, this::person);
        return new Estate(
                zone,
                !odd(20),
                odd(5) ? second() + upTo(200_000) - 60_000 : Estate.EVER,
                one(4) ? Set.of(today, today.plusDays(2)) : Set.of(),
                numbered(
                        SCHEDULES,
                        i -> listed(upTo(3), w -> window()).stream().distinct().toList()),
                numbered(AREAS, i -> area()),
                numbered(3, i -> new Estate.Floors(bits(), bits())),
                numbered(4, i -> rights()),
                points,
                people,
                spaces(),
                entries());
    }

    private Estate.Window window() {
        Set<Integer> days = new TreeSet<>();
        for (int day = 1; day <= 8; day++) {
            if (!one(4)) {
                days.add(day);
            }
        }
        days.add(1 + upTo(8));
        int from = upTo(1_200);
        return new Estate.Window(days, from, from + 1 + upTo(1_440 - from));
    }

    private Estate.Area area() {
        return new Estate.Area(
                pick(List.of("NONE", "HARD", "SOFT", "TIMED", "TIMED")),
                upTo(10),
                one(2) ? 0 : 1 + upTo(4),
                pick(List.of("DECIDE", "DENY", "GRANT")),
                upTo(100));
    }

    private BitSet bits() {
        BitSet bits = new BitSet();
        for (int i = upTo(4); i > 0; i--) {
            bits.set(one(4) ? upTo(256) : upTo(4));
        }
        return bits;
    }

    private List<Estate.Right> rights() {
        Map<String, Estate.Right> rights = new TreeMap<>();
        for (int point = 1; point <= POINTS; point++) {
            for (int i = one(4) ? 0 : 1 + upTo(2); i > 0; i--) {
                Estate.Right right =
                        new Estate.Right(point, odd(1) || one(3) ? upTo(SCHEDULES + 2) : 0, upTo(5), 100 + upTo(50));
                rights.put(point + " " + right.schedule() + " " + right.floors() + " " + right.rule(), right);
            }
        }
        return List.copyOf(rights.values());
    }

    private Estate.Point point() {
        String kind = pick(KINDS);
        boolean lane = kind.equals("LANE");
        Set<String> methods = new HashSet<>(Set.of("SEALED"));
        for (int i = upTo(5); i > 0; i--) {
            methods.add(pick(METHODS));
        }
        if (lane) {
            methods.add("PLATE");
        }
        boolean in = one(2);
        int place = lane || one(2) ? 1 + upTo(AREAS) : 0;
        int far = one(4) ? 1 + upTo(AREAS) : 0;
        return new Estate.Point(
                kind,
                methods,
                odd(3) ? pick(LEVELS) : "NONE",
                mode(),
                mode(),
                odd(2) ? 1 + upTo(SCHEDULES + 1) : 0,
                odd(4) ? 1 + upTo(SCHEDULES + 1) : 0,
                in ? far : place,
                in ? place : far,
                upTo(3),
                odd(2) ? upTo(3) : 255,
                upTo(3),
                one(2),
                one(2) ? "BY_LIST" : pick(List.of("STAFF_ONLY", "FREE", "FLAT_FARE", "ASK_GUARD")),
                one(4) ? 1 + upTo(3_000) : 0,
                1_000L * upTo(4),
                5_000L * upTo(2));
    }

    private String mode() {
        return one(2) ? "NORMAL" : pick(MODES);
    }

    private Estate.Person person(int i) {
        long from = odd(4) ? second() + upTo(500_000) - 450_000 : 0;
        return new Estate.Person(
                number(i),
                one(6) ? 0 : 1 + upTo(2),
                odd(4) ? pick(List.of("LOST", "CANCELLED", "BLOCKED")) : "ACTIVE",
                some(TRAITS),
                from,
                odd(4) ? Math.max(from, second() - 100_000) + 1 + upTo(600_000) : Estate.EVER,
                odd(3) ? upTo(3) : Estate.UNLIMITED,
                odd(2) ? upTo(4) : 0,
                new ArrayList<>(new TreeSet<>(listed(1 + upTo(3), n -> 1 + upTo(5)))),
                carriers(i));
    }

    private List<Estate.Carrier> carriers(int i) {
        List<Estate.Carrier> carriers = new ArrayList<>();
        if (!one(3)) {
            carriers.add(new Estate.Carrier("PLATE", pick(LEVELS), "P" + i));
        }
        if (one(3)) {
            carriers.add(new Estate.Carrier("PLATE", pick(LEVELS), "Q" + i));
        }
        if (one(2)) {
            carriers.add(new Estate.Carrier("LEGACY_NUMBER", pick(LEVELS), "000000000000000" + i));
        }
        return carriers;
    }

    private List<Estate.Space> spaces() {
        Map<String, Estate.Space> spaces = new TreeMap<>();
        boolean temporary = one(2);
        for (int i = upTo(12); i > 0; i--) {
            Estate.Space space = temporary && one(5)
                    ? new Estate.Space(0, 1 + upTo(AREAS), 255, "TEMPORARY")
                    : new Estate.Space(1 + upTo(3), 1 + upTo(AREAS), upTo(3), pick(SPACE_KINDS));
            spaces.put(space.holder() + " " + space.lot(), space);
        }
        return List.copyOf(spaces.values());
    }

    private List<Estate.Entry> entries() {
        Map<String, Estate.Entry> entries = new TreeMap<>();
        for (int i = upTo(9); i > 0; i--) {
            int lot = 1 + upTo(AREAS);
            boolean anonymous = one(6);
            String plate = anonymous || !one(3) ? plate() : "";
            Estate.Entry entry = new Estate.Entry(
                    number(upTo(PEOPLE) + (anonymous ? 0xF0 : 0)),
                    anonymous && plate.isEmpty() ? "PX" : plate,
                    lot,
                    second() - upTo(900),
                    one(2) ? "CARD" : "PLATE");
            entries.put(entry.credential(), entry);
        }
        return List.copyOf(entries.values());
    }

    private static String number(int i) {
        return "44030101000000" + HexFormat.of().withUpperCase().toHexDigits((byte) i);
    }

    private String plate() {
        return switch (upTo(5)) {
            case 0 -> "";
            case 1 -> "PX";
            case 2 -> "Q" + upTo(PEOPLE);
            default -> "P" + upTo(PEOPLE);
        };
    }

    // ---- request ------------------------------------------------------------------------------------------------

    private Ask ask(Estate estate) {
        int point = 1 + upTo(one(50) ? POINTS + 1 : POINTS);
        return new Ask(
                point,
                shown(estate.points().get(point)),
                now,
                one(8) ? "UNKNOWN" : pick(List.of("HELD", "SYNCHRONISED")),
                upTo(3),
                site(estate.points().get(point)));
    }

    private Ask.Shown shown(Estate.Point point) {
        int what = upTo(60);
        boolean lane = point != null && point.lane();
        boolean nothing = what < 2;
        boolean byPlate = !nothing && (lane ? what < 20 : what < 4);
        boolean byNumber = !nothing && !byPlate && one(8);
        boolean byCard = !nothing && !byPlate && !byNumber;
        List<String> methods = point == null || odd(4) ? METHODS : List.copyOf(new TreeSet<>(point.methods()));
        String method = byPlate ? "PLATE" : byNumber ? "LEGACY" : pick(methods);
        return new Ask.Shown(
                what == 0,
                what == 1 ? pick(UNREAD) : "",
                byCard ? number(upTo(one(10) ? PEOPLE + 1 : PEOPLE)) : "",
                byNumber ? "LEGACY_NUMBER" : "",
                byNumber ? "000000000000000" + upTo(PEOPLE) : "",
                byPlate ? nonEmpty(plate()) : lane && !nothing ? plate() : "",
                method,
                odd(2) ? pick(LEVELS) : "SEALED_CARD",
                one(4) ? Ask.NONE : upTo(4),
                second(nothing),
                !nothing && one(8),
                nothing || one(3) ? "" : number(upTo(PEOPLE + 1)),
                !nothing && one(3) ? (one(4) ? upTo(256) : upTo(4)) : Ask.NONE,
                one(2) ? "FRONT" : "REAR",
                !nothing && odd(2) ? 365 + upTo(12) : Ask.NONE);
    }

    private static String nonEmpty(String plate) {
        return plate.isEmpty() ? "PY" : plate;
    }

    private Map<String, String> second(boolean nothing) {
        Map<String, String> second = new HashMap<>();
        for (String factor : List.of("PIN", "FACE", "FINGERPRINT")) {
            if (!nothing && !one(3)) {
                second.put(factor, one(3) ? "WRONG" : "PROVED");
            }
        }
        return second;
    }

    private Ask.Site site(Estate.Point point) {
        Map<Integer, Long> counts = new HashMap<>();
        for (int area = 1; area <= AREAS; area++) {
            counts.put(area, (long) upTo(5));
        }
        return new Ask.Site(
                odd(2) ? (one(4) ? "NORMAL" : pick(MODES)) : "",
                upTo(5),
                one(2),
                odd(1) ? upTo(4) : 0,
                odd(2) ? Set.of(1 + upTo(3)) : Set.of(),
                one(2) ? Set.of(1 + upTo(POINTS)) : Set.of(),
                one(5) ? Ask.NONE : point != null && one(2) ? point.from() : upTo(AREAS + 1),
                second() - upTo(900),
                one(4) ? upTo(200) : 0,
                counts,
                odd(1) ? 1 + upTo(3_000) : 0);
    }

    // ---- chance -------------------------------------------------------------------------------------------------

    private long second() {
        return now.getEpochSecond();
    }

    /** Something out of order, rarely on a calm day. */
    private boolean odd(int in) {
        return random.nextInt(calm ? 8 * in : in) == 0;
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private int upTo(int bound) {
        return random.nextInt(bound);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private Set<String> some(List<String> from) {
        Set<String> some = new HashSet<>();
        for (String each : from) {
            if (one(7)) {
                some.add(each);
            }
        }
        return some;
    }

    private static <T> List<T> listed(int count, IntFunction<T> each) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(each.apply(i));
        }
        return list;
    }

    private static <T> Map<Integer, T> numbered(int count, IntFunction<T> each) {
        Map<Integer, T> map = new TreeMap<>();
        for (int i = 1; i <= count; i++) {
            map.put(i, each.apply(i));
        }
        return map;
    }
}
