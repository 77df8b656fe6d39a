package io.zhitong.backend.devices;

import io.zhitong.accessmodel.ListHeader;
import io.zhitong.link.ListState;
import java.util.Optional;

/** How a list that a device says to hold stands to the one it should hold (同步状态). */
public enum SyncState {
    /** The device's own root is the signed one. */
    IN_STEP("一致", "in step"),
    /** An older version; the newer one is on its way. */
    BEHIND("待更新", "behind"),
    /** None of this kind. */
    MISSING("没有名单", "missing"),
    /** This version, but another content: never happens by itself. */
    WRONG_ROOT("内容不符", "wrong root"),
    /** A version nobody here has made, as after a backup was restored. */
    AHEAD("版本超前", "ahead"),
    /** The device has not spoken in its present connection. */
    UNKNOWN("未报告", "not told");

    private final String chinese;
    private final String english;

    SyncState(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /** Whether it does not mend itself. */
    public boolean alarming() {
        return this == WRONG_ROOT || this == AHEAD;
    }

    static SyncState of(Optional<ListHeader> wanted, Optional<ListState> held) {
        if (held.isEmpty()) {
            return MISSING;
        }
        if (wanted.isEmpty()) {
            return AHEAD;
        }
        if (held.get().root().equals(wanted.get().root())) {
            return IN_STEP;
        }
        int order = held.get().version().compareTo(wanted.get().version());
        return order < 0 ? BEHIND : order > 0 ? AHEAD : WRONG_ROOT;
    }
}
