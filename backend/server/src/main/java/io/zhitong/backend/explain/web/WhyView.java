package io.zhitong.backend.explain.web;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.backend.explain.HeldList;
import io.zhitong.backend.explain.Standing;
import io.zhitong.backend.explain.Why;
import io.zhitong.backend.wall.EventWords;
import io.zhitong.backend.wall.WallLine;
import io.zhitong.decision.Change;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Explanation;
import io.zhitong.decision.RuleName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the page "why?" shows, in words (为什么页面内容). */
@Component
class WhyView {
    private final EventWords words;

    WhyView(EventWords words) {
        this.words = words;
    }

    /**
     * @param credential number, empty when none was proved
     * @param passed rules the device recorded as passed
     */
    record Shown(
            WallLine line,
            String credential,
            Standing standing,
            String verdict,
            List<ListLine> lists,
            List<String> passed,
            Optional<Told> then,
            Told now) {}

    record ListLine(String kind, String version, boolean kept, String word) {}

    /** A decision with its trace and what would have granted. */
    record Told(boolean granted, String outcome, List<StepLine> steps, List<String> changes) {}

    record StepLine(Explanation.Said said, String text) {}

    Shown of(Why why, Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        CommunityId community = why.event().record().community();
        return new Shown(
                words.lines(community, List.of(why.event()), locale).get(0),
                why.told().credential().map(Object::toString).orElse(""),
                why.standing(),
                english ? why.standing().english() : why.standing().chinese(),
                why.lists().stream().map(list -> list(list, english)).toList(),
                why.told().rules().stream().map(id -> rule(id, english)).toList(),
                why.then().map(then -> told(then, english)),
                told(why.now(), english));
    }

    private static ListLine list(HeldList list, boolean english) {
        return new ListLine(
                word(list.kind(), english),
                list.version().toString(),
                list.kept() == HeldList.Kept.KEPT,
                english ? list.kept().english() : list.kept().chinese());
    }

    private static String rule(long id, boolean english) {
        return RuleName.of(id).map(rule -> word(rule, english)).orElseGet(() -> "#" + id);
    }

    private static Told told(Explanation explanation, boolean english) {
        boolean granted = explanation.decision() instanceof Decision.Grant;
        String outcome = word(granted ? Outcome.GRANTED : Outcome.DENIED, english);
        String reason =
                explanation.decision() instanceof Decision.Deny deny ? " · " + word(deny.reason(), english) : "";
        return new Told(
                granted,
                outcome + reason,
                explanation.steps().stream()
                        .filter(step -> step.said() != Explanation.Said.NOT_ASKED)
                        .map(step -> new StepLine(step.said(), english ? step.english() : step.chinese()))
                        .toList(),
                explanation.changes().stream()
                        .map(change -> word(change, english))
                        .toList());
    }

    private static String word(Coded coded, boolean english) {
        return english ? coded.english() : coded.chinese();
    }

    private static String word(Change change, boolean english) {
        return english ? change.english() : change.chinese();
    }
}
