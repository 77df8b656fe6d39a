package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which device is to have which version of the policy (分步下发). */
@Component
public class Rollouts {
    private final JdbcClient jdbc;
    private final PolicyBook book;
    private final Clock clock;

    Rollouts(JdbcClient jdbc, PolicyBook book, Clock clock) {
        this.jdbc = jdbc;
        this.book = book;
        this.clock = clock;
    }

    /**
     * A version that chosen devices have first.
     *
     * @param first the devices; whichever was retired meanwhile is none of them
     * @param advanceAfter in good health all others follow after so long by themselves; zero = only by hand
     */
    public record Rollout(long version, Instant began, Duration advanceAfter, Set<DeviceId> first) {
        public Rollout {
            first = Set.copyOf(first);
        }

        /** The version that a device is to have. */
        long version(DeviceId device) {
            return first.contains(device) ? version : version - 1;
        }
    }

    /** How a rollout ended (下发结果). */
    public enum Outcome {
        ADVANCED,
        TAKEN_BACK
    }

    /** The one that runs. */
    public Optional<Rollout> running(CommunityId community) {
        return jdbc.sql("select version, began_at, advance_minutes from policy_rollout where community_id = ?"
                        + " and ended_at is null")
                .param(community.value())
                .query((row, n) -> new Rollout(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        Duration.ofMinutes(row.getInt(3)),
                        first(community, row.getLong(1))))
                .optional();
    }

    private Set<DeviceId> first(CommunityId community, long version) {
        return Set.copyOf(jdbc.sql("select r.device_number from policy_rollout_device r join device d"
                        + " on d.community_id = r.community_id and d.number = r.device_number"
                        + " where r.community_id = ? and r.version = ? and d.retired_at is null")
                .params(community.value(), version)
                .query((row, n) -> new DeviceId(row.getLong(1)))
                .list());
    }

    /** The version that a device is to have now. */
    long version(CommunityId community, DeviceId device) {
        return running(community).map(rollout -> rollout.version(device)).orElseGet(() -> book.newest(community));
    }

    @Transactional
    void begin(CommunityId community, long version, Collection<DeviceId> first, Duration advanceAfter) {
        jdbc.sql("insert into policy_rollout (community_id, version, began_at, advance_minutes) values (?, ?, ?, ?)")
                .params(community.value(), version, OffsetDateTime.now(clock), advanceAfter.toMinutes())
                .update();
        for (DeviceId device : List.copyOf(Set.copyOf(first))) {
            jdbc.sql("insert into policy_rollout_device (community_id, version, device_number) values (?, ?, ?)")
                    .params(community.value(), version, device.value())
                    .update();
        }
    }

    /** False when it had ended before. */
    @Transactional
    boolean end(CommunityId community, long version, Outcome outcome) {
        return jdbc.sql("update policy_rollout set ended_at = ?, outcome = ? where community_id = ? and version = ?"
                                + " and ended_at is null")
                        .params(OffsetDateTime.now(clock), outcome.name(), community.value(), version)
                        .update()
                == 1;
    }
}
