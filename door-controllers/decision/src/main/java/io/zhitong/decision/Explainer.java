package io.zhitong.decision;

import io.zhitong.decision.Explanation.Said;
import io.zhitong.decision.Explanation.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a decision into words, with the engine's own rule objects (判定说明器). */
final class Explainer {

    /** Each rule refuses at most a few times; a chain longer than this would be a mistake, not an explanation. */
    private static final int MOST_CHANGES = 2 * RuleName.values().length;

    private final Situation situation;

    Explainer(Situation situation) {
        this.situation = situation;
    }

    Explanation explain() {
        return new Explanation(Engine.decide(situation), steps(), changes());
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        boolean decided = false;
        for (Rule rule : Engine.RULES) {
            Step step = decided ? notAsked(rule) : asked(rule);
            decided |= step.said() != Said.PASSED;
            steps.add(step);
        }
        return steps;
    }

    private Step asked(Rule rule) {
        Verdict verdict = Engine.judge(rule, situation);
        if (verdict instanceof Verdict.Refuse refuse) {
            return step(
                    rule,
                    Said.REFUSED,
                    "：" + refuse.reason().chinese(),
                    ": " + refuse.reason().english());
        }
        if (verdict instanceof Verdict.PassBy by) {
            return step(rule, Said.PASSED, "（规则 " + by.right() + "）", " (rule " + by.right() + ")");
        }
        return step(rule, verdict instanceof Verdict.Open ? Said.GRANTED : Said.PASSED, "", "");
    }

    private static Step notAsked(Rule rule) {
        return step(rule, Said.NOT_ASKED, "", "");
    }

    private static Step step(Rule rule, Said said, String moreChinese, String moreEnglish) {
        return new Step(
                rule.name(),
                said,
                rule.name().chinese() + "：" + said.chinese() + moreChinese,
                rule.name().english() + ": " + said.english() + moreEnglish);
    }

    /** Repairs one refusal after the other on paper until the engine would grant; then drops what turned out superfluous. */
    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        Situation paper = situation;
        for (int i = 0; i < MOST_CHANGES; i++) {
            Optional<Rule> refusing = refusing(paper);
            if (refusing.isEmpty()) {
                return needed(changes);
            }
            Change change = refusing.get().remedy(paper);
            changes.removeIf(earlier -> overtaken(earlier, change)); // it goes further than the earlier
            changes.add(change);
            if (change instanceof Change.PresentGenuine) {
                return changes;
            }
            paper = WhatIf.applied(change, paper);
        }
        return List.of();
    }

    private static boolean overtaken(Change earlier, Change later) {
        boolean named = later instanceof OnSite || later instanceof Change.Reactivate;
        return named ? earlier.equals(later) : earlier.getClass() == later.getClass();
    }

    private List<Change> needed(List<Change> changes) {
        List<Change> needed = new ArrayList<>(changes);
        for (Change change : changes) {
            List<Change> others = new ArrayList<>(needed);
            others.remove(change);
            if (grants(others)) {
                needed = others;
            }
        }
        return needed;
    }

    private boolean grants(List<Change> changes) {
        Situation paper = situation;
        for (Change change : changes) {
            paper = WhatIf.applied(change, paper);
        }
        return refusing(paper).isEmpty();
    }

    private static Optional<Rule> refusing(Situation paper) {
        for (Rule rule : Engine.RULES) {
            Verdict verdict = Engine.judge(rule, paper);
            if (verdict instanceof Verdict.Refuse) {
                return Optional.of(rule);
            }
            if (verdict instanceof Verdict.Open) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
