package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.link.CommandDelivery;
import io.zhitong.link.LinkSession;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Commands to devices (设备指令): signed by the vault's command key, bound to the device's present connection, good for ten
 * seconds, noted and audited before they leave.
 */
@Component
public class DeviceCommands {
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final LinkServers link;
    private final KeyService vault;
    private final CommandRows rows;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final TimeOrderedIds ids;
    private final Clock clock;

    DeviceCommands(
            LinkServers link,
            KeyService vault,
            CommandRows rows,
            AuditLog audit,
            TransactionTemplate transactions,
            TimeOrderedIds ids,
            Clock clock) {
        this.link = link;
        this.vault = vault;
        this.rows = rows;
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
    public CommandDelivery open(DeviceAddress device, PointId point, Actor who, String why) {
        SignedCommand command = signed(order(session(device), CommandKind.OPEN, point, Octets.EMPTY, who, why));
        transactions.executeWithoutResult(status -> {
            rows.insert(command);
            audit.record(
                    device.community(),
                    who,
                    "point.open",
                    "device " + device.device().value() + " point " + point.value(),
                    "",
                    why);
        });
        return link.send(command);
    }

    /** Whether the device is connected now. */
    public boolean connected(DeviceAddress device) {
        return link.session(device).isPresent();
    }

    /**
     * Something the program asks of the device itself, at nobody's wish; noted, not audited.
     *
     * @param args as the kind has them
     * @throws CommandFailedException as {@link #open}
     */
    public CommandDelivery ask(DeviceAddress device, CommandKind kind, Octets args) {
        SignedCommand command = signed(order(session(device), kind, PointId.DEVICE, args, Actor.SYSTEM, ""));
        rows.insert(command);
        return link.send(command);
    }

    private LinkSession session(DeviceAddress device) {
        return link.session(device)
                .orElseThrow(() -> new CommandFailedException(CommandFailedException.Reason.NOT_CONNECTED));
    }

    private CommandOrder order(
            LinkSession session, CommandKind kind, PointId point, Octets args, Actor who, String why) {
        long now = clock.millis();
        return new CommandOrder(
                session.address().community(),
                session.address().device(),
                session.hello().journal(),
                session.hello().nonce(),
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
