package io.zhitong.cliapi;

/** How a program of ours ends (退出码); shells and supervisors rely on the numbers. */
public enum ExitStatus {
    OK(0),
    /** What was checked is not right: a vector failed, a signature does not verify. */
    CHECK_FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** The surroundings do not allow it: port taken, file unreadable, disk full. */
    ENVIRONMENT(3),
    /** A fault of ours. */
    INTERNAL(70);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The process's exit code. */
    public int code() {
        return code;
    }
}
