package io.zhitong.backend.setup;

/** Why a set-up or a user was not taken (设置未完成的原因); words are messages {@code setup.problem.NAME}. */
public enum SetupProblem {
    CODE,
    WAIT,
    COMMUNITY,
    NUMBER,
    CITY,
    LOGIN,
    LOGIN_TAKEN,
    NAME,
    ROLES,
    /** The community keeps no users of that company or city. */
    SIGHT,
    PASSWORD_SHORT,
    PASSWORD_LONG,
    PASSWORD_PLAIN,
    PASSWORD_KNOWN,
    PASSWORD_AGAIN,
    PRESENT_WRONG,
    PRESENT_WAIT,
    PASSWORD_SAME,
    USER_UNKNOWN,
    USER_OWN
}
