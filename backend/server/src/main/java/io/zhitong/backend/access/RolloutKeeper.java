package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.WorkerTurns;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Goes on with a rollout when the devices that have it first are well, and takes it back when they are not (下发值守). */
@Component
@RunsIn(BackendRole.WORKER)
final class RolloutKeeper implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutKeeper.class);
    private static final String JOB = "policy-rollouts";
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Rollouts rollouts;
    private final RolloutHealth health;
    private final PolicyDeployment deployment;
    private final Estate estate;
    private final WorkerTurns turns;
    private final Clock clock;
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round);

    RolloutKeeper(
            Rollouts rollouts,
            RolloutHealth health,
            PolicyDeployment deployment,
            Estate estate,
            WorkerTurns turns,
            Clock clock) {
        this.rollouts = rollouts;
        this.health = health;
        this.deployment = deployment;
        this.estate = estate;
        this.turns = turns;
        this.clock = clock;
    }

    private Duration round() {
        if (turns.mine(JOB)) {
            estate.communities().stream()
                    .map(Community::id)
                    .forEach(community -> rollouts.running(community).ifPresent(each -> look(community, each)));
        }
        return LOOK;
    }

    /** One look; whoever ended the rollout meanwhile has decided. */
    void look(CommunityId community, Rollouts.Rollout rollout) {
        RolloutHealth.Health seen = health.of(community, rollout);
        try {
            if (seen.state() == RolloutHealth.State.SURGE) {
                LOG.warn(
                        "policy version {} of community {} is taken back: {}",
                        rollout.version(),
                        community.value(),
                        seen);
                deployment.takeBack(community, rollout.version(), Actor.SYSTEM, "自动撤回：拒绝增多 " + seen.denied());
            } else if (seen.state() == RolloutHealth.State.HEALTHY && due(rollout)) {
                deployment.advance(community, rollout.version(), Actor.SYSTEM);
            }
        } catch (DraftRefusedException e) {
            LOG.info("rollout of community {} had ended: {}", community.value(), e.reason());
        }
    }

    private boolean due(Rollouts.Rollout rollout) {
        return !rollout.advanceAfter().isZero()
                && !clock.instant().isBefore(rollout.began().plus(rollout.advanceAfter()));
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
