package io.zhitong.decision;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Ids of the rules that were passed (通过的规则), u32 each, in order. Kept as how many of the engine's rules passed and which
 * compiled right granted: a decision at a door makes no array. Unchangeable.
 */
public final class RuleIds {

    /** No compiled right took part. */
    static final long NO_RIGHT = -1;

    private final int passed;
    private final long right;

    private RuleIds(int passed, long right) {
        this.passed = passed;
        this.right = right;
    }

    /**
     * The first rules of the engine.
     *
     * @param right u32, named behind the rule that found it, or {@link #NO_RIGHT}
     */
    static RuleIds of(int passed, long right) {
        return new RuleIds(passed, right);
    }

    public int[] toArray() {
        int[] ids = new int[passed + (right == NO_RIGHT ? 0 : 1)];
        int at = 0;
        for (Rule rule : Engine.RULES.subList(0, passed)) {
            ids[at++] = rule.name().code();
            if (rule.name() == RuleName.RIGHT && right != NO_RIGHT) {
                ids[at++] = (int) right;
            }
        }
        return ids;
    }

    /** As unsigned numbers, for an access event. */
    public List<Long> toList() {
        return Arrays.stream(toArray()).mapToObj(Integer::toUnsignedLong).toList();
    }

    public boolean contains(RuleName rule) {
        return Arrays.stream(toArray()).anyMatch(id -> id == rule.code());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RuleIds that && passed == that.passed && right == that.right;
    }

    @Override
    public int hashCode() {
        return Objects.hash(passed, right);
    }

    @Override
    public String toString() {
        return toList().toString();
    }
}
