package io.zhitong.decision.naive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads vector files (format 2 of test-vectors/decision/README.md) into rows. */
public final class Reading {

    private static final Path FOLDER = Path.of(System.getProperty("zhitong.root"), "test-vectors", "decision");

    /** One case of one file. */
    public record Case(String name, String policy, Estate estate, Ask ask, Answer expected, boolean traced) {}

    private final JsonNode file;
    private final Map<String, Estate> estates = new HashMap<>();

    private Reading(JsonNode file) {
        this.file = file;
    }

    /** All cases of all files. */
    public static List<Case> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".json"))
                    .sorted()
                    .flatMap(f -> new Reading(JsonMapper.shared().readTree(f)).cases(f))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Stream<Case> cases(Path path) {
        if (file.path("format").asInt(0) != 2) {
            return Stream.of();
        }
        return each(file.path("cases"), one -> read(path, one)).stream();
    }

    private Case read(Path path, JsonNode one) {
        JsonNode expect = one.path("expect");
        return new Case(
                path.getFileName() + ": " + one.path("name").asString(),
                one.path("policy").asString(""),
                estates.computeIfAbsent(one.path("estate").asString(), this::estate),
                ask(one.path("request")),
                expected(expect),
                expect.has("passed"));
    }

    // ---- estate -------------------------------------------------------------------------------------------------

    private Estate estate(String name) {
        JsonNode node = file.path("estates").path(name);
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("no estate " + name);
        }
        return new Estate(
                ZoneId.of(of(node, "zone").asString()),
                of(node, "listed").asBoolean(true),
                time(of(node, "leaseUntil"), Estate.EVER),
                Set.copyOf(each(of(node, "holidays"), day -> LocalDate.parse(day.asString()))),
                byId(of(node, "schedules"), s -> each(s.path("windows"), Reading::window)),
                byId(of(node, "areas"), Reading::area),
                byId(of(node, "floors"), f -> new Estate.Floors(bits(f.path("front")), bits(f.path("rear")))),
                byId(of(node, "groups"), g -> each(g.path("rights"), Reading::right)),
                byId(of(node, "points"), Reading::point),
                each(of(node, "credentials"), Reading::person),
                each(
                        of(node, "spaces"),
                        s -> new Estate.Space(
                                number(s, "holder"),
                                (int) number(s, "lot"),
                                (int) number(s, "spaces"),
                                text(s, "kind"))),
                each(of(node, "entries"), Reading::entry));
    }

    private JsonNode of(JsonNode estate, String field) {
        boolean inherited = !estate.has(field) && estate.has("like");
        return inherited ? of(file.path("estates").path(estate.path("like").asString()), field) : estate.path(field);
    }

    private static Estate.Window window(JsonNode node) {
        Set<Integer> days = new TreeSet<>();
        for (String part : text(node, "days").split(",")) {
            if (part.equals("H")) {
                days.add(8);
            } else {
                span(part).stream().forEach(days::add);
            }
        }
        return new Estate.Window(days, minute(text(node, "from")), minute(text(node, "to")));
    }

    private static int minute(String time) {
        String[] parts = time.split(":");
        return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
    }

    private static Estate.Area area(JsonNode node) {
        return new Estate.Area(
                node.path("antiPassback").asString("NONE"),
                (int) number(node, "minutes"),
                number(node, "capacity"),
                node.path("partition").asString("DECIDE"),
                (int) number(node, "staleness"));
    }

    private static Estate.Right right(JsonNode node) {
        return new Estate.Right(
                (int) number(node, "point"),
                (int) number(node, "schedule"),
                (int) number(node, "floors"),
                number(node, "rule"));
    }

    private static Estate.Point point(JsonNode node) {
        return new Estate.Point(
                node.path("kind").asString("DOOR"),
                names(node.path("methods")),
                node.path("leastLevel").asString("NONE"),
                node.path("mode").asString("NORMAL"),
                node.path("otherMode").asString("NORMAL"),
                (int) number(node, "otherSchedule"),
                (int) number(node, "unlockSchedule"),
                (int) number(node, "from"),
                (int) number(node, "to"),
                (int) number(node, "interlock"),
                node.path("mostThreat").asInt(255),
                (int) number(node, "fireZone"),
                node.path("escape").asBoolean(false),
                node.path("offline").asString("BY_LIST"),
                number(node, "lease"),
                node.path("pulse").asLong(3000),
                number(node, "longPulse"));
    }

    private static Estate.Person person(JsonNode node) {
        return new Estate.Person(
                text(node, "number"),
                number(node, "holder"),
                node.path("status").asString("ACTIVE"),
                names(node.path("traits")),
                time(node.path("from"), 0),
                time(node.path("until"), Estate.EVER),
                node.path("uses").asInt(Estate.UNLIMITED),
                (int) number(node, "leastCertificate"),
                each(node.path("groups"), JsonNode::asInt),
                each(
                        node.path("carriers"),
                        c -> new Estate.Carrier(text(c, "kind"), text(c, "level"), text(c, "value"))));
    }

    private static Estate.Entry entry(JsonNode node) {
        return new Estate.Entry(
                text(node, "credential"),
                text(node, "plate"),
                (int) number(node, "lot"),
                time(node.path("entered"), 0),
                text(node, "carrier"));
    }

    // ---- request and expectation --------------------------------------------------------------------------------

    private static Ask ask(JsonNode node) {
        return new Ask(
                (int) number(node, "point"),
                shown(node.path("presented")),
                instant(node.path("now")),
                node.path("clock").asString("SYNCHRONISED"),
                (int) number(node, "passes"),
                site(node.path("state")));
    }

    private static Ask.Shown shown(JsonNode node) {
        JsonNode floor = node.path("floor");
        return new Ask.Shown(
                node.path("notGenuine").asBoolean(false),
                text(node, "unread"),
                text(node, "credential"),
                text(node.path("carrier"), "kind"),
                text(node.path("carrier"), "value"),
                text(node, "plate"),
                node.path("method").asString("SEALED"),
                node.path("level").asString("SEALED_CARD"),
                node.path("certificate").asInt(1),
                node.path("second")
                        .propertyStream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, e -> e.getValue().asString())),
                node.path("duress").asBoolean(false),
                text(node, "companion"),
                floor.path("index").asInt(Ask.NONE),
                text(floor, "side"),
                node.has("temperature")
                        ? (int) Math.round(node.path("temperature").asDouble() * 10)
                        : Ask.NONE);
    }

    private static Ask.Site site(JsonNode node) {
        JsonNode holder = node.path("holder");
        return new Ask.Site(
                text(node, "mode"),
                (int) number(node, "wrongTries"),
                node.path("first").asBoolean(false),
                (int) number(node, "threat"),
                Set.copyOf(each(node.path("fire"), JsonNode::asInt)),
                Set.copyOf(each(node.path("open"), JsonNode::asInt)),
                holder.path("area").asInt(Ask.NONE),
                time(holder.path("since"), 0),
                number(node, "age"),
                node.path("counts")
                        .propertyStream()
                        .collect(Collectors.toMap(
                                e -> Integer.valueOf(e.getKey()),
                                e -> e.getValue().asLong())),
                number(node, "silence"));
    }

    private static Answer expected(JsonNode node) {
        String passed = text(node, "passed");
        if (node.has("deny")) {
            return Answer.deny(text(node, "deny"), node.path("alarm").asBoolean(false), passed);
        }
        JsonNode grant = node.path("grant");
        return new Answer(
                "",
                false,
                number(grant, "pulse"),
                number(grant, "right"),
                bits(grant.path("floors").path("front")),
                bits(grant.path("floors").path("rear")),
                grant.path("barrier").asBoolean(false),
                grant.path("silentAlarm").asBoolean(false),
                grant.path("recorded").asBoolean(false),
                text(grant, "as"),
                passed);
    }

    // ---- values -------------------------------------------------------------------------------------------------

    private static BitSet bits(JsonNode node) {
        BitSet bits = new BitSet();
        for (String part : node.asString("").split(",")) {
            if (!part.isEmpty()) {
                bits.or(span(part));
            }
        }
        return bits;
    }

    private static BitSet span(String part) {
        String[] ends = part.split("-");
        BitSet bits = new BitSet();
        bits.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        return bits;
    }

    private static Instant instant(JsonNode node) {
        return OffsetDateTime.parse(node.asString()).toInstant();
    }

    private static long time(JsonNode node, long otherwise) {
        return node.isMissingNode() ? otherwise : instant(node).getEpochSecond();
    }

    private static long number(JsonNode node, String field) {
        return node.path(field).asLong(0);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static Set<String> names(JsonNode array) {
        return Set.copyOf(each(array, JsonNode::asString));
    }

    private static <T> List<T> each(JsonNode array, Function<JsonNode, T> read) {
        return StreamSupport.stream(array.spliterator(), false).map(read).toList();
    }

    private static <T> Map<Integer, T> byId(JsonNode array, Function<JsonNode, T> read) {
        return StreamSupport.stream(array.spliterator(), false)
                .collect(Collectors.toMap(n -> n.path("id").asInt(), read));
    }
}
