package io.zhitong.backend.setup;

import io.zhitong.backend.identity.PasswordRules;
import java.util.Optional;

/** A password typed twice (新密码). */
public final class NewPassword {
    private NewPassword() {}

    /** What is wrong with it for that log-in name, if anything. */
    public static Optional<SetupProblem> problem(String login, String password, String again) {
        if (!password.equals(again)) {
            return Optional.of(SetupProblem.PASSWORD_AGAIN);
        }
        return PasswordRules.fault(login, password).map(fault -> SetupProblem.valueOf("PASSWORD_" + fault.name()));
    }
}
