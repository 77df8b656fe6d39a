package io.zhitong.cos.file;

import io.zhitong.cardspec.StatusWord;

/** A command ends with a status word other than 9000 (命令被拒绝); whatever it wrote is rolled back. */
public final class CommandRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int sw;

    /** With a fixed status word. */
    public CommandRefused(StatusWord word) {
        this(word.value());
    }

    /** With a status word that has a number in it, 63Cx or 6Cxx. */
    public CommandRefused(int sw) {
        super(StatusWord.describe(sw), null, false, false);
        this.sw = sw;
    }

    /** The status word. */
    public int sw() {
        return sw;
    }

    /** Refuses unless the condition holds. */
    public static void unless(boolean condition, StatusWord otherwise) {
        if (!condition) {
            throw new CommandRefused(otherwise);
        }
    }
}
