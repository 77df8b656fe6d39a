package io.zhitong.zt.decide;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.EntryRecord;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.SpaceKind;
import io.zhitong.accessmodel.SpaceRecord;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.PolicyLists;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An estate as in test-vectors/decision/README.md, as the lists of one device (小区读入). */
final class EstateReader {

    private static final int HOLIDAY = 8;
    private static final int LAST_FLOOR = 255;

    private EstateReader() {}

    static PolicyLists read(Json estate) {
        estate.only(
                "zone",
                "listed",
                "leaseUntil",
                "holidays",
                "schedules",
                "areas",
                "floors",
                "groups",
                "points",
                "credentials",
                "spaces",
                "entries");
        List<ListRecord> all = Stream.of(
                        estate.each("credentials", EstateReader::credential),
                        estate.each("groups", EstateReader::group),
                        estate.each("schedules", EstateReader::schedule),
                        estate.each("holidays", day -> new Holiday(LocalDate.parse(day.text()))),
                        estate.each("floors", EstateReader::floors),
                        estate.each("points", EstateReader::point),
                        estate.each("areas", EstateReader::area),
                        estate.each("spaces", EstateReader::space),
                        estate.each("entries", EstateReader::entry))
                .<ListRecord>flatMap(List::stream)
                .toList();
        return new PolicyLists(
                estate.yes("listed", true) ? new ListVersion(1, 1) : ListVersion.NONE,
                estate.second("leaseUntil", Long.MAX_VALUE),
                estate.at("zone").as(zone -> ZoneId.of(zone.text())),
                all);
    }

    static CredentialNumber number(Json json) {
        return json.as(hex -> CredentialNumber.parse(hex.text()));
    }

    static Octets value(CarrierKind kind, String text) {
        return Octets.of(
                kind == CarrierKind.PLATE
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : HexFormat.of().parseHex(text));
    }

    private static <E extends Enum<E>> Set<E> set(Json json, String field, Function<String, E> one) {
        return json.each(field, name -> one.apply(name.text())).stream().collect(Collectors.toSet());
    }

    private static AccessRecord credential(Json c) {
        c.only(
                "number",
                "name",
                "holder",
                "status",
                "traits",
                "from",
                "until",
                "uses",
                "leastCertificate",
                "groups",
                "carriers");
        return new AccessRecord(
                number(c.at("number")),
                c.number("holder", AccessRecord.ITSELF),
                c.one(CredentialStatus.class, "status", CredentialStatus.ACTIVE),
                set(c, "traits", Trait::valueOf),
                new Validity(c.second("from", 0), c.second("until", Long.MAX_VALUE)),
                c.small("uses", AccessRecord.UNLIMITED),
                c.small("leastCertificate", 0),
                c.each("groups", Json::whole),
                c.each("carriers", EstateReader::carrier));
    }

    private static Carrier carrier(Json c) {
        CarrierKind kind = c.at("kind").as(name -> CarrierKind.valueOf(name.text()));
        return new Carrier(
                kind,
                c.one(CarrierLevel.class, "level", CarrierLevel.COPIED_NUMBER),
                c.at("value").as(text -> value(kind, text.text())));
    }

    private static GroupRecord group(Json g) {
        return new GroupRecord(
                g.small("id", 0),
                g.only("id", "name", "rights")
                        .each(
                                "rights",
                                r -> new Right(
                                        new PointId(r.small("point", 0)),
                                        r.small("schedule", 0),
                                        r.small("floors", 0),
                                        r.number("rule", 0))));
    }

    private static Schedule schedule(Json s) {
        return new Schedule(s.small("id", 0), s.only("id", "name", "windows").each("windows", EstateReader::window));
    }

    private static Schedule.Window window(Json w) {
        int days = 0;
        for (String part : w.text("days", "").split(",")) {
            String range = part.equals("H") ? String.valueOf(HOLIDAY) : part;
            days |= range(range, 1, HOLIDAY).map(day -> 1 << day - 1).sum();
        }
        return new Schedule.Window(days, minute(w.text("from", "")), minute(w.text("to", "")));
    }

    private static int minute(String time) {
        String[] parts = time.split(":");
        return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
    }

    private static FloorGroup floors(Json f) {
        return FloorGroup.of(f.small("id", 0), indexes(f.text("front", "")), indexes(f.text("rear", "")));
    }

    private static List<Integer> indexes(String text) {
        return Stream.of(text.split(","))
                .filter(part -> !part.isEmpty())
                .flatMap(part -> range(part, 0, LAST_FLOOR).boxed())
                .toList();
    }

    /** One number, or two with a hyphen and all between them. */
    private static IntStream range(String text, int least, int most) {
        String[] ends = text.split("-", -1);
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        if (ends.length > 2 || first < least || last < first || last > most) {
            throw new IllegalArgumentException("expected numbers from " + least + " to " + most + ", rising");
        }
        return IntStream.rangeClosed(first, last);
    }

    private static PointRecord point(Json p) {
        p.only(
                "id",
                "name",
                "kind",
                "methods",
                "leastLevel",
                "mode",
                "otherMode",
                "otherSchedule",
                "unlockSchedule",
                "from",
                "to",
                "interlock",
                "mostThreat",
                "fireZone",
                "escape",
                "offline",
                "lease",
                "pulse",
                "longPulse");
        return new PointRecord(
                new PointId(p.small("id", 0)),
                p.one(PointKind.class, "kind", PointKind.DOOR),
                p.has("methods") ? set(p, "methods", AccessMethod::valueOf) : Set.of(AccessMethod.SEALED),
                p.one(CarrierLevel.class, "leastLevel", CarrierLevel.NONE),
                new PointModes(
                        p.one(PointMode.class, "mode", PointMode.NORMAL),
                        p.one(PointMode.class, "otherMode", PointMode.NORMAL),
                        p.small("otherSchedule", 0),
                        p.small("unlockSchedule", 0)),
                new PointPlace(
                        p.small("from", 0),
                        p.small("to", 0),
                        p.small("interlock", 0),
                        p.small("mostThreat", PointPlace.ANY_THREAT)),
                new FireSafety(p.small("fireZone", 0), 0, p.yes("escape", false), LockKind.FAIL_SECURE),
                p.one(OfflinePolicy.class, "offline", OfflinePolicy.BY_LIST),
                p.number("lease", 0),
                new PointTimes(p.number("pulse", 3_000), p.number("longPulse", 0), 0),
                p.text("name", ""));
    }

    private static AreaRecord area(Json a) {
        a.only("id", "name", "antiPassback", "minutes", "capacity", "partition", "staleness");
        return new AreaRecord(
                a.small("id", 0),
                a.one(AntiPassback.class, "antiPassback", AntiPassback.NONE),
                a.small("minutes", 0),
                a.number("capacity", 0),
                a.one(StalePolicy.class, "partition", StalePolicy.DECIDE),
                a.small("staleness", 0),
                a.text("name", ""));
    }

    private static SpaceRecord space(Json s) {
        return new SpaceRecord(
                s.number("holder", 0),
                s.small("lot", 0),
                s.small("spaces", 0),
                s.one(SpaceKind.class, "kind", SpaceKind.MONTHLY));
    }

    private static EntryRecord entry(Json e) {
        return new EntryRecord(
                number(e.at("credential")),
                e.text("plate", ""),
                e.small("lot", 0),
                e.second("entered", 0),
                e.one(CarrierKind.class, "carrier", CarrierKind.CARD));
    }
}
