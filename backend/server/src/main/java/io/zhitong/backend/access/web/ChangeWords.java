package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.access.ItemKey;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One item of a policy in the words of the rules page (条目说明). */
final class ChangeWords {
    private final PolicyView.Shown shown;

    ChangeWords(PolicyView.Shown shown) {
        this.shown = shown;
    }

    /** Nothing for an item that is not there. */
    String of(ItemKey key) {
        return switch (key.kind()) {
            case GROUP -> line(shown.groups(), key);
            case RULE ->
                shown.rules().stream()
                        .filter(rule -> rule.id() == key.number())
                        .map(rule -> Stream.of(rule.name(), rule.who(), rule.where(), rule.when(), rule.floors())
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining(" · ")))
                        .findFirst()
                        .orElse("");
            case SCHEDULE ->
                shown.schedules().stream()
                        .filter(schedule -> schedule.id() == key.number())
                        .map(schedule ->
                                schedule.name() + "：" + schedule.windows().replace("\n", "，"))
                        .findFirst()
                        .orElse("");
            case HOLIDAY -> line(shown.holidays(), key);
            case AREA -> line(shown.areas(), key);
            case FLOORS -> line(shown.floors(), key);
            case POINT ->
                shown.points().stream()
                        .filter(point -> ItemKey.point(
                                        new DeviceId(point.device()),
                                        point.point().point())
                                .equals(key))
                        .map(point -> point.words())
                        .findFirst()
                        .orElse("");
            case WIRE -> line(shown.wires(), key);
        };
    }

    private static String line(List<PolicyView.Line> lines, ItemKey key) {
        String id = Long.toString(key.number());
        return lines.stream()
                .filter(line -> Objects.equals(line.id(), id))
                .map(line -> line.name() + "：" + line.words())
                .findFirst()
                .orElse("");
    }
}
