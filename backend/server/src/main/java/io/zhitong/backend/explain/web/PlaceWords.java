package io.zhitong.backend.explain.web;

import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.explain.PlaceStory;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts what was known of areas into sentences (区域所知文字). */
@Component
class PlaceWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

    private final Estate estate;
    private final MessageSource messages;

    PlaceWords(Estate estate, MessageSource messages) {
        this.estate = estate;
        this.messages = messages;
    }

    /** As the controller knew. */
    List<String> then(CommunityId community, PlaceStory story, Locale locale) {
        List<String> lines = new ArrayList<>();
        lines.add(
                story.known()
                        ? say(
                                locale,
                                "why.place.then",
                                name(story.then().area(), story.here(), locale),
                                time(
                                        community,
                                        Instant.ofEpochSecond(story.then().since())),
                                Long.toString(story.then().age()))
                        : say(locale, "why.place.then.unknown"));
        story.entered()
                .filter(area -> area.capacity() > 0)
                .ifPresent(area -> lines.add(say(
                        locale,
                        story.full() ? "why.place.full" : "why.place.count",
                        area.name(),
                        Long.toString(story.then().count()),
                        Long.toString(area.capacity()))));
        return lines;
    }

    /** As is known by now. */
    List<String> now(CommunityId community, PlaceStory story, Locale locale) {
        if (story.now().isEmpty()) {
            return List.of(say(locale, "why.place.now.unknown"));
        }
        List<String> lines = new ArrayList<>();
        int area = story.now().get().area();
        Optional<AreaRecord> same = story.here().filter(each -> each.area() == area);
        Optional<AreaRecord> named = same.or(() -> story.entered().filter(each -> each.area() == area));
        lines.add(say(
                locale,
                "why.place.now",
                name(area, named, locale),
                time(community, story.now().get().since())));
        story.late().ifPresent(by -> lines.add(say(locale, "why.place.late", Long.toString(by.toSeconds()))));
        lines.add(say(locale, story.right().orElse(false) ? "why.place.same" : "why.place.other"));
        return lines;
    }

    private String name(int area, Optional<AreaRecord> record, Locale locale) {
        return area == PointPlace.OUTSIDE
                ? say(locale, "why.place.outside")
                : record.map(AreaRecord::name).orElse("#" + area);
    }

    private String time(CommunityId community, Instant at) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        return TIME.format(at.atZone(zone));
    }

    private String say(Locale locale, String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
