package io.zhitong.decision;

import java.util.List;

/**
 * Why a request was decided as it was (判定说明).
 *
 * @param decision the same that {@link Engine#decide} answers
 * @param steps every rule in order, with what it said
 * @param changes for a denial the smallest changes that, made together, would have granted; empty when no change of
 *     lists or time helps (a card that is not genuine hides whose it is)
 */
public record Explanation(Decision decision, List<Step> steps, List<Change> changes) {

    public Explanation {
        steps = List.copyOf(steps);
        changes = List.copyOf(changes);
    }

    /** What became of one rule (单步). */
    public enum Said {
        PASSED("通过", "passed"),
        GRANTED("直接放行", "granted at once"),
        REFUSED("拒绝", "refused"),
        NOT_ASKED("未判定", "not asked");

        private final String chinese;
        private final String english;

        Said(String chinese, String english) {
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

    /** One line of the trace, in words. */
    public record Step(RuleName rule, Said said, String chinese, String english) {}
}
