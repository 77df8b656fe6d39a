package io.zhitong.backend.devices;

import static io.zhitong.backend.devices.DeviceTokens.utc;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.SignedList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of {@link DeviceLists}: headers of all versions; what they hold is with {@link ListContents}. */
@Component
final class ListRows {
    /** Access last: a credential must not name a group that the device does not know yet. */
    static final Comparator<ListKind> ORDER = Comparator.<ListKind, Boolean>comparing(kind -> kind == ListKind.ACCESS)
            .thenComparing(Comparator.naturalOrder());

    private static final String NEWEST_FIRST =
            " where community_id = ? and device_number = ? and kind = ?" + " order by epoch desc, number desc limit 1";

    private static final String OF_DEVICE =
            " from signed_list s where s.community_id = d.community_id and s.device_number = d.number and s.kind = :kind"
                    + " order by s.epoch desc, s.number desc";

    private static final String KINDS = Arrays.stream(ListKind.values())
            .map(kind -> "(" + kind.code() + ")")
            .collect(Collectors.joining(", "));

    private final JdbcClient jdbc;
    private final JdbcOperations batches;
    private final ListContents contents;

    ListRows(JdbcClient jdbc, JdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.contents = new ListContents(jdbc);
    }

    /** @param before the tree it was made from, if that is known */
    void keep(SignedList list, Optional<MerkleTree> before) {
        contents.save(list.header().community(), list.header().kind(), list.tree(), before);
    }

    /** Headers of lists whose content is kept. */
    void insert(List<ListHeader> headers) {
        batches.batchUpdate(
                "insert into signed_list (community_id, device_number, kind, epoch, number, header, root, made_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                headers.stream().map(ListRows::row).toList());
    }

    private static Object[] row(ListHeader header) {
        return new Object[] {
            header.community().value(),
            header.device().value(),
            header.kind().code(),
            header.version().epoch(),
            header.version().number(),
            header.encode(),
            header.root().toByteArray(),
            utc(Instant.ofEpochSecond(header.madeSecond()))
        };
    }

    /** Keeps so many numbers up to this version and nothing older; their contents stay until {@link #prune(CommunityId)}. */
    void forget(DeviceAddress device, ListKind kind, ListVersion newest, int kept) {
        jdbc.sql("delete from signed_list where community_id = ? and device_number = ? and kind = ?"
                        + " and (epoch < ? or epoch = ? and number <= ?)")
                .params(
                        device.community().value(),
                        device.device().value(),
                        kind.code(),
                        newest.epoch(),
                        newest.epoch(),
                        newest.number() - kept)
                .update();
    }

    /** Takes away contents that no list names any more. */
    void prune(CommunityId community) {
        contents.prune(community);
    }

    /** The tree with that root, if it is kept. */
    Optional<MerkleTree> tree(CommunityId community, ListKind kind, Hash root) {
        return contents.load(community, kind, root);
    }

    Optional<ListHeader> newestHeader(DeviceAddress device, ListKind kind) {
        return jdbc.sql("select header from signed_list" + NEWEST_FIRST)
                .params(device.community().value(), device.device().value(), kind.code())
                .query((row, n) -> ListHeader.decode(row.getBytes(1)))
                .optional();
    }

    /** @param before root of the list of this kind that the device had before */
    record Newest(ListHeader header, Optional<Hash> before) {}

    List<Newest> newest(CommunityId community, ListKind kind, List<DeviceId> devices) {
        return jdbc.sql("select header, before from (select (select s.header" + OF_DEVICE + " limit 1) as header,"
                        + " (select s.root" + OF_DEVICE + " limit 1 offset 1) as before"
                        + " from device d where d.community_id = :community and d.number in (:devices)) newest"
                        + " where header is not null")
                .param("kind", kind.code())
                .param("community", community.value())
                .param("devices", devices.stream().map(DeviceId::value).toList())
                .query((row, n) -> new Newest(
                        ListHeader.decode(row.getBytes(1)),
                        Optional.ofNullable(row.getBytes(2)).map(Hash::of)))
                .list();
    }

    Optional<SignedList> newest(DeviceAddress device, ListKind kind) {
        return newestHeader(device, kind).flatMap(this::joined);
    }

    Optional<SignedList> at(DeviceAddress device, ListKind kind, ListVersion version) {
        return jdbc.sql("select header from signed_list where community_id = ? and device_number = ?"
                        + " and kind = ? and epoch = ? and number = ?")
                .params(
                        device.community().value(),
                        device.device().value(),
                        kind.code(),
                        version.epoch(),
                        version.number())
                .query((row, n) -> ListHeader.decode(row.getBytes(1)))
                .optional()
                .flatMap(this::joined);
    }

    private Optional<SignedList> joined(ListHeader header) {
        return tree(header.community(), header.kind(), header.root()).map(tree -> SignedList.join(header, tree));
    }

    /**
     * Forgets versions made before that time, but never the newest of a device and kind.
     *
     * @return how many
     */
    int prune(CommunityId community, Instant before) {
        int headers = jdbc.sql(
                        "delete from signed_list where community_id = ? and made_at < ? and exists (select 1 from"
                                + " signed_list n where n.community_id = signed_list.community_id and n.device_number ="
                                + " signed_list.device_number and n.kind = signed_list.kind and (n.epoch > signed_list.epoch or"
                                + " (n.epoch = signed_list.epoch and n.number > signed_list.number)))")
                .params(community.value(), utc(before))
                .update();
        contents.prune(community);
        return headers;
    }

    List<ListHeader> headers(DeviceAddress device) {
        return jdbc
                .sql("select distinct kind from signed_list where community_id = ? and device_number = ? order by kind")
                .params(device.community().value(), device.device().value())
                .query(Integer.class)
                .list()
                .stream()
                .map(code -> Coded.require(ListKind.class, code))
                .sorted(ORDER)
                .flatMap(kind -> newestHeader(device, kind).stream())
                .toList();
    }

    /** The newest header of every kind and device of a community, in one question. */
    Map<DeviceAddress, List<ListHeader>> headers(CommunityId community) {
        Map<DeviceAddress, List<ListHeader>> headers = new HashMap<>();
        jdbc.sql("select header from (select d.number as device_number, k.kind as kind,"
                        + " (select s.header from signed_list s where s.community_id = d.community_id"
                        + " and s.device_number = d.number and s.kind = k.kind"
                        + " order by s.epoch desc, s.number desc limit 1) as header"
                        + " from device d cross join (values " + KINDS
                        + ") as k (kind) where d.community_id = ?) newest"
                        + " where header is not null order by device_number, kind")
                .param(community.value())
                .query(row -> {
                    ListHeader header = ListHeader.decode(row.getBytes(1));
                    headers.computeIfAbsent(
                                    new DeviceAddress(header.community(), header.device()), any -> new ArrayList<>())
                            .add(header);
                });
        return headers;
    }
}
