package io.zhitong.backend.persons;

/** What is said of a line of an import (导入结果说明); words are messages {@code persons.import.word.NAME}. */
public enum ImportWord {
    ID_MISSING(true),
    ID_TWICE(true),
    UNIT_UNKNOWN(true),
    NAME(true),
    INITIALS(true),
    ROLE(true),
    PHONE(true),
    IDENTITY(true),
    IDENTITY_TAKEN(true),
    MOVED_OUT(false),
    JOINED(false),
    NEW_NAME(false),
    NEW_HOME(false),
    NEW_PHONE(false),
    NEW_IDENTITY(false);

    private final boolean refusal;

    ImportWord(boolean refusal) {
        this.refusal = refusal;
    }

    /** Whether the line was left out for it. */
    public boolean refusal() {
        return refusal;
    }
}
