package io.zhitong.backend.events;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.events.EventBatch.Chained;
import java.util.ArrayList;
import java.util.List;

/**
 * What a batch means to what is known of its journal (批次判定). Pure.
 *
 * @param below at or below the watermark: dropped if it is what is stored
 * @param fresh to be stored, ascending
 * @param findings what must be noted about the fresh ones, in their order
 * @param reached the watermark behind the batch
 */
record Judgement(List<Chained> below, List<Chained> fresh, List<Finding> findings, Watermark reached) {
    Judgement {
        below = List.copyOf(below);
        fresh = List.copyOf(fresh);
        findings = List.copyOf(findings);
    }

    /** Something about a fresh record that is more than "follows its predecessor" (发现). */
    sealed interface Finding {
        Chained at();

        /** 缺号: the numbers from first to last were left out before it. */
        record Hole(Chained at, long first, long last) implements Finding {}

        /** 链断裂: it follows by number, but names another predecessor. */
        record Broken(Chained at) implements Finding {}

        /** 丢失声明: it says itself which records are gone. */
        record Statement(Chained at) implements Finding {}
    }

    static Judgement of(Watermark known, List<Chained> records) {
        List<Chained> below = new ArrayList<>();
        List<Chained> fresh = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Watermark reached = known;
        for (Chained each : records) {
            if (each.sequence() <= reached.sequence()) {
                below.add(each);
            } else {
                note(reached, each, findings);
                fresh.add(each);
                reached = each.watermark();
            }
        }
        return new Judgement(below, fresh, findings, reached);
    }

    private static void note(Watermark before, Chained next, List<Finding> findings) {
        if (next.sequence() > before.sequence() + 1) {
            findings.add(new Finding.Hole(next, before.sequence() + 1, next.sequence() - 1));
        } else if (!next.record().previous().equals(before.hash())) {
            findings.add(new Finding.Broken(next));
        }
        if (next.record().kind() == EventKind.RECORDS_LOST) {
            findings.add(new Finding.Statement(next));
        }
    }

    /** Whether all of it simply follows: nothing to look up, nothing to note. */
    boolean plain() {
        return below.isEmpty() && findings.isEmpty();
    }
}
