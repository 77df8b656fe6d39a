package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.ThisBackend;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells all consoles how old the last heartbeats are (心跳时效): every two seconds one row for a gateway and a community, of device 4 ‖
 * age 4 (milliseconds) for each device held. Ages, because clocks of processes differ; since the row was written the database
 * counts.
 */
@Component
@RunsIn(BackendRole.GATEWAY)
class HeardAges implements BackgroundPart {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final long MOST_MILLIS = 0xFFFF_FFFFL;

    private final JdbcClient jdbc;
    private final ThisBackend self;
    private final HeldDevices held;
    private final Set<CommunityId> written = new HashSet<>();
    private final BackgroundThread thread = BackgroundThread.repeating("heard-ages", this::round);

    HeardAges(JdbcClient jdbc, ThisBackend self, HeldDevices held) {
        this.jdbc = jdbc;
        this.self = self;
        this.held = held;
    }

    private Duration round() {
        write();
        return EVERY;
    }

    /** Writes the ages as they are now; a community whose last device went is told so. */
    void write() {
        Map<CommunityId, ByteWriter> rows = new HashMap<>();
        written.forEach(community -> rows.put(community, new ByteWriter()));
        held.ages()
                .forEach((device, age) -> rows.computeIfAbsent(device.community(), any -> new ByteWriter())
                        .u32(device.device().value())
                        .u32(Math.min(MOST_MILLIS, age.toMillis())));
        rows.forEach((community, ages) -> write(community, ages.toByteArray()));
        written.clear();
        held.devices().forEach(device -> written.add(device.community()));
    }

    private void write(CommunityId community, byte[] ages) {
        int known = jdbc.sql("update gateway_heard set told_at = current_timestamp, ages = ?"
                        + " where community_id = ? and gateway = ?")
                .params(ages, community.value(), self.id())
                .update();
        if (known == 0) {
            jdbc.sql("delete from gateway_heard where told_at < current_timestamp - interval '1' day")
                    .update();
            jdbc.sql("insert into gateway_heard (community_id, gateway, told_at, ages)"
                            + " values (?, ?, current_timestamp, ?)")
                    .params(community.value(), self.id(), ages)
                    .update();
        }
    }

    /** How long ago each connected device spoke, as the living gateways told. */
    Map<DeviceAddress, Duration> of(CommunityId community) {
        Map<DeviceAddress, Duration> ages = new HashMap<>();
        jdbc.sql(
                        "select cast(1000 * extract(epoch from current_timestamp - told_at) as bigint), ages from gateway_heard"
                                + " where community_id = ? and gateway in (" + ThisBackend.LIVING + ")")
                .param(community.value())
                .query(row -> {
                    Duration since = Duration.ofMillis(Math.max(0, row.getLong(1)));
                    read(community, row.getBytes(2)).forEach((device, age) -> ages.put(device, age.plus(since)));
                });
        return ages;
    }

    private static Map<DeviceAddress, Duration> read(CommunityId community, byte[] row) {
        Map<DeviceAddress, Duration> ages = new HashMap<>();
        ByteReader in = new ByteReader(row);
        while (in.remaining() > 0) {
            ages.put(new DeviceAddress(community, new DeviceId(in.u32())), Duration.ofMillis(in.u32()));
        }
        return ages;
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
