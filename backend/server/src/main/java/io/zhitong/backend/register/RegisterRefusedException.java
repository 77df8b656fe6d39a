package io.zhitong.backend.register;

/** The register did not do it, and changed nothing (登记被拒绝). */
public final class RegisterRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RegisterRefusal reason;

    RegisterRefusedException(RegisterRefusal reason) {
        super("the register refuses: " + reason);
        this.reason = reason;
    }

    public RegisterRefusal reason() {
        return reason;
    }

    static void unless(boolean holds, RegisterRefusal reason) {
        if (!holds) {
            throw new RegisterRefusedException(reason);
        }
    }
}
