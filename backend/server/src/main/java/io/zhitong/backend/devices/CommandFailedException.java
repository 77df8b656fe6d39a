package io.zhitong.backend.devices;

/** A command could not be sent; nothing was done at the device by it (指令未能下发). */
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
        NOT_SIGNED("密钥库不可用，指令无法签名", "the vault cannot sign the command");

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
