package io.zhitong.backend.devices;

/** A command was not sent, or its answer was lost; the reason says which (指令未能下发). */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    CommandFailedException(Reason reason, Throwable cause) {
        super(reason.english, cause);
        this.reason = reason;
    }

    CommandFailedException(Reason reason) {
        super(reason.english);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why not. */
    public enum Reason {
        NOT_CONNECTED("设备未连接，指令未发出", "the device is not connected, nothing was sent"),
        NOT_SIGNED("密钥库不可用，指令无法签名", "the vault cannot sign the command"),
        MOVED("设备刚换了连接，指令作废，请重试", "the device has just come with another connection, nothing was sent: try again"),
        NOT_TAKEN("设备所在网关没有取走指令，已作废", "the gateway of the device did not take it in time, nothing was sent"),
        BUSY("设备还有未应答的指令，请稍候", "the device has not answered earlier commands, nothing was sent"),
        UNANSWERED("指令已发出，连接中断，结果以事件为准", "sent, but the connection ended before an answer: its event will tell");

        private final String chinese;
        private final String english;

        Reason(String chinese, String english) {
            this.chinese = chinese;
            this.english = english;
        }

        public String chinese() {
            return chinese;
        }

        public String english() {
            return english;
        }
    }
}
