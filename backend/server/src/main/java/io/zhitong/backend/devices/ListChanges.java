package io.zhitong.backend.devices;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.backend.foundation.TimeOrderedIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What passes between those who change lists, the worker that compiles them, and the gateways that offer them (名单变更). */
@Component
class ListChanges {
    /** Topic of {@link Notices}: a community has changed. */
    static final String CHANGED = "changed";

    /** Topic of {@link Notices}: a device has a newer list. */
    static final String OFFERED = "list";

    private static final int MOST = 500;

    private final JdbcClient jdbc;
    private final TimeOrderedIds ids;
    private final Notices notices;

    ListChanges(JdbcClient jdbc, TimeOrderedIds ids, Notices notices) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.notices = notices;
    }

    /** Devices of a community that have a newer list of a kind. */
    record Offer(CommunityId community, ListKind kind, List<DeviceId> devices) {
        /** As many as a word of {@link Notices} has room for. */
        static final int MOST = 16;

        Offer {
            devices = List.copyOf(devices);
        }

        static Offer parse(String word) {
            String[] parts = word.split("-", -1);
            return new Offer(
                    new CommunityId(Integer.parseInt(parts[0])),
                    Coded.require(ListKind.class, Integer.parseInt(parts[1])),
                    Arrays.stream(parts[2].split(",", -1))
                            .map(number -> new DeviceId(Long.parseLong(number)))
                            .toList());
        }

        String word() {
            return community.value() + "-" + kind.code() + "-"
                    + devices.stream()
                            .map(device -> String.valueOf(device.value()))
                            .collect(Collectors.joining(","));
        }
    }

    /** Lists of the community must be compiled again; holds with the caller's commit if he has a transaction. */
    @Transactional
    public void mark(CommunityId community) {
        mark(community, ListScope.EVERYTHING);
    }

    /** As {@link #mark(CommunityId)}, as far as the change reaches: everything, one kind or one credential. */
    @Transactional
    public void mark(CommunityId community, ListScope scope) {
        jdbc.sql("insert into list_change (community_id, id, what) values (?, ?, ?)")
                .params(community.value(), ids.next(), scope.word())
                .update();
        notices.tell(CHANGED, "");
    }

    /** What waits in a community. */
    record Waiting(List<UUID> marks, ListScope scope) {
        Waiting {
            marks = List.copyOf(marks);
        }
    }

    private record Mark(UUID id, ListScope scope) {}

    /** Communities that wait, and by which marks. */
    Map<CommunityId, Waiting> waiting() {
        Map<CommunityId, List<Mark>> marks = new LinkedHashMap<>();
        jdbc.sql("select community_id, id, what from list_change order by id limit " + MOST)
                .query((row, n) -> marks.computeIfAbsent(new CommunityId(row.getInt(1)), each -> new ArrayList<>())
                        .add(new Mark(row.getObject(2, UUID.class), ListScope.parse(row.getString(3)))))
                .list();
        Map<CommunityId, Waiting> waiting = new LinkedHashMap<>();
        marks.forEach((community, own) -> waiting.put(
                community,
                new Waiting(
                        own.stream().map(Mark::id).toList(),
                        ListScope.all(own.stream().map(Mark::scope).toList()))));
        return waiting;
    }

    /** These marks are worked off; later ones stay. */
    void done(CommunityId community, List<UUID> marks) {
        jdbc.sql("delete from list_change where community_id = :community and id in (:ids)")
                .param("community", community.value())
                .param("ids", marks)
                .update();
    }

    /** Locks the device's lists until the transaction ends. */
    void lock(DeviceAddress device) {
        jdbc.sql("insert into list_turn (community_id, device_number) values (?, ?) on conflict do nothing")
                .params(device.community().value(), device.device().value())
                .update();
        jdbc.sql("select device_number from list_turn where community_id = ? and device_number = ? for update")
                .params(device.community().value(), device.device().value())
                .query(Long.class)
                .single();
    }

    /**
     * Begins a round of compiling, before anything is read for it.
     *
     * @return its number, above every earlier one
     */
    @Transactional
    public long round(CommunityId community) {
        jdbc.sql("insert into list_round (community_id, number) values (?, 0) on conflict do nothing")
                .param(community.value())
                .update();
        jdbc.sql("update list_round set number = number + 1 where community_id = ?")
                .param(community.value())
                .update();
        return present(community, "");
    }

    /** Whether no later round has begun; none can until the transaction ends. */
    boolean newest(CommunityId community, long round) {
        return present(community, " for update") == round;
    }

    private long present(CommunityId community, String how) {
        return jdbc.sql("select number from list_round where community_id = ?" + how)
                .param(community.value())
                .query(Long.class)
                .single();
    }

    /** The devices have newer lists, with the commit. */
    void offer(List<ListHeader> headers) {
        Map<Offer, List<DeviceId>> devices = new LinkedHashMap<>();
        for (ListHeader header : headers) {
            devices.computeIfAbsent(new Offer(header.community(), header.kind(), List.of()), all -> new ArrayList<>())
                    .add(header.device());
        }
        devices.forEach((all, named) -> {
            for (int from = 0; from < named.size(); from += Offer.MOST) {
                List<DeviceId> some = named.subList(from, Math.min(named.size(), from + Offer.MOST));
                notices.tell(OFFERED, new Offer(all.community(), all.kind(), some).word());
            }
        });
    }
}
