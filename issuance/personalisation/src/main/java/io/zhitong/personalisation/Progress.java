package io.zhitong.personalisation;

/** Who is told which step begins (制卡进度). */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = step -> {};

    /** Called on the caller's thread before the first byte of the step is sent. */
    void begins(CardStep step);
}
