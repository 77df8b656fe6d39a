package io.zhitong.backend.explain;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.SignedList;
import java.util.Optional;

/**
 * A list that a device held at a moment (当时名单).
 *
 * @param list its content, when it is kept and its root is the one the device computed
 */
public record HeldList(ListKind kind, ListVersion version, Kept kept, Optional<SignedList> list) {
    /** Whether the content of that version can still be read. */
    public enum Kept {
        KEPT("已保存", "kept"),
        GONE("该版本已不再保存", "this version is no longer kept"),
        OTHER_ROOT("保存的内容与设备所持的不同", "what is kept is not what the device held");

        private final String chinese;
        private final String english;

        Kept(String chinese, String english) {
            this.chinese = chinese;
            this.english = english;
        }

        public String chinese() {
            return chinese;
        }

        public String english() {
            return english;
        }
    }
}
