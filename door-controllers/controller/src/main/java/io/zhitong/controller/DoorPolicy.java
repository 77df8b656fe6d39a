package io.zhitong.controller;

import io.zhitong.accessmodel.IssuerPurpose;
import io.zhitong.accessmodel.IssuerRecord;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.SettingKey;
import io.zhitong.accessmodel.SettingRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.cardterminal.TrustedIssuers;
import io.zhitong.decision.Policy;
import io.zhitong.decision.PolicyLists;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Everything the doors of one controller go by, taken from its signed lists at one moment (门控策略). Unchangeable; a new list
 * makes a new one.
 *
 * @param access version of the access list, for events
 * @param wiring what the board's terminals are connected to
 * @param community the community's number as cards carry it, 8 bytes, or empty when the settings did not come yet
 */
record DoorPolicy(
        Policy rules,
        ListVersion access,
        List<IssuerRecord> issuers,
        Optional<byte[]> community,
        ZoneId zone,
        List<PointRecord> points,
        List<WiringRecord> wiring) {

    private static final int COMMUNITY_DIGITS = 16;
    /** Indexed as they were signed, or no rules at all. */
    private static final Set<ListKind> ELSEWHERE = EnumSet.of(ListKind.ACCESS, ListKind.PRESENCE, ListKind.USES);

    static DoorPolicy of(Map<ListKind, SignedList> lists) {
        return made(lists, Policy::new);
    }

    /** The same as {@link #of}, quicker where only few credentials differ from what this one was made of. */
    DoorPolicy next(Map<ListKind, SignedList> lists) {
        return made(lists, rules::next);
    }

    private static DoorPolicy made(
            Map<ListKind, SignedList> lists, BiFunction<PolicyLists, MerkleTree, Policy> compiler) {
        Optional<ListHeader> access =
                Optional.ofNullable(lists.get(ListKind.ACCESS)).map(SignedList::header);
        ListVersion version = access.map(ListHeader::version).orElse(ListVersion.NONE);
        List<SettingRecord> settings = records(lists, ListKind.SETTINGS, SettingRecord.class);
        ZoneId zone = setting(settings, SettingKey.ZONE).map(DoorPolicy::zone).orElse(ZoneOffset.UTC);
        PolicyLists deciding = new PolicyLists(
                version,
                access.map(ListHeader::leaseUntilSecond).orElse(ListHeader.NO_LEASE_END),
                zone,
                lists.values().stream()
                        .filter(list -> !ELSEWHERE.contains(list.header().kind()))
                        .flatMap(list -> list.records().stream())
                        .toList());
        Optional<MerkleTree> accessList =
                Optional.ofNullable(lists.get(ListKind.ACCESS)).map(SignedList::tree);
        Policy rules = compiler.apply(deciding, accessList.orElseGet(() -> MerkleTree.of(ListKind.ACCESS, List.of())));
        return new DoorPolicy(
                rules,
                version,
                records(lists, ListKind.ISSUERS, IssuerRecord.class),
                setting(settings, SettingKey.COMMUNITY_NUMBER).map(DoorPolicy::communityNumber),
                zone,
                records(lists, ListKind.POINTS, PointRecord.class),
                records(lists, ListKind.WIRING, WiringRecord.class));
    }

    /** The wires of a point in one direction. */
    Stream<WiringRecord> wires(PointId point, WireDirection direction) {
        return wiring.stream()
                .filter(wire -> wire.direction() == direction && wire.point().equals(point));
    }

    /** Keys whose card certificates are believed at that time. */
    TrustedIssuers trusted(Instant now) {
        return new TrustedIssuers(issuers.stream()
                .filter(issuer -> issuer.purpose() == IssuerPurpose.CARD
                        && issuer.validity().contains(now))
                .map(IssuerRecord::key)
                .toList());
    }

    private static <T extends ListRecord> List<T> records(
            Map<ListKind, SignedList> lists, ListKind kind, Class<T> type) {
        SignedList list = lists.get(kind);
        return list == null ? List.of() : list.records(type);
    }

    private static Optional<String> setting(List<SettingRecord> settings, SettingKey key) {
        return settings.stream()
                .filter(record -> record.key().filter(key::equals).isPresent())
                .map(SettingRecord::value)
                .findFirst();
    }

    /** An unknown zone is an old time zone table here, not a reason to let nobody in by rights that hold always. */
    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** BCD, left-padded to 8 bytes. */
    private static byte[] communityNumber(String decimal) {
        String digits = "0".repeat(Math.max(0, COMMUNITY_DIGITS - decimal.length())) + decimal;
        return io.zhitong.smcrypto.Hex.parse(digits);
    }
}
