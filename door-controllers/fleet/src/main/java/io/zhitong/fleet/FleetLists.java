package io.zhitong.fleet;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListDraft;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.SettingKey;
import io.zhitong.accessmodel.SettingRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.link.ListChange;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The lists of a fleet's own backend (模拟名单): every controller holds the same records, each under a header of its own. Safe for use
 * by several threads.
 */
public final class FleetLists {

    private static final long FIRST = 0x4403_0101_0000_0000L;
    private static final int RESIDENTS = 1;
    private static final List<ListKind> KINDS =
            List.of(ListKind.POINTS, ListKind.SETTINGS, ListKind.GROUPS, ListKind.ACCESS);

    private final FleetEstate estate;
    private final Map<ListKind, Made> made = new EnumMap<>(ListKind.class);
    private final Map<Named, SignedList> signed = new ConcurrentHashMap<>();

    private record Made(MerkleTree tree, ListVersion version, Optional<ListChange> change) {}

    private record Named(DeviceAddress device, ListKind kind) {}

    /** @param credentials active ones, all with the same rights at every door */
    public FleetLists(FleetEstate estate, int credentials) {
        this.estate = estate;
        made.put(ListKind.POINTS, first(MerkleTree.of(ListKind.POINTS, points())));
        made.put(ListKind.SETTINGS, first(MerkleTree.of(ListKind.SETTINGS, List.of(zone()))));
        made.put(ListKind.GROUPS, first(MerkleTree.of(ListKind.GROUPS, List.of(residents()))));
        made.put(ListKind.ACCESS, first(access(credentials)));
    }

    private static MerkleTree access(int credentials) {
        return MerkleTree.of(
                ListKind.ACCESS,
                numbers(credentials).stream()
                        .map(number -> record(number, RESIDENTS).canonical())
                        .toList());
    }

    private static Made first(MerkleTree tree) {
        return new Made(tree, new ListVersion(1, 1), Optional.empty());
    }

    private static List<byte[]> points() {
        return IntStream.rangeClosed(1, Story.POINTS)
                .mapToObj(point -> PointRecord.of(
                                new PointId(point),
                                PointKind.DOOR,
                                Set.of(AccessMethod.SEALED),
                                CarrierLevel.SEALED_CARD,
                                PointTimes.of(3_000, 30_000),
                                point + "号门")
                        .canonical())
                .toList();
    }

    private static byte[] zone() {
        return new SettingRecord(SettingKey.ZONE, "Asia/Shanghai").canonical();
    }

    private static byte[] residents() {
        List<Right> rights = IntStream.rangeClosed(1, Story.POINTS)
                .mapToObj(point -> new Right(new PointId(point), Schedule.ALWAYS_ID, RESIDENTS))
                .toList();
        return new GroupRecord(RESIDENTS, rights).canonical();
    }

    /** The credentials' numbers, 7 apart. */
    public static List<CredentialNumber> numbers(int credentials) {
        return LongStream.range(0, credentials)
                .mapToObj(i -> new CredentialNumber(FIRST + 7 * i))
                .toList();
    }

    private static AccessRecord record(CredentialNumber credential, int... groups) {
        return AccessRecord.of(
                credential, Validity.ALWAYS, IntStream.of(groups).boxed().toList());
    }

    public List<ListKind> kinds() {
        return KINDS;
    }

    /** The newest list of this kind, signed for the device when it is first asked for. */
    public SignedList of(DeviceAddress device, ListKind kind) {
        Made newest = newest(kind);
        return signed.compute(
                new Named(device, kind),
                (name, known) -> known != null && known.header().version().equals(newest.version())
                        ? known
                        : sign(device, kind, newest));
    }

    private synchronized Made newest(ListKind kind) {
        return java.util.Objects.requireNonNull(made.get(kind), "a kind that is served");
    }

    private SignedList sign(DeviceAddress device, ListKind kind, Made newest) {
        return sign(List.of(device), kind, newest).get(0);
    }

    private List<SignedList> sign(List<DeviceAddress> devices, ListKind kind, Made newest) {
        long now = Instant.now().getEpochSecond();
        List<ListDraft> drafts = devices.stream()
                .map(device -> new ListDraft(
                        new ListTarget(device.community(), device.device(), kind, newest.version(), now),
                        newest.tree()))
                .toList();
        return SignedList.sign(drafts, estate.policyKey(), estate::signPolicy);
    }

    /** In what the newest list of this kind differs from the one before, if that is little. */
    Optional<ListChange> change(ListKind kind) {
        return newest(kind).change();
    }

    /** Signs the newest list of this kind for all of them by one signature. */
    void publish(ListKind kind, List<DeviceAddress> devices) {
        sign(devices, kind, newest(kind))
                .forEach(list -> signed.put(
                        new Named(
                                new DeviceAddress(
                                        list.header().community(), list.header().device()),
                                kind),
                        list));
    }

    /** Takes a credential's rights, or gives them back; the lists of all devices have a new version from now on. */
    public synchronized ListVersion change(CredentialNumber credential, boolean allowed) {
        Made before = newest(ListKind.ACCESS);
        AccessRecord record = allowed ? record(credential, RESIDENTS) : record(credential);
        return next(before.tree().changed(List.of(record.canonical()), List.of()));
    }

    /** Another list, of so many credentials. */
    public synchronized ListVersion exchange(int credentials) {
        return next(access(credentials));
    }

    private ListVersion next(MerkleTree tree) {
        Made before = newest(ListKind.ACCESS);
        ListVersion next =
                new ListVersion(before.version().epoch(), before.version().number() + 1);
        made.put(ListKind.ACCESS, new Made(tree, next, ListChange.between(before.tree(), tree)));
        return next;
    }
}
