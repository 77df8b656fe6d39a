package io.zhitong.link;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.Octets;

/**
 * A device's answer to a command (指令应答).
 *
 * @param idempotencyKey names the command, 16 bytes
 * @param refusal NONE unless refused
 * @param detail for people, at most 128 bytes of UTF-8
 */
public record CommandAnswer(Octets idempotencyKey, Stage stage, CommandRefusal refusal, String detail) {

    /** How far the command has come (指令阶段). */
    public enum Stage implements Coded {
        ACCEPTED(1, "已接收", "accepted"),
        EXECUTED(2, "已执行", "executed"),
        SENSED(3, "已确认", "its effect was sensed"),
        REFUSED(4, "已拒绝", "refused");

        private final int code;
        private final String chinese;
        private final String english;

        Stage(int code, String chinese, String english) {
            this.code = code;
            this.chinese = chinese;
            this.english = english;
        }

        @Override
        public int code() {
            return code;
        }

        @Override
        public String chinese() {
            return chinese;
        }

        @Override
        public String english() {
            return english;
        }
    }

    public CommandAnswer {
        if (idempotencyKey.length() != CommandOrder.KEY_LENGTH
                || (stage == Stage.REFUSED) == (refusal == CommandRefusal.NONE)) {
            throw new LinkException(LinkFault.MALFORMED, "an answer needs a key of 16 bytes and a reason when refused");
        }
    }

    public static CommandAnswer of(CommandOrder order, Stage stage) {
        return new CommandAnswer(order.idempotencyKey(), stage, CommandRefusal.NONE, "");
    }

    /** Executed, with what was found. */
    public static CommandAnswer executed(CommandOrder order, String detail) {
        return new CommandAnswer(order.idempotencyKey(), Stage.EXECUTED, CommandRefusal.NONE, detail);
    }

    public static CommandAnswer refused(CommandOrder order, CommandRefusal refusal) {
        return new CommandAnswer(order.idempotencyKey(), Stage.REFUSED, refusal, "");
    }

    /** Whether nothing more can come but {@link Stage#SENSED}. */
    public boolean ends() {
        return stage != Stage.ACCEPTED;
    }
}
