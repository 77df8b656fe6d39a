package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import java.util.Arrays;

/** What one rule says (单条规则结论). What is alike is one object. */
sealed interface Verdict {

    /** Nothing against it. */
    record Pass() implements Verdict {}

    /** Nothing against it, because of the compiled right with this id. */
    record PassBy(long right) implements Verdict {}

    /** Nothing against it, to these floors. */
    record PassTo(LiftFloors floors) implements Verdict {}

    /** Nothing against it, and the passage counts as that. */
    record PassAs(PassedAs as) implements Verdict {}

    /** Let pass, but to be recorded. */
    record PassRecorded() implements Verdict {}

    /** Granted without asking further. */
    record Open(PassedAs as) implements Verdict {}

    record Refuse(DenyReason reason) implements Verdict {}

    Verdict PASS = new Pass();
    Verdict RECORDED = new PassRecorded();
    Verdict OPEN = new Open(PassedAs.ORDINARY);

    static Verdict passIf(boolean condition, DenyReason otherwise) {
        return condition ? PASS : refuse(otherwise);
    }

    static Verdict refuse(DenyReason reason) {
        return Shared.REFUSALS[reason.ordinal()];
    }

    static Verdict as(PassedAs as) {
        return Shared.AS[as.ordinal()];
    }

    static Verdict open(PassedAs as) {
        return Shared.OPEN_AS[as.ordinal()];
    }

    /** Made once (共用结论). */
    final class Shared {
        private static final Refuse[] REFUSALS =
                Arrays.stream(DenyReason.values()).map(Refuse::new).toArray(Refuse[]::new);
        private static final PassAs[] AS =
                Arrays.stream(PassedAs.values()).map(PassAs::new).toArray(PassAs[]::new);
        private static final Open[] OPEN_AS =
                Arrays.stream(PassedAs.values()).map(Open::new).toArray(Open[]::new);

        private Shared() {}
    }
}
