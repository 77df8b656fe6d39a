package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.devices.DeviceState;
import io.zhitong.backend.devices.DeviceStates;
import io.zhitong.backend.events.EventReader;
import io.zhitong.link.ListState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Whether the devices that have a version first are well (下发健康): each holds what was signed for it, proved by its own roots, and
 * they do not deny much more often than in the time before, of equal length.
 */
@Component
public class RolloutHealth {
    /** Fewer denials say nothing. */
    private static final long FEW = 10;

    /** So many times the share of before is a surge. */
    private static final int SURGE = 2;

    /** In a hundred: as often people are denied anyway. */
    private static final int USUAL = 5;

    private final DeviceStates states;
    private final DeviceLists lists;
    private final EventReader events;
    private final Clock clock;

    RolloutHealth(DeviceStates states, DeviceLists lists, EventReader events, Clock clock) {
        this.states = states;
        this.lists = lists;
        this.events = events;
        this.clock = clock;
    }

    /** How it stands (健康状态). */
    public enum State {
        /** Not all of them have proved to hold the new lists, or none of them is in service any more. */
        WAITING,
        HEALTHY,
        /** They deny far more often than before. */
        SURGE
    }

    /**
     * What was seen.
     *
     * @param proved devices that hold what they should
     * @param deniedBefore denials in the time before, as long as the rollout runs
     */
    public record Health(int proved, int devices, long denied, long granted, long deniedBefore, long grantedBefore) {
        public State state() {
            if (denied >= FEW && share(denied, granted) > SURGE * Math.max(USUAL, share(deniedBefore, grantedBefore))) {
                return State.SURGE;
            }
            return devices > 0 && proved == devices ? State.HEALTHY : State.WAITING;
        }

        /** In a hundred. */
        private static long share(long denied, long granted) {
            return denied == 0 ? 0 : 100 * denied / (denied + granted);
        }
    }

    public Health of(CommunityId community, Rollouts.Rollout rollout) {
        Map<DeviceAddress, DeviceState> known = states.of(community);
        long proved = rollout.first().stream()
                .map(device -> new DeviceAddress(community, device))
                .filter(device -> proves(Optional.ofNullable(known.get(device)), lists.headers(device)))
                .count();
        Instant now = clock.instant();
        Instant began = rollout.began();
        Instant earlier = began.minus(Duration.between(began, now));
        Set<DeviceId> first = rollout.first();
        return new Health(
                (int) proved,
                first.size(),
                events.count(community, began, now, EventKind.ACCESS_DENIED, first),
                events.count(community, began, now, EventKind.ACCESS_GRANTED, first),
                events.count(community, earlier, began, EventKind.ACCESS_DENIED, first),
                events.count(community, earlier, began, EventKind.ACCESS_GRANTED, first));
    }

    private static boolean proves(Optional<DeviceState> state, List<ListHeader> signed) {
        List<ListState> held = state.filter(DeviceState::connected)
                .flatMap(DeviceState::status)
                .map(status -> status.lists())
                .orElse(List.of());
        return !signed.isEmpty()
                && signed.stream()
                        .allMatch(header -> held.stream()
                                .anyMatch(list -> list.kind() == header.kind()
                                        && list.root().equals(header.root())));
    }
}
