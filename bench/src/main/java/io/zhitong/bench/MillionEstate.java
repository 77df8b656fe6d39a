package io.zhitong.bench;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Policy;
import io.zhitong.decision.PolicyLists;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A device that knows very many credentials and 500 points (百万凭证): 40 groups with rights at 250 of the points each, half
 * of the credentials in two of them, every fifth with a number plate, every other with a last day.
 */
final class MillionEstate {
    static final int POINTS = 500;
    private static final int GROUPS = 40;
    private static final int SCHEDULES = 20;
    private static final long FIRST = 0x4403_0101_0000_0000L;
    private static final long LAST_DAY = 4_000_000_000L;

    private final int credentials;
    private final List<ListRecord> others = new ArrayList<>();

    MillionEstate(int credentials) {
        this.credentials = credentials;
        for (int i = 1; i <= SCHEDULES; i++) {
            others.add(
                    new Schedule(i, List.of(new Schedule.Window(0xFF, 0, 720), new Schedule.Window(0xFF, 720, 1440))));
        }
        for (int i = 1; i <= POINTS; i++) {
            others.add(PointRecord.of(
                    new PointId(i),
                    PointKind.DOOR,
                    Set.of(AccessMethod.SEALED, AccessMethod.FAST),
                    CarrierLevel.OWN_KEY,
                    PointTimes.of(3_000, 30_000),
                    i + "号门"));
        }
        IntStream.rangeClosed(1, GROUPS).mapToObj(MillionEstate::group).forEach(others::add);
    }

    private static GroupRecord group(int group) {
        return new GroupRecord(
                group,
                IntStream.rangeClosed(1, POINTS)
                        .filter(point -> (point + group) % 2 == 0)
                        .mapToObj(point -> new Right(new PointId(point), 1 + point % SCHEDULES, group))
                        .toList());
    }

    /** Numbers are not next to each other: 7 apart. */
    static CredentialNumber number(long i) {
        return new CredentialNumber(FIRST + 7 * i);
    }

    int credentials() {
        return credentials;
    }

    byte[] record(int i) {
        int group = 1 + i % GROUPS;
        Validity validity = i % 2 == 0 ? Validity.ALWAYS : new Validity(1_700_000_000L, LAST_DAY);
        byte[] plate = String.format("粤B%06d", i).getBytes(StandardCharsets.UTF_8);
        return new AccessRecord(
                        number(i),
                        1L + i / 2,
                        CredentialStatus.ACTIVE,
                        Set.of(),
                        validity,
                        AccessRecord.UNLIMITED,
                        1,
                        i % 4 < 2 ? List.of(group) : List.of(group, 1 + (i + 1) % GROUPS),
                        i % 5 == 0
                                ? List.of(new Carrier(CarrierKind.PLATE, CarrierLevel.COPIED_NUMBER, Octets.of(plate)))
                                : List.of())
                .canonical();
    }

    List<byte[]> records() {
        return IntStream.range(0, credentials).mapToObj(this::record).toList();
    }

    Policy policy(MerkleTree list) {
        PolicyLists lists =
                new PolicyLists(new ListVersion(1, 7), Long.MAX_VALUE, ZoneId.of("Asia/Shanghai"), List.copyOf(others));
        return new Policy(lists, list);
    }

    static MerkleTree tree(List<byte[]> records) {
        return MerkleTree.of(ListKind.ACCESS, records);
    }
}
