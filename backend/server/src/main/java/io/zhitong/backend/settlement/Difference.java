package io.zhitong.backend.settlement;

/**
 * Why two of the three sides do not agree (差异).
 *
 * @param amountFen may be negative for {@link Kind#UNEXPLAINED}
 */
public record Difference(Kind kind, long count, long amountFen) {
    /** What a difference comes from. */
    public enum Kind {
        IN_SUSPENSE("终端有、账本未付：待查", "sold, not paid: in suspense"),
        MOVED_LATER("入账后转入待查", "paid, then moved to suspense"),
        NOT_PACKAGED("已入账、未进文件：请再做日终", "paid, not in the file yet: close the day again"),
        NO_PACKAGE("本日尚无清算文件", "no file has been made for the day"),
        UNEXPLAINED("无法解释，请查明", "not explained: investigate");

        private final String chinese;
        private final String english;

        Kind(String chinese, String english) {
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
