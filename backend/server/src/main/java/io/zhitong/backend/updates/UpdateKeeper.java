package io.zhitong.backend.updates;

import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.UpdateManifest;
import io.zhitong.accessmodel.UpdateOrder;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.devices.CommandFailedException;
import io.zhitong.backend.devices.DeviceCommands;
import io.zhitong.backend.devices.DeviceState;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.link.CommandAnswer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Orders an update from the devices that are to have it, goes on when the first ones are well, and stops at the first one that refuses it
 * or fell back (升级值守).
 */
@Component
@RunsIn(BackendRole.WORKER)
final class UpdateKeeper implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(UpdateKeeper.class);
    private static final String JOB = "device-updates";
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** A device that neither has it nor refused it is told again. */
    private static final Duration AGAIN = Duration.ofMinutes(10);
    /** So many fetch it at the same time: doors and events come first on the backend's line. */
    private static final int MOST_AT_ONCE = 20;
    /** The connection was another by then, or the device busy: it is told again. */
    private static final Set<CommandRefusal> PASSING = EnumSet.of(
            CommandRefusal.WRONG_NONCE,
            CommandRefusal.OTHER_JOURNAL,
            CommandRefusal.EXPIRED,
            CommandRefusal.TIME_UNKNOWN,
            CommandRefusal.DUPLICATE,
            CommandRefusal.BUSY);

    private final UpdateRows rows;
    private final DeviceUpdates updates;
    private final DeviceCommands commands;
    private final Estate estate;
    private final WorkerTurns turns;
    private final Clock clock;
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round);

    UpdateKeeper(
            UpdateRows rows,
            DeviceUpdates updates,
            DeviceCommands commands,
            Estate estate,
            WorkerTurns turns,
            Clock clock) {
        this.rows = rows;
        this.updates = updates;
        this.commands = commands;
        this.estate = estate;
        this.turns = turns;
        this.clock = clock;
    }

    private Duration round() {
        if (turns.mine(JOB)) {
            estate.communities().stream().map(Community::id).forEach(this::look);
        }
        return LOOK;
    }

    /** One look at what is under way; whoever ended it meanwhile has decided. */
    void look(CommunityId community) {
        for (Update update : rows.all(community)) {
            if (update.stage().running()) {
                try {
                    look(update);
                } catch (UpdateProblemException e) {
                    LOG.info("update {} had ended: {}", update.version(), e.reason());
                }
            }
        }
    }

    private void look(Update update) {
        List<UpdateRows.Target> targets = rows.targets(update);
        for (UpdateRows.Target target : targets) {
            Optional<String> bad = bad(update, target);
            if (bad.isPresent()) {
                LOG.warn("update {} is stopped: {}", update.version(), bad.get());
                updates.stop(update.community(), update.bundle(), Actor.SYSTEM, bad.get());
                return;
            }
        }
        List<UpdateRows.Target> missing =
                targets.stream().filter(target -> !has(update, target)).toList();
        long told = missing.stream().filter(this::told).count();
        missing.stream()
                .filter(target -> !told(target)
                        && state(update, target).filter(DeviceState::connected).isPresent())
                .limit(Math.max(0, MOST_AT_ONCE - told))
                .forEach(target -> order(update, target));
        if (missing.isEmpty() && update.stage() == UpdateStage.REST) {
            updates.done(update.community(), update.bundle());
        } else if (missing.isEmpty() && due(update)) {
            updates.advance(update.community(), update.bundle(), Actor.SYSTEM);
        }
    }

    /** Connected, with this version: then its doors are up and the backend has answered it. */
    private boolean has(Update update, UpdateRows.Target target) {
        return state(update, target)
                .filter(DeviceState::connected)
                .flatMap(state -> RunningSoftware.of(state.software()))
                .filter(software -> software.version().equals(update.version()))
                .isPresent();
    }

    private Optional<DeviceState> state(Update update, UpdateRows.Target target) {
        return updates.state(update.community(), target.device());
    }

    /** The device refused the order, or says that this version did not stay. */
    private Optional<String> bad(Update update, UpdateRows.Target target) {
        Optional<String> refused = target.command()
                .flatMap(command -> commands.answer(update.community(), command))
                .filter(answer -> answer.stage() == CommandAnswer.Stage.REFUSED && !PASSING.contains(answer.refusal()))
                .map(answer -> answer.refusal().chinese() + " " + answer.detail());
        return refused.or(() -> state(update, target)
                        .filter(state -> heardSince(state, target))
                        .flatMap(DeviceState::status)
                        .flatMap(status -> status.faults().stream()
                                .filter(fault -> fault.startsWith("update: " + update.version() + " "))
                                .findFirst()))
                .map(why -> "设备 " + target.device().value() + "：" + why);
    }

    /** A fault told before the order is an earlier try's. */
    private static boolean heardSince(DeviceState state, UpdateRows.Target target) {
        return target.ordered()
                .filter(at -> state.heard().isAfter(at.toInstant()))
                .isPresent();
    }

    private boolean told(UpdateRows.Target target) {
        return target.ordered()
                .filter(at -> clock.instant().isBefore(at.toInstant().plus(AGAIN)))
                .isPresent();
    }

    private void order(Update update, UpdateRows.Target target) {
        UpdateManifest manifest =
                UpdateManifest.decode(update.manifest().orElseThrow().toByteArray());
        try {
            rows.ordered(
                    update,
                    target.device(),
                    commands.update(
                            new DeviceAddress(update.community(), target.device()),
                            new UpdateOrder(manifest, update.older()),
                            Actor.SYSTEM,
                            "升级 " + update.version()));
        } catch (CommandFailedException e) {
            LOG.info("device {} is told of update {} later: {}", target.device(), update.version(), e.reason());
        }
    }

    private boolean due(Update update) {
        return update.stage() == UpdateStage.FIRST
                && !update.advance().isZero()
                && !clock.instant().isBefore(update.since().plus(update.advance()));
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
