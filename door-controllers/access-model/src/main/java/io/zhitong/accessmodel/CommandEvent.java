package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * Body of COMMAND_EXECUTED and COMMAND_REFUSED (指令事件).
 *
 * <p>Bytes: version 01 ‖ command kind 1 ‖ refusal 1 (0 = executed) ‖ idempotency key 16 ‖ who length 2 ‖ who ‖ why length 2 ‖
 * why (UTF-8). Source: our profile, docs/events.md.
 */
public record CommandEvent(CommandKind command, CommandRefusal refusal, Octets idempotencyKey, String who, String why) {

    private static final int VERSION = 1;
    private static final int MAX_LENGTH = 256;

    public CommandEvent {
        idempotencyKey.expect(CommandOrder.KEY_LENGTH, "an idempotency key");
        CommandOrder.words(who, why);
    }

    public static CommandEvent of(CommandOrder order, CommandRefusal refusal) {
        return new CommandEvent(order.kind(), refusal, order.idempotencyKey(), order.who(), order.why());
    }

    public EventKind kind() {
        return refusal == CommandRefusal.NONE ? EventKind.COMMAND_EXECUTED : EventKind.COMMAND_REFUSED;
    }

    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .u8(command.code())
                .u8(refusal.code())
                .bytes(idempotencyKey.toByteArray())
                .text(who)
                .text(why)
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one command event */
    public static CommandEvent decode(byte[] bytes) {
        return Decoding.exactly(bytes, MAX_LENGTH, "command event", CommandEvent::read);
    }

    private static CommandEvent read(ByteReader in) {
        ModelException.require(in.u8() == VERSION, ModelException.Reason.UNKNOWN_CODE, "command event version 1");
        return new CommandEvent(
                Coded.require(CommandKind.class, in.u8()),
                Coded.require(CommandRefusal.class, in.u8()),
                Octets.of(in.bytes(CommandOrder.KEY_LENGTH)),
                in.text(),
                in.text());
    }
}
