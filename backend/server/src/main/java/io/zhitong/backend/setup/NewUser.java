package io.zhitong.backend.setup;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A user as typed (新用户).
 *
 * @param password typed
 * @param again typed once more
 */
public record NewUser(String login, String name, String password, String again) {
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._-]{1,59}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .·-]{0,59}");

    public NewUser {
        login = login.strip();
        name = name.strip();
    }

    /** The first thing that is wrong with it. */
    public Optional<SetupProblem> problem() {
        if (!LOGIN.matcher(login).matches()) {
            return Optional.of(SetupProblem.LOGIN);
        }
        if (!NAME.matcher(name).matches()) {
            return Optional.of(SetupProblem.NAME);
        }
        return NewPassword.problem(login, password, again);
    }

    @Override
    public String toString() {
        return "NewUser[" + login + "]";
    }
}
