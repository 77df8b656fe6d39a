package io.zhitong.controller;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.IssuerPurpose;
import io.zhitong.accessmodel.IssuerRecord;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.SettingKey;
import io.zhitong.accessmodel.SettingRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.Validity;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Signed lists of a small community, as a backend would compile them for controller 42. */
final class TestLists {

    static final Sm2PrivateKey ISSUER = Sm2PrivateKey.generate(TestCard.seeded(1));
    static final CredentialNumber RESIDENT = CredentialNumber.parse("4403010100000001");
    static final CredentialNumber LOST = CredentialNumber.parse("4403010100000002");
    static final CredentialNumber VISITOR = CredentialNumber.parse("4403010100000003");
    static final PointId GATE = new PointId(1);
    static final PointId GARAGE = new PointId(2);
    static final PointId SIDE_DOOR = new PointId(3);
    static final DeviceId DEVICE = new DeviceId(42);
    private static final Sm2PrivateKey POLICY = Sm2PrivateKey.generate(TestCard.seeded(2));

    private final Map<ListKind, SignedList> lists = new EnumMap<>(ListKind.class);
    private static final int RESIDENTS = 1;
    private long version;

    TestLists() {
        put(ListKind.ISSUERS, List.of(new IssuerRecord(ISSUER.publicKey(), IssuerPurpose.CARD, Validity.ALWAYS)));
        put(
                ListKind.SETTINGS,
                List.of(
                        new SettingRecord(SettingKey.ZONE, "Asia/Shanghai"),
                        new SettingRecord(SettingKey.COMMUNITY_NUMBER, "44030001")));
        points(PointMode.NORMAL);
        put(
                ListKind.GROUPS,
                List.of(new GroupRecord(
                        RESIDENTS,
                        List.of(new Right(GATE, 0, 101), new Right(GARAGE, 0, 101), new Right(SIDE_DOOR, 0, 101)))));
        put(
                ListKind.ACCESS,
                List.of(
                        record(RESIDENT, CredentialStatus.ACTIVE, AccessRecord.UNLIMITED),
                        record(LOST, CredentialStatus.LOST, AccessRecord.UNLIMITED),
                        record(VISITOR, CredentialStatus.ACTIVE, 1)));
    }

    void points(PointMode mode) {
        put(
                ListKind.POINTS,
                List.of(
                        point(GATE, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, mode),
                        point(GARAGE, AccessMethod.FAST, CarrierLevel.OWN_KEY, mode),
                        point(SIDE_DOOR, AccessMethod.LEGACY, CarrierLevel.OWN_KEY, mode)));
    }

    /** Points as written, instead of the usual three. */
    void points(PointRecord... points) {
        put(ListKind.POINTS, List.of(points));
    }

    void wires(WiringRecord... wires) {
        put(ListKind.WIRING, List.of(wires));
    }

    void schedule(int id, int fromMinute, int toMinute) {
        put(ListKind.SCHEDULES, List.of(new Schedule(id, List.of(new Schedule.Window(0xFF, fromMinute, toMinute)))));
    }

    /** The resident alone is on the list, with these traits. */
    void resident(Trait... traits) {
        put(
                ListKind.ACCESS,
                List.of(new AccessRecord(
                        RESIDENT,
                        AccessRecord.ITSELF,
                        CredentialStatus.ACTIVE,
                        Set.of(traits),
                        Validity.ALWAYS,
                        AccessRecord.UNLIMITED,
                        1,
                        List.of(RESIDENTS),
                        List.of())));
    }

    /** On the list with every right here. */
    static AccessRecord person(CredentialNumber number, long holder, Trait... traits) {
        return new AccessRecord(
                number,
                holder,
                CredentialStatus.ACTIVE,
                Set.of(traits),
                Validity.ALWAYS,
                AccessRecord.UNLIMITED,
                1,
                List.of(RESIDENTS),
                List.of());
    }

    void access(AccessRecord... records) {
        put(ListKind.ACCESS, List.of(records));
    }

    void areas(AreaRecord... areas) {
        put(ListKind.AREAS, List.of(areas));
    }

    static WiringRecord in(int io, PointId point, WireFunction function) {
        return new WiringRecord(io, WireDirection.INPUT, point, function, true, false, 0);
    }

    static WiringRecord out(int io, PointId point, WireFunction function) {
        return new WiringRecord(io, WireDirection.OUTPUT, point, function, false, false, 0);
    }

    static PointRecord door(PointId id) {
        return point(id, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, PointMode.NORMAL);
    }

    void remove(ListKind kind) {
        lists.remove(kind);
    }

    Map<ListKind, SignedList> lists() {
        return Map.copyOf(lists);
    }

    DoorPolicy policy() {
        return DoorPolicy.of(lists);
    }

    void put(ListKind kind, Collection<? extends ListRecord> records) {
        version++;
        lists.put(
                kind,
                SignedList.sign(
                        new ListTarget(
                                new CommunityId(1),
                                DEVICE,
                                kind,
                                new ListVersion(1, version),
                                1_795_262_400L,
                                ListHeader.NO_LEASE_END),
                        records,
                        POLICY.publicKey(),
                        message -> Sm2.sign(POLICY, message, TestCard.seeded(version))));
    }

    static AccessRecord visitor(CredentialNumber number, int uses) {
        return record(number, CredentialStatus.ACTIVE, uses);
    }

    private static AccessRecord record(CredentialNumber number, CredentialStatus status, int uses) {
        return new AccessRecord(
                number, AccessRecord.ITSELF, status, Set.of(), Validity.ALWAYS, uses, 1, List.of(RESIDENTS), List.of());
    }

    private static PointRecord point(PointId id, AccessMethod method, CarrierLevel least, PointMode mode) {
        return PointRecord.of(id, PointKind.DOOR, Set.of(method), least, PointTimes.of(5_000, 30_000), "门")
                .with(PointModes.of(mode));
    }
}
