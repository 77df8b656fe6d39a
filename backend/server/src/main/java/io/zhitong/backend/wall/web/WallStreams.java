package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.EventSignal;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.wall.DeviceLine;
import io.zhitong.backend.wall.DeviceWords;
import io.zhitong.backend.wall.EventWords;
import io.zhitong.backend.wall.WallGroup;
import io.zhitong.backend.wall.WallLine;
import io.zhitong.backend.web.LiveStreams;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The streams of open walls (事件流): each reads the event store by position, so that a returning browser continues where it was. */
@Component
class WallStreams {
    private static final int BATCH = 100;

    private final EventReader reader;
    private final EventSignal signal;
    private final EventWords words;
    private final DeviceWords devices;
    private final LiveStreams streams;

    WallStreams(EventReader reader, EventSignal signal, EventWords words, DeviceWords devices, LiveStreams streams) {
        this.reader = reader;
        this.signal = signal;
        this.words = words;
        this.devices = devices;
        this.streams = streams;
    }

    SseEmitter open(CommunityId community, long after, Optional<WallGroup> group, Locale locale) {
        return streams.open(new Feed(community, group, locale, after));
    }

    private final class Feed implements LiveStreams.Feed {
        private final CommunityId community;
        private final Optional<WallGroup> group;
        private final Locale locale;
        private long position;
        private long seen;
        private List<DeviceLine> shown = List.of();

        Feed(CommunityId community, Optional<WallGroup> group, Locale locale, long position) {
            this.community = community;
            this.group = group;
            this.locale = locale;
            this.position = position;
        }

        @Override
        public void look(SseEmitter to) throws IOException {
            seen = signal.count();
            sendEvents(to);
            sendDevices(to);
        }

        @Override
        public void await() throws InterruptedException {
            signal.await(seen, EventSignal.LOOK_AGAIN);
        }

        private void sendEvents(SseEmitter to) throws IOException {
            List<StoredEvent> events = reader.after(community, position, BATCH);
            for (WallLine line : words.lines(community, events, locale)) {
                position = line.position();
                if (group.map(line.group()::equals).orElse(true)) {
                    to.send(SseEmitter.event()
                            .id(Long.toString(position))
                            .name("line")
                            .data(line, MediaType.APPLICATION_JSON));
                }
            }
        }

        private void sendDevices(SseEmitter to) throws IOException {
            List<DeviceLine> now = devices.lines(community, locale);
            if (!now.equals(shown)) {
                to.send(SseEmitter.event().name("devices").data(now, MediaType.APPLICATION_JSON));
                shown = now;
            }
        }
    }
}
