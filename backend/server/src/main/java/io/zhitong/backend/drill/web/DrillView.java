package io.zhitong.backend.drill.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.drill.Drill;
import io.zhitong.backend.drill.DrillKind;
import io.zhitong.backend.drill.DrillResult;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What the pages of the drills show (演练页面内容). */
@Component
class DrillView {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final Estate estate;

    DrillView(Estate estate) {
        this.estate = estate;
    }

    /**
     * When a kind is due (演练计划).
     *
     * @param days left, negative when overdue; empty if none ever passed
     */
    record Plan(DrillKind kind, int everyDays, Optional<Long> days, boolean due) {}

    /** A drill of the list; {@code state} is OPEN, PASSED or FAILED. */
    record Row(String id, DrillKind kind, String by, String started, String ended, String state, String digest) {}

    /** A step in words; {@code took} in milliseconds, empty when it was not seen. */
    record LineView(String point, String step, DrillResult.Verdict verdict, String happened, String took) {}

    List<Plan> plans(Map<DrillKind, Optional<Long>> due) {
        return due.entrySet().stream()
                .map(each -> new Plan(
                        each.getKey(),
                        each.getKey().everyDays(),
                        each.getValue(),
                        each.getValue().map(days -> days <= 0).orElse(true)))
                .toList();
    }

    Row row(CommunityId community, Drill drill) {
        ZoneId zone = zone(community);
        return new Row(
                drill.id().toString(),
                drill.kind(),
                drill.startedBy(),
                at(drill.startedAt(), zone, DAY),
                drill.end().map(end -> at(end.at(), zone, DAY)).orElse(""),
                drill.end().map(end -> end.passed() ? "PASSED" : "FAILED").orElse("OPEN"),
                drill.end().map(Drill.End::digest).orElse(""));
    }

    List<LineView> lines(CommunityId community, DrillResult result) {
        ZoneId zone = zone(community);
        return result.lines().stream().map(line -> view(line, zone)).toList();
    }

    private static LineView view(DrillResult.Line line, ZoneId zone) {
        return new LineView(
                line.point().name(),
                words(line.step()),
                line.verdict(),
                line.seen().map(seen -> at(seen.happened(), zone, TIME)).orElse(""),
                line.seen().map(seen -> Long.toString(seen.took().toMillis())).orElse(""));
    }

    /** Times in UTC; a name cannot leave its field. */
    String csv(Drill drill, DrillResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("drill,kind,device,point,name,step,verdict,position,happened,received");
        for (DrillResult.Line line : result.lines()) {
            String seen = line.seen()
                    .map(each -> each.position() + "," + each.happened() + "," + each.received())
                    .orElse(",,");
            lines.add(String.join(
                    ",",
                    drill.id().toString(),
                    drill.kind().name(),
                    Long.toString(line.point().device().value()),
                    Integer.toString(line.point().point().value()),
                    quoted(line.point().name()),
                    line.step().name(),
                    line.verdict().name(),
                    seen));
        }
        lines.add("# SM3 " + result.digest());
        return String.join("\n", lines) + "\n";
    }

    /** A cell that begins like a formula is text to a spreadsheet only behind an apostrophe. */
    private static String quoted(String text) {
        String safe = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }

    private static String words(EventKind kind) {
        boolean chinese = LocaleContextHolder.getLocale().getLanguage().equals(Locale.CHINESE.getLanguage());
        return chinese ? kind.chinese() : kind.english();
    }

    private static String at(Instant instant, ZoneId zone, DateTimeFormatter format) {
        return format.format(instant.atZone(zone));
    }

    private ZoneId zone(CommunityId community) {
        return estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
    }
}
