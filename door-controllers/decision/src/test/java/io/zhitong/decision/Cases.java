package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DenyReason;
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
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** A request and the lists it meets; drawn at random in a small world, so that every rule is met often. */
record Cases(Request request, PolicyLists lists) {

    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("Asia/Shanghai"), ZoneId.of("Europe/Berlin"), ZoneId.of("Australia/Lord_Howe"));
    private static final Instant START = Instant.parse("2028-02-01T00:00:00Z");
    private static final int SPAN_SECONDS = 400 * 86_400;

    Decision decide() {
        return Engine.decide(request, new Policy(lists));
    }

    static Cases random(long seed) {
        Random r = new Random(seed);
        ZoneId zone = pick(r, ZONES);
        Instant now = START.plusSeconds(r.nextInt(SPAN_SECONDS));
        PolicyLists lists = new PolicyLists(
                r.nextInt(20) == 0 ? ListVersion.NONE : new ListVersion(1, 7),
                r.nextInt(4) > 0 ? Long.MAX_VALUE : now.getEpochSecond() + r.nextInt(2_000_000) - 200_000,
                zone,
                Stream.of(
                                many(r, 3, i -> record(r, i, now)),
                                many(r, 4, i -> group(r, i + 1)),
                                many(r, 3, i -> schedule(r, i + 1)),
                                many(
                                        r,
                                        4,
                                        i -> new Holiday(ZonedDateTime.ofInstant(now, zone)
                                                .toLocalDate()
                                                .plusDays(i))),
                                many(r, 2, i -> point(r, i + 1)))
                        .<ListRecord>flatMap(List::stream)
                        .toList());
        return new Cases(request(r, now), lists);
    }

    private static Request request(Random r, Instant now) {
        PointState state = new PointState(
                r.nextInt(8) > 0
                        ? PointMode.NORMAL
                        : pick(r, List.of(PointMode.NORMAL, PointMode.UNLOCKED, PointMode.LOCKED)),
                r.nextInt(5));
        ClockQuality clock = r.nextInt(8) == 0 ? ClockQuality.UNKNOWN : ClockQuality.SYNCHRONISED;
        return new Request(new PointId(1 + r.nextInt(2)), state, presented(r), now, clock, r.nextInt(3));
    }

    private static Presented presented(Random r) {
        AccessMethod method = pick(r, new AccessMethod[] {AccessMethod.SEALED, AccessMethod.FAST, AccessMethod.LEGACY});
        if (r.nextInt(20) == 0) {
            return new Presented.Unread(method, r.nextBoolean() ? DenyReason.CARD_ERROR : DenyReason.SAM_MISSING);
        }
        return r.nextInt(10) == 0
                ? new Presented.NotGenuine(method)
                : new Presented.Genuine(
                        new CredentialNumber(r.nextInt(3)), method, pick(r, CarrierLevel.values()), r.nextInt(4) - 1);
    }

    private static AccessRecord record(Random r, int i, Instant now) {
        long second = now.getEpochSecond();
        long from = second + r.nextInt(500_000) - 400_000;
        Validity validity = r.nextBoolean() ? Validity.ALWAYS : new Validity(from, from + 1 + r.nextInt(800_000));
        return new AccessRecord(
                new CredentialNumber(i),
                r.nextInt(3),
                r.nextInt(4) > 0 ? CredentialStatus.ACTIVE : pick(r, CredentialStatus.values()),
                Set.of(),
                validity,
                r.nextInt(3) > 0 ? AccessRecord.UNLIMITED : r.nextInt(3),
                r.nextInt(2),
                List.copyOf(Set.copyOf(many(r, 2, n -> 1 + r.nextInt(5)))),
                List.of());
    }

    private static GroupRecord group(Random r, int id) {
        return new GroupRecord(
                id,
                List.copyOf(Set.copyOf(many(r, 2, n -> new Right(new PointId(1 + r.nextInt(2)), r.nextInt(5), n)))));
    }

    private static Schedule schedule(Random r, int id) {
        return new Schedule(id, List.copyOf(Set.copyOf(many(r, 3, i -> window(r)))));
    }

    private static Schedule.Window window(Random r) {
        int from = r.nextInt(1_440);
        return new Schedule.Window(1 + r.nextInt(255), from, from + 1 + r.nextInt(1_440 - from));
    }

    private static PointRecord point(Random r, int id) {
        Set<AccessMethod> methods = EnumSet.of(AccessMethod.SEALED, pick(r, AccessMethod.values()));
        CarrierLevel least = r.nextBoolean() ? CarrierLevel.NONE : pick(r, CarrierLevel.values());
        return PointRecord.of(
                new PointId(id), PointKind.DOOR, methods, least, PointTimes.of(3_000L * r.nextInt(3), 0), "门");
    }

    private static <T> List<T> many(Random r, int most, java.util.function.IntFunction<T> each) {
        List<T> all = new ArrayList<>();
        int count = r.nextInt(5) == 0 ? 0 : most;
        for (int i = 0; i < count; i++) {
            all.add(each.apply(i));
        }
        return all;
    }

    private static <T> T pick(Random r, List<T> from) {
        return from.get(r.nextInt(from.size()));
    }

    private static <T> T pick(Random r, T[] from) {
        return from[r.nextInt(from.length)];
    }
}
