package io.zhitong.decision;

import java.util.Arrays;
import java.util.List;

/** Ids of the rules that were passed (通过的规则), u32 each, in order. Unchangeable. */
public final class RuleIds {

    private final int[] ids;

    private RuleIds(int[] ids) {
        this.ids = ids;
    }

    static RuleIds of(int[] ids, int count) {
        return new RuleIds(Arrays.copyOf(ids, count));
    }

    public int[] toArray() {
        return ids.clone();
    }

    /** As unsigned numbers, for an access event. */
    public List<Long> toList() {
        return Arrays.stream(ids).mapToObj(Integer::toUnsignedLong).toList();
    }

    public boolean contains(RuleName rule) {
        return Arrays.stream(ids).anyMatch(id -> id == rule.code());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RuleIds that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return toList().toString();
    }
}
