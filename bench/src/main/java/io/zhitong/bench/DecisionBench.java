package io.zhitong.bench;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.GroupRecord;
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
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Policy;
import io.zhitong.decision.PolicyLists;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Request;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One grant at a door that knows 10 000 credentials, the right bound to a weekly schedule (通行判定). */
@State(Scope.Benchmark)
public class DecisionBench {
    private static final int CREDENTIALS = 10_000;
    private static final PointId POINT = new PointId(1);
    private static final int RESIDENTS = 1;
    private static final int ALL_DAYS = 0x7F;
    private static final int DAY_MINUTES = 1_440;

    private final Map<CredentialNumber, AccessRecord> index = new HashMap<>();
    private final Policy policy;
    private final Request[] requests = new Request[CREDENTIALS];
    private int next;

    public DecisionBench() {
        List<AccessRecord> records =
                LongStream.range(0, CREDENTIALS).mapToObj(DecisionBench::record).toList();
        records.forEach(each -> index.put(each.credential(), each));
        var week = new Schedule(1, List.of(new Schedule.Window(ALL_DAYS, 0, DAY_MINUTES)));
        var door = PointRecord.of(
                POINT,
                PointKind.DOOR,
                EnumSet.of(AccessMethod.SEALED),
                CarrierLevel.NONE,
                PointTimes.of(3_000, 0),
                "门");
        List<ListRecord> all = new ArrayList<>(records);
        all.addAll(List.of(week, door, new GroupRecord(RESIDENTS, List.of(new Right(POINT, 1, 0)))));
        policy = new Policy(new PolicyLists(new ListVersion(1, 7), Long.MAX_VALUE, ZoneId.of("Asia/Shanghai"), all));
        Instant now = Instant.parse("2026-11-21T04:00:00Z");
        for (int i = 0; i < CREDENTIALS; i++) {
            requests[i] = request(number(i * 7_919L % CREDENTIALS), now);
        }
    }

    private static CredentialNumber number(long i) {
        return new CredentialNumber(0x4403_0001_0000_0000L + i);
    }

    private static AccessRecord record(long i) {
        return new AccessRecord(
                number(i),
                i,
                CredentialStatus.ACTIVE,
                Set.of(),
                Validity.ALWAYS,
                AccessRecord.UNLIMITED,
                1,
                List.of(RESIDENTS),
                List.of());
    }

    private static Request request(CredentialNumber credential, Instant now) {
        var card = new Presented.Genuine(credential, AccessMethod.SEALED, CarrierLevel.NONE, 1);
        return new Request(POINT, PointState.of(PointMode.NORMAL), card, now, ClockQuality.SYNCHRONISED, 0);
    }

    private Request request() {
        next = (next + 1) % CREDENTIALS;
        return requests[next];
    }

    @Benchmark
    public Decision figure() {
        Decision decision = Engine.decide(request(), policy);
        if (decision instanceof Decision.Deny) {
            throw new IllegalStateException("expected a grant, came " + decision);
        }
        return decision;
    }

    @Benchmark
    public AccessRecord limit() {
        CredentialNumber credential = ((Presented.Genuine) request().presented()).credential();
        return Objects.requireNonNull(index.get(credential));
    }
}
