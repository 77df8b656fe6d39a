package io.zhitong.backend.pictures.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.pictures.EventPicture;
import io.zhitong.backend.pictures.PictureDesk;
import io.zhitong.backend.pictures.PictureState;
import io.zhitong.backend.wall.EventWords;
import io.zhitong.backend.wall.WallLine;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What the pages of the pictures show, in words (抓拍页面内容). */
@Component
class PictureView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final EventReader events;
    private final EventWords words;
    private final PictureDesk desk;
    private final Estate estate;

    PictureView(EventReader events, EventWords words, PictureDesk desk, Estate estate) {
        this.events = events;
        this.words = words;
        this.desk = desk;
        this.estate = estate;
    }

    /** One picture of a list, with the event it shows. */
    record Line(EventPicture picture, WallLine of, Shot shot) {}

    /** One picture of an event. */
    record Shot(long position, String taken, long kilobytes, boolean here, PictureState state, String word) {}

    /** Those whose event is still kept. */
    List<Line> lines(CommunityId community, List<EventPicture> pictures, Locale locale) {
        return pictures.stream()
                .flatMap(picture -> events.at(community, picture.event()).stream()
                        .map(event -> new Line(picture, line(event, locale), shot(picture, locale))))
                .toList();
    }

    WallLine line(StoredEvent event, Locale locale) {
        return words.lines(event.record().community(), List.of(event), locale).get(0);
    }

    List<Shot> pictures(List<EventPicture> pictures, Locale locale) {
        return pictures.stream().map(picture -> shot(picture, locale)).toList();
    }

    private Shot shot(EventPicture picture, Locale locale) {
        ZoneId zone = estate.community(picture.device().community())
                .map(Community::zone)
                .orElse(ZoneOffset.UTC);
        PictureState state = desk.state(picture);
        return new Shot(
                picture.position(),
                TIME.format(picture.taken().atZone(zone)),
                (picture.length() + 1_023L) / 1_024,
                state == PictureState.HERE,
                state,
                locale.getLanguage().equals("en") ? state.english() : state.chinese());
    }
}
