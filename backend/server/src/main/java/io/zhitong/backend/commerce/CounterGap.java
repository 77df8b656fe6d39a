package io.zhitong.backend.commerce;

/**
 * Numbers that did not arrive, or a number that came twice (流水号间断).
 *
 * @param of whose counter it is
 * @param serial card or PSAM serial, 20 hex digits
 * @param before the last number before the gap
 * @param after the next number there is; not above {@code before} if a number came twice
 */
public record CounterGap(Counter of, String serial, long before, long after) {
    /** Whose counter. */
    public enum Counter {
        CARD("卡片计数器", "card"),
        TERMINAL("终端流水号", "terminal");

        private final String chinese;
        private final String english;

        Counter(String chinese, String english) {
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

    /** How many numbers are absent; 0 if one came twice. */
    public long missing() {
        return Math.max(0, after - before - 1);
    }
}
