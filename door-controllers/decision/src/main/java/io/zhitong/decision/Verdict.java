package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** What one rule says (单条规则结论). */
sealed interface Verdict {

    /** Nothing against it. */
    record Pass() implements Verdict {}

    /** Nothing against it, because of the compiled right with this id. */
    record PassBy(long right) implements Verdict {}

    /** Granted without asking further. */
    record Open() implements Verdict {}

    record Refuse(DenyReason reason) implements Verdict {}

    Verdict PASS = new Pass();
    Verdict OPEN = new Open();

    static Verdict passIf(boolean condition, DenyReason otherwise) {
        return condition ? PASS : new Refuse(otherwise);
    }
}
