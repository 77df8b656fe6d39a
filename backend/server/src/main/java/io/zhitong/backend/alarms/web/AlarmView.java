package io.zhitong.backend.alarms.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.alarms.Alarm;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the page of the alarms shows, in words (报警页面内容). */
@Component
class AlarmView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

    private final Estate estate;

    AlarmView(Estate estate) {
        this.estate = estate;
    }

    /** @param who empty while it is open */
    record Line(
            long position,
            boolean ahead,
            String kind,
            String what,
            String where,
            String when,
            String ended,
            String who,
            String at,
            String note,
            boolean pictured) {
        public boolean open() {
            return who.isEmpty();
        }
    }

    List<Line> lines(CommunityId community, List<Alarm> alarms, Locale locale) {
        return lines(community, alarms, Set.of(), locale);
    }

    /** @param pictured positions of those that have a picture for this reader */
    List<Line> lines(CommunityId community, List<Alarm> alarms, Set<Long> pictured, Locale locale) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        List<PointRow> points = estate.everyPoint(community);
        boolean english = locale.getLanguage().equals("en");
        return alarms.stream()
                .map(alarm -> new Line(
                        alarm.position(),
                        alarm.ahead(),
                        alarm.kind().name(),
                        english ? alarm.kind().english() : alarm.kind().chinese(),
                        where(community, alarm, points),
                        time(alarm.happened(), zone),
                        alarm.ended().map(at -> time(at, zone)).orElse(""),
                        alarm.seen().map(Alarm.Seen::who).orElse(""),
                        alarm.seen().map(seen -> time(seen.at(), zone)).orElse(""),
                        alarm.seen().map(Alarm.Seen::note).orElse(""),
                        pictured.contains(alarm.position())))
                .toList();
    }

    private String where(CommunityId community, Alarm alarm, List<PointRow> points) {
        return points.stream()
                .filter(point -> !alarm.point().equals(PointId.DEVICE)
                        && point.device().equals(alarm.device())
                        && point.id().equals(alarm.point()))
                .map(PointRow::name)
                .findFirst()
                .or(() -> estate.device(new DeviceAddress(community, alarm.device()))
                        .map(DeviceRow::name))
                .orElse("#" + alarm.device().value());
    }

    private static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }
}
