package io.zhitong.decision;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.EntryRecord;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.PinRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.SpaceRecord;
import io.zhitong.cardspec.CredentialNumber;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The lists of one device, indexed for deciding (策略索引). Unchangeable: a new list makes a new policy, which is swapped in as
 * a whole. Thread-safe.
 */
public final class Policy {

    private static final int DAY_SECONDS = 86_400;
    private static final int WEEK = 7;
    private static final int EPOCH_WEEKDAY = 3; // 1970-01-01 was a Thursday; Monday is 0

    private final ListVersion version;
    private final long leaseUntilSecond;
    private final ZoneId zone;
    private final MerkleTree accessList;
    private final List<GroupRecord> groups;
    private final CredentialTable access;
    private final List<Optional<Schedule>> schedules;
    private final List<Optional<PointRecord>> points;
    private final List<Optional<FloorGroup>> floors;
    private final LiftFloors[] liftFloors;
    private final List<Optional<AreaRecord>> areas;
    private final Map<CredentialNumber, PinRecord> pins;
    private final Lots lots;
    private final long[] holidays;

    public Policy(PolicyLists lists) {
        this(lists, SignedList.compile(ListKind.ACCESS, lists.all(AccessRecord.class)));
    }

    /**
     * The same from an access list as it was signed: a million records are never values.
     *
     * @param lists without access records
     */
    public Policy(PolicyLists lists, MerkleTree accessList) {
        this(lists, accessList, CredentialTable.of(accessList, lists.all(GroupRecord.class)));
    }

    /**
     * What {@code new Policy(lists, accessList)} is, made out of this one where the access list differs in a few records: a lost
     * card counts at once on a list of a million, too.
     */
    public Policy next(PolicyLists lists, MerkleTree nextList) {
        Optional<CredentialTable> changed = groups.equals(lists.all(GroupRecord.class))
                ? ListDifference.between(accessList, nextList).flatMap(access::changed)
                : Optional.empty();
        return changed.map(table -> new Policy(lists, nextList, table)).orElseGet(() -> new Policy(lists, nextList));
    }

    private Policy(PolicyLists lists, MerkleTree accessList, CredentialTable access) {
        this.accessList = accessList;
        this.access = access;
        groups = lists.all(GroupRecord.class);
        version = lists.version();
        leaseUntilSecond = lists.leaseUntilSecond();
        zone = lists.zone();
        List<Schedule> all = new ArrayList<>(lists.all(Schedule.class));
        all.removeIf(schedule -> schedule.id() == Schedule.ALWAYS_ID); // no list says what always means
        all.add(Schedule.ALWAYS);
        schedules = byId(all, Schedule::id);
        points = byId(lists.all(PointRecord.class), point -> point.point().value());
        floors = byId(lists.all(FloorGroup.class), FloorGroup::id);
        liftFloors = floors.stream()
                .map(group -> group.map(LiftFloors::of).orElse(LiftFloors.NONE))
                .toArray(LiftFloors[]::new);
        areas = byId(lists.all(AreaRecord.class), AreaRecord::area);
        pins = byCredential(lists.all(PinRecord.class), PinRecord::credential);
        lots = new Lots(lists.all(EntryRecord.class), lists.all(SpaceRecord.class), this::holder);
        holidays = lists.all(Holiday.class).stream()
                .mapToLong(holiday -> holiday.day().toEpochDay())
                .sorted()
                .toArray();
    }

    private static <T extends ListRecord> Map<CredentialNumber, T> byCredential(
            List<T> records, Function<T, CredentialNumber> key) {
        Map<CredentialNumber, T> found = new HashMap<>();
        records.forEach(record -> found.put(key.apply(record), record));
        return Map.copyOf(found);
    }

    private static <T> List<Optional<T>> byId(List<T> records, Function<T, Integer> id) {
        int most = records.stream().mapToInt(id::apply).max().orElse(-1);
        List<Optional<T>> found = new ArrayList<>(Collections.nCopies(most + 1, Optional.empty()));
        records.forEach(record -> found.set(id.apply(record), Optional.of(record)));
        return List.copyOf(found);
    }

    private static <T> Optional<T> at(List<Optional<T>> records, int id) {
        return id < records.size() ? records.get(id) : Optional.empty();
    }

    public ListVersion version() {
        return version;
    }

    public ZoneId zone() {
        return zone;
    }

    public Optional<PointRecord> point(PointId id) {
        return at(points, id.value());
    }

    private long holder(CredentialNumber credential) {
        Listed listed = access.find(credential);
        return listed == null ? 0 : listed.holder();
    }

    Lots lots() {
        return lots;
    }

    /** Nothing for an id that the lists do not have. */
    LiftFloors liftFloors(int id) {
        return id < liftFloors.length ? liftFloors[id] : LiftFloors.NONE;
    }

    /** 0 for a point that the lists do not have. */
    int interlock(int id) {
        Optional<PointRecord> point = at(points, id);
        return point.isPresent() ? point.get().place().interlockGroup() : 0;
    }

    /** What the lists say of a credential. */
    public Optional<Listed> listed(CredentialNumber credential) {
        return Optional.ofNullable(access.find(credential));
    }

    /**
     * The credential that a carrier stands for which does not bear the credential's own number: plate, tag, template,
     * legacy number. Named by two, it is the lower one's.
     */
    public Optional<Carried> carried(CarrierKind kind, byte[] value) {
        return access.carried(kind, value);
    }

    /** The same for a plate as the camera saw it. */
    public Optional<Carried> plate(String seen) {
        return seen.isEmpty() ? Optional.empty() : carried(CarrierKind.PLATE, seen.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing when the list of schedules does not hold it: then the right that names it never holds. */
    public Optional<Schedule> schedule(int id) {
        return at(schedules, id);
    }

    public Optional<FloorGroup> floors(int id) {
        return at(floors, id);
    }

    public Optional<AreaRecord> area(int id) {
        return at(areas, id);
    }

    public Optional<PinRecord> pin(CredentialNumber credential) {
        return Optional.ofNullable(pins.get(credential));
    }

    /** The car that entered by this credential and has not left. */
    public Optional<EntryRecord> entry(CredentialNumber credential) {
        return lots.entry(credential);
    }

    /** Every car inside. */
    public List<EntryRecord> entries() {
        return lots.entries();
    }

    /** Spaces of a holder in a lot. */
    public Optional<SpaceRecord> spaces(long holder, int lot) {
        return lots.spaces(holder, lot);
    }

    boolean leaseEnded(Instant now) {
        return now.getEpochSecond() >= leaseUntilSecond;
    }

    boolean leaseLimited() {
        return leaseUntilSecond != Long.MAX_VALUE;
    }

    /** Whether the schedule of that id is known and holds at that instant. */
    public boolean holds(int schedule, Instant now) {
        return schedule(schedule).filter(known -> holds(known, now)).isPresent();
    }

    /** Whether the schedule holds at that instant, read off the wall clock of the community. */
    boolean holds(Schedule schedule, Instant now) {
        long local = now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds();
        long day = Math.floorDiv(local, DAY_SECONDS);
        int weekday = Math.floorMod(day + EPOCH_WEEKDAY, WEEK);
        boolean holiday = Arrays.binarySearch(holidays, day) >= 0;
        int minute = Math.floorMod(local, DAY_SECONDS) / 60;
        return schedule.holds(holiday ? Schedule.Window.HOLIDAY : 1 << weekday, minute);
    }
}
