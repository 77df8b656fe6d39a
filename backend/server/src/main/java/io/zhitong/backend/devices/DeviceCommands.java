package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.accessmodel.UpdateOrder;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.link.CommandAnswer;
import io.zhitong.smcrypto.Hex;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Commands to devices (设备指令): signed by the vault's command key, bound to the device's present connection, good for ten
 * seconds, noted and audited before they leave. The connection may be another process's: a command goes through the database.
 */
@Component
public class DeviceCommands {
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final DeviceLeases leases;
    private final KeyService vault;
    private final CommandOutbox outbox;
    private final CommandRows rows;
    private final CommandReplies replies;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final TimeOrderedIds ids;
    private final Clock clock;

    DeviceCommands(
            DeviceLeases leases,
            KeyService vault,
            CommandOutbox outbox,
            CommandRows rows,
            CommandReplies replies,
            AuditLog audit,
            TransactionTemplate transactions,
            TimeOrderedIds ids,
            Clock clock) {
        this.leases = leases;
        this.vault = vault;
        this.outbox = outbox;
        this.rows = rows;
        this.replies = replies;
        this.audit = audit;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Opens a point once.
     *
     * @param why reason given by the operator, not blank
     * @throws CommandFailedException when the device is away or the vault cannot sign
     */
    public SentCommand open(DeviceAddress device, PointId point, Actor who, String why) {
        return order(device, CommandKind.OPEN, point, Octets.EMPTY, who, why);
    }

    /**
     * Something an operator orders.
     *
     * @param args as the kind has them
     * @throws CommandFailedException as {@link #open}
     */
    public SentCommand order(
            DeviceAddress device, CommandKind kind, PointId point, Octets args, Actor who, String why) {
        DeviceLease lease = lease(device);
        SignedCommand command = signed(order(lease, kind, point, args, who, why));
        return laidDown(
                command,
                lease,
                () -> audit.record(
                        device.community(),
                        who,
                        "point." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        "device " + device.device().value() + " point " + point.value(),
                        args.length() == 0 ? "" : Hex.of(args.toByteArray()),
                        why));
    }

    /** As {@link #order} for the device itself; answers the number by which {@link #answer} tells of it. */
    public UUID update(DeviceAddress device, UpdateOrder update, Actor who, String why) {
        DeviceLease lease = lease(device);
        SignedCommand command =
                signed(order(lease, CommandKind.UPDATE, PointId.DEVICE, Octets.of(update.encode()), who, why));
        laidDown(
                command,
                lease,
                () -> audit.record(
                        device.community(),
                        who,
                        "device.update",
                        "device " + device.device().value(),
                        "",
                        update.manifest().version().toString()));
        return CommandRows.id(command.order().idempotencyKey());
    }

    /** How the device answered so far. */
    public Optional<CommandAnswer> answer(CommunityId community, UUID command) {
        return rows.progress(community, command).flatMap(CommandRows.Progress::answer);
    }

    /** Whether the device is connected now, here or to another gateway. */
    public boolean connected(DeviceAddress device) {
        return leases.held(device).isPresent();
    }

    /**
     * Something the program asks of the device itself, at nobody's wish; noted, not audited.
     *
     * @param args as the kind has them
     * @throws CommandFailedException as {@link #open}
     */
    public SentCommand ask(DeviceAddress device, CommandKind kind, Octets args) {
        DeviceLease lease = lease(device);
        return laidDown(signed(order(lease, kind, PointId.DEVICE, args, Actor.SYSTEM, "")), lease, () -> {});
    }

    private SentCommand laidDown(SignedCommand command, DeviceLease lease, Runnable audited) {
        SentCommand sent = replies.expect(command);
        boolean done = false;
        try {
            transactions.executeWithoutResult(status -> {
                outbox.put(command, lease);
                audited.run();
            });
            done = true;
            return sent;
        } finally {
            if (!done) {
                replies.forget(command);
            }
        }
    }

    private DeviceLease lease(DeviceAddress device) {
        return leases.held(device)
                .orElseThrow(() -> new CommandFailedException(CommandFailedException.Reason.NOT_CONNECTED));
    }

    private CommandOrder order(DeviceLease lease, CommandKind kind, PointId point, Octets args, Actor who, String why) {
        long now = clock.millis();
        return new CommandOrder(
                lease.device().community(),
                lease.device().device(),
                lease.journal(),
                lease.nonce(),
                kind,
                point,
                now,
                now + GOOD_FOR.toMillis(),
                CommandRows.key(ids.next()),
                args,
                who.name(),
                why);
    }

    private SignedCommand signed(CommandOrder order) {
        try {
            return SignedCommand.sign(order, message -> vault.sign(SigningKey.COMMAND, message));
        } catch (KeyServiceException e) {
            throw new CommandFailedException(CommandFailedException.Reason.NOT_SIGNED, e);
        }
    }
}
