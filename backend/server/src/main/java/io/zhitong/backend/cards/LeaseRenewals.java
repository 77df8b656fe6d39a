package io.zhitong.backend.cards;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.devices.CommandFailedException;
import io.zhitong.backend.devices.DeviceCommands;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.LinkException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the leases of connected tills' PSAMs long enough (PSAM 自动续租): looks at each till when it has come and every six hours,
 * after a sale that came between again soon. A PSAM that the vault's register has as lost is renewed no more.
 */
@Component
@RunsIn(BackendRole.WORKER)
class LeaseRenewals implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewals.class);
    private static final String JOB = "psam-leases";
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Duration LATER = Duration.ofHours(6);
    private static final long PATIENCE_SECONDS = 15;

    private final Estate estate;
    private final DeviceCommands commands;
    private final KeyAdministration vault;
    private final WorkerTurns turns;
    private final Clock clock;
    private final Map<DeviceAddress, Instant> next = new ConcurrentHashMap<>();
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round);

    LeaseRenewals(Estate estate, DeviceCommands commands, KeyAdministration vault, WorkerTurns turns, Clock clock) {
        this.estate = estate;
        this.commands = commands;
        this.vault = vault;
        this.turns = turns;
        this.clock = clock;
    }

    /** One look at every till that is due; answers how long to wait for the next. */
    Duration round() {
        if (!turns.mine(JOB)) {
            return ROUND;
        }
        for (Community community : estate.communities()) {
            LocalDate today = LocalDate.ofInstant(clock.instant(), community.zone());
            estate.devices(community.id()).stream()
                    .filter(device -> device.kind() == DeviceKind.POS)
                    .map(DeviceRow::address)
                    .forEach(till -> lookIfDue(till, today));
        }
        return ROUND;
    }

    private void lookIfDue(DeviceAddress till, LocalDate today) {
        if (!commands.connected(till)) {
            next.remove(till);
        } else if (!clock.instant().isBefore(next.getOrDefault(till, Instant.EPOCH))) {
            LeaseKeeper.Outcome outcome = look(till, today);
            next.put(
                    till,
                    outcome == LeaseKeeper.Outcome.AGAIN
                            ? clock.instant()
                            : clock.instant().plus(LATER));
        }
    }

    private LeaseKeeper.Outcome look(DeviceAddress till, LocalDate today) {
        var keeper = new LeaseKeeper((kind, args) -> asked(till, kind, args), vault.register()::lease);
        try {
            LeaseKeeper.Outcome outcome = keeper.look(today);
            LOG.info("PSAM lease till={} outcome={}", till, outcome);
            return outcome;
        } catch (KeyServiceException e) {
            LOG.warn("PSAM lease till={} not renewed: {} {}", till, e.reason(), e.getMessage());
            return LeaseKeeper.Outcome.GOOD;
        } catch (CommandFailedException | LinkException | CompletionException e) {
            LOG.info("PSAM lease till={} did not answer: {}", till, e.getMessage());
            return LeaseKeeper.Outcome.AGAIN;
        }
    }

    private CommandAnswer asked(DeviceAddress till, CommandKind kind, Octets args) {
        return commands.ask(till, kind, args)
                .executed()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
