package io.zhitong.zt.vectors;

/** Recomputes one case and compares every expected value in it (用例检查). */
@FunctionalInterface
interface CaseCheck {
    /** @throws BadVector when a field is missing or malformed, or an expectation does not hold */
    void check(Fields vector);
}
