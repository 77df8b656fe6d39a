package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.devices.DeviceCommands;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.wall.DeviceWords;
import io.zhitong.backend.wall.EventWords;
import io.zhitong.backend.wall.WallGroup;
import io.zhitong.backend.wall.WallLine;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.keyapi.RevocationReason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@Controller
@Allowed({Role.PROPERTY, Role.ADMIN})
class WallPage {
    private static final int FIRST_EVENTS = 200;
    private static final int FIRST_LINES = 60;
    private static final int LONGEST_REASON = 40;

    private final Estate estate;
    private final EventReader reader;
    private final EventWords words;
    private final DeviceWords devices;
    private final WallStreams streams;
    private final DeviceCommands commands;

    WallPage(
            Estate estate,
            EventReader reader,
            EventWords words,
            DeviceWords devices,
            WallStreams streams,
            DeviceCommands commands) {
        this.estate = estate;
        this.reader = reader;
        this.words = words;
        this.devices = devices;
        this.streams = streams;
        this.commands = commands;
    }

    @Bean
    static MenuEntry wallMenu() {
        return new MenuEntry("/wall", "wall.title", "wall", 20, Set.of(Role.PROPERTY, Role.ADMIN));
    }

    @GetMapping("/wall")
    String wall(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String show,
            Model model,
            Locale locale) {
        Optional<WallGroup> group = WallGroup.named(show);
        // Asked before the events are read: nothing falls between page and stream, and nothing is read twice.
        long position = reader.newest(user.community());
        List<StoredEvent> newest = newest(user, group);
        List<WallLine> lines = WallLine.folded(words.lines(user.community(), newest, locale));
        model.addAttribute(
                "after",
                newest.isEmpty() ? position : Math.max(position, newest.get(0).position()));
        model.addAttribute("lines", lines.subList(0, Math.min(FIRST_LINES, lines.size())));
        model.addAttribute("groups", WallGroup.values());
        model.addAttribute("show", group.map(Enum::name).orElse(""));
        model.addAttribute("devices", devices.lines(user.community(), locale));
        model.addAttribute("doors", doors(user));
        model.addAttribute("lifts", LiftChoice.lifts(estate.points(user.community())));
        model.addAttribute("mayRevoke", user.roles().contains(Role.ADMIN));
        model.addAttribute("doorOrders", DoorOrder.values());
        model.addAttribute("siteOrders", SiteOrder.values());
        model.addAttribute("reasons", RevocationReason.values());
        return "wall/wall";
    }

    private List<StoredEvent> newest(ConsoleUser user, Optional<WallGroup> group) {
        return group.map(g -> reader.before(user.community(), Long.MAX_VALUE, g.kinds(), FIRST_EVENTS))
                .orElseGet(() -> reader.before(user.community(), Long.MAX_VALUE, FIRST_EVENTS));
    }

    private List<PointRow> doors(ConsoleUser user) {
        return estate.points(user.community()).stream()
                .filter(point -> point.method() != AccessMethod.NONE)
                .toList();
    }

    /** The events after {@code after}; a browser that comes back says by Last-Event-ID how far it got. */
    @GetMapping("/wall/stream")
    SseEmitter stream(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "") String show,
            @RequestHeader(name = "Last-Event-ID", required = false, defaultValue = "-1") long last,
            Locale locale) {
        return streams.open(user.community(), last >= 0 ? last : after, WallGroup.named(show), locale);
    }

    @PostMapping("/wall/open")
    String open(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam DeviceId device,
            @RequestParam PointId point,
            @RequestParam String why,
            @RequestParam(defaultValue = "OPEN") DoorOrder what,
            Model model,
            Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        String reason = why.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return outcome(model, false, english ? "Give a reason of 1 to 40 characters." : "请填写 1 到 40 个字的开门原因。");
        }
        DeviceAddress address = new DeviceAddress(user.community(), device);
        OrderAnswers.Outcome outcome = OrderAnswers.sent(
                        () -> commands.order(address, what.kind(), point, Octets.EMPTY, user.actor(), reason),
                        what.done(english),
                        english)
                .get();
        return outcome(model, outcome.done(), outcome.text());
    }

    private static String outcome(Model model, boolean done, String text) {
        model.addAttribute("done", done);
        model.addAttribute("text", text);
        return "wall/outcome";
    }
}
