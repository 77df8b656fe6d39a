package io.zhitong.cos.file;

import io.zhitong.cardspec.StatusWord;

/** Whether an application may be used (应用锁定状态). */
public enum ApplicationState {
    OPEN(StatusWord.OK, StatusWord.OK, "可用", "open"),
    /** Until APPLICATION UNBLOCK. */
    BLOCKED(StatusWord.APPLICATION_BLOCKED, StatusWord.NOT_SUPPORTED, "临时锁定", "blocked"),
    /** Nothing opens it again. */
    BLOCKED_FOR_GOOD(StatusWord.LOCKED_FOR_GOOD, StatusWord.LOCKED_FOR_GOOD, "永久锁定", "blocked for good");

    private final StatusWord atSelect;
    private final StatusWord atOthers;
    private final String zh;
    private final String en;

    ApplicationState(StatusWord atSelect, StatusWord atOthers, String zh, String en) {
        this.atSelect = atSelect;
        this.atOthers = atOthers;
        this.zh = zh;
        this.en = en;
    }

    /** Chinese name. */
    public String zh() {
        return zh;
    }

    /** English name. */
    public String en() {
        return en;
    }

    /** What SELECT of such an application answers. */
    public StatusWord atSelect() {
        return atSelect;
    }

    /** What commands answer that do not work in that state. */
    public StatusWord atOthers() {
        return atOthers;
    }
}
