package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A vector file read into lists and requests. */
final class VectorWorld {

    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final JsonNode file;
    private final ZoneId zone;
    private final Policy policy;

    VectorWorld(JsonNode file) {
        this.file = file;
        this.zone = ZoneId.of(file.path("zone").asString());
        this.policy = new Policy(new PolicyLists(
                new ListVersion(1, 12),
                Long.MAX_VALUE,
                zone,
                Stream.of(
                                all("credentials", this::record),
                                all("credentials", this::group),
                                all("schedules", this::schedule),
                                all("holidays", day -> new Holiday(LocalDate.parse(day.asString()))),
                                all("points", this::point))
                        .<ListRecord>flatMap(List::stream)
                        .toList()));
    }

    JsonNode cases() {
        return file.path("cases");
    }

    Policy policy() {
        return policy;
    }

    String outcome(JsonNode one) {
        Decision decision = Engine.decide(request(one), policy);
        return decision instanceof Decision.Deny deny
                ? "DENY " + deny.reason() + (deny.alarm() ? " ALARM" : "")
                : "GRANT " + ((Decision.Grant) decision).pulseMillis();
    }

    Request request(JsonNode one) {
        PointState state = new PointState(
                PointMode.valueOf(one.path("mode").asString("NORMAL")),
                one.path("wrongTries").asInt(0));
        return new Request(
                new PointId(one.path("point").asInt()),
                state,
                presented(one),
                one.has("utc")
                        ? Instant.parse(one.path("utc").asString())
                        : wall(one.path("now").asString()),
                ClockQuality.valueOf(one.path("clock").asString("SYNCHRONISED")),
                one.path("passes").asInt(0));
    }

    private static Presented presented(JsonNode one) {
        AccessMethod method = AccessMethod.valueOf(one.path("method").asString("SEALED"));
        return one.has("credential")
                ? new Presented.Genuine(
                        CredentialNumber.parse(one.path("credential").asString()),
                        method,
                        CarrierLevel.valueOf(one.path("level").asString("SEALED_CARD")),
                        one.path("certificate").asInt(1))
                : new Presented.NotGenuine(method);
    }

    private AccessRecord record(JsonNode node) {
        Validity validity = node.has("from")
                ? Validity.between(
                        wall(node.path("from").asString()),
                        wall(node.path("until").asString()))
                : Validity.ALWAYS;
        return new AccessRecord(
                CredentialNumber.parse(node.path("number").asString()),
                AccessRecord.ITSELF,
                CredentialStatus.valueOf(node.path("status").asString("ACTIVE")),
                Set.of(),
                validity,
                node.path("uses").asInt(AccessRecord.UNLIMITED),
                node.path("leastCertificate").asInt(0),
                List.of(groupOf(node)),
                List.of());
    }

    /** Each credential of a file has a group of its own: the last four digits of its number. */
    private static int groupOf(JsonNode credential) {
        String number = credential.path("number").asString();
        return Integer.parseInt(number.substring(number.length() - 4), 16);
    }

    private GroupRecord group(JsonNode credential) {
        return new GroupRecord(
                groupOf(credential),
                each(
                        credential.path("rights"),
                        right -> new Right(
                                new PointId(right.path("point").asInt()),
                                right.path("schedule").asInt(),
                                right.path("rule").asLong())));
    }

    private Schedule schedule(JsonNode node) {
        return new Schedule(node.path("id").asInt(), each(node.path("windows"), VectorWorld::window));
    }

    private static Schedule.Window window(JsonNode node) {
        int days = 0;
        for (String part : node.path("days").asString().split(",")) {
            days |= switch (part) {
                case "H" -> 0x80;
                case "1-5" -> 0x1F;
                case "1-7" -> 0x7F;
                default -> throw new IllegalArgumentException("days are 1-5, 1-7 or H, not " + part);
            };
        }
        return new Schedule.Window(days, minute(node.path("from")), minute(node.path("to")));
    }

    private static int minute(JsonNode time) {
        String[] parts = time.asString().split(":");
        return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
    }

    private PointRecord point(JsonNode node) {
        Set<AccessMethod> methods = each(node.path("methods"), m -> AccessMethod.valueOf(m.asString())).stream()
                .collect(Collectors.toSet());
        return PointRecord.of(
                new PointId(node.path("id").asInt()),
                PointKind.DOOR,
                methods,
                CarrierLevel.valueOf(node.path("leastLevel").asString()),
                PointTimes.of(node.path("pulseMillis").asLong(), 0),
                node.path("name").asString());
    }

    private Instant wall(String text) {
        return LocalDateTime.parse(text, WALL).atZone(zone).toInstant();
    }

    private <T> List<T> all(String name, Function<JsonNode, T> read) {
        return each(file.path(name), read);
    }

    private static <T> List<T> each(JsonNode array, Function<JsonNode, T> read) {
        return StreamSupport.stream(array.spliterator(), false).map(read).toList();
    }
}
