package io.zhitong.backend.events.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.events.JournalBreak;
import io.zhitong.backend.events.JournalConflict;
import io.zhitong.backend.events.JournalGap;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What the page of the gaps shows, in words (缺号页面内容). */
@Component
class GapView {
    static final int PAGE = 50;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Estate estate;

    GapView(Estate estate) {
        this.estate = estate;
    }

    /** A choice of the filter. */
    record DeviceChoice(long number, String name) {}

    record GapRow(
            String device,
            long number,
            String journal,
            String range,
            long count,
            boolean declared,
            boolean till,
            String since) {}

    record ConflictRow(
            String device, long number, String journal, long sequence, String reason, String words, String since) {}

    record BreakRow(
            String device, long number, String before, long reached, String heard, String after, String began) {}

    List<BreakRow> breaks(CommunityId community, List<JournalBreak> breaks) {
        ZoneId zone = zone(community);
        return breaks.stream()
                .map(each -> new BreakRow(
                        name(community, each.device()),
                        each.device().value(),
                        each.before().toString(),
                        each.reached(),
                        each.heard().map(at -> time(at, zone)).orElse(""),
                        each.after().toString(),
                        time(each.began(), zone)))
                .toList();
    }

    List<DeviceChoice> devices(CommunityId community) {
        return estate.everyDevice(community).stream()
                .map(device -> new DeviceChoice(device.id().value(), device.name()))
                .toList();
    }

    List<GapRow> gaps(CommunityId community, List<JournalGap> gaps) {
        ZoneId zone = zone(community);
        return gaps.stream()
                .map(gap -> new GapRow(
                        name(community, gap.device()),
                        gap.device().value(),
                        gap.journal().toString(),
                        gap.count() == 1 ? Long.toString(gap.first()) : gap.first() + "–" + gap.last(),
                        gap.count(),
                        gap.declared(),
                        till(community, gap.device()),
                        time(gap.noticed(), zone)))
                .toList();
    }

    List<ConflictRow> conflicts(CommunityId community, List<JournalConflict> conflicts, Locale locale) {
        ZoneId zone = zone(community);
        boolean chinese = locale.getLanguage().equals("zh");
        return conflicts.stream()
                .map(each -> new ConflictRow(
                        name(community, each.device()),
                        each.device().value(),
                        each.journal().toString(),
                        each.sequence(),
                        each.reason().name(),
                        chinese ? each.reason().chinese() : each.reason().english(),
                        time(each.noticed(), zone)))
                .toList();
    }

    /** A device that is no longer in the estate is called by its number. */
    private String name(CommunityId community, DeviceId device) {
        return estate.device(new DeviceAddress(community, device))
                .map(DeviceRow::name)
                .orElse("#" + device.value());
    }

    private boolean till(CommunityId community, DeviceId device) {
        return estate.device(new DeviceAddress(community, device))
                .filter(row -> row.kind() == DeviceKind.POS)
                .isPresent();
    }

    private ZoneId zone(CommunityId community) {
        return estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
    }

    private static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }
}
