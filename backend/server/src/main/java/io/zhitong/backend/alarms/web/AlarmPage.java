package io.zhitong.backend.alarms.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.alarms.Alarm;
import io.zhitong.backend.alarms.Alarms;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.pictures.EventPictures;
import io.zhitong.backend.web.HomeFigure;
import io.zhitong.backend.web.HomeFigures;
import io.zhitong.backend.web.LiveStreams;
import io.zhitong.backend.web.MenuEntry;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Alarms, the open ones first; whoever saw to one says so. */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN, Role.OVERSEER})
class AlarmPage {
    private static final String PATH = "/alarms";
    private static final Set<Role> ROLES = Set.of(Role.PROPERTY, Role.ADMIN, Role.OVERSEER);
    private static final Set<Role> WHO_SEES_TO_THEM = Set.of(Role.PROPERTY, Role.ADMIN);
    private static final int PAGE = 50;
    private static final int STRIP = 3;
    private static final String ALL = "all";

    private final Alarms alarms;
    private final AlarmView view;
    private final LiveStreams streams;
    private final EventPictures pictures;

    AlarmPage(Alarms alarms, AlarmView view, LiveStreams streams, EventPictures pictures) {
        this.alarms = alarms;
        this.view = view;
        this.streams = streams;
        this.pictures = pictures;
    }

    @Bean
    static MenuEntry alarmMenu() {
        return new MenuEntry(PATH, "alarms.menu", "alarm", 21, ROLES);
    }

    @Bean
    static HomeFigures alarmHomeFigures(Alarms alarms) {
        return new HomeFigures(19, ROLES, user -> {
            long open = alarms.open(user.community());
            return List.of(new HomeFigure("alarms.figure", Long.toString(open), PATH, open > 0));
        });
    }

    @GetMapping(PATH)
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String show,
            @RequestParam(defaultValue = "0") long before,
            Model model,
            Locale locale) {
        boolean openOnly = !show.equals(ALL);
        CommunityId community = user.community();
        List<Alarm> found = before > 0
                ? alarms.before(community, openOnly, before, PAGE)
                : alarms.newest(community, openOnly, PAGE);
        model.addAttribute("open", alarms.open(community));
        model.addAttribute("show", openOnly ? "" : ALL);
        model.addAttribute("alarms", view.lines(community, found, pictured(user, found), locale));
        model.addAttribute(
                "older", found.size() < PAGE ? 0 : found.get(found.size() - 1).position());
        model.addAttribute("first", before <= 0);
        model.addAttribute("acts", user.roles().stream().anyMatch(WHO_SEES_TO_THEM::contains));
        return "alarms/alarms";
    }

    /** Only who may look at pictures is led to them. */
    private Set<Long> pictured(ConsoleUser user, List<Alarm> found) {
        return user.roles().contains(Role.PROPERTY)
                ? pictures.among(
                        user.community(), found.stream().map(Alarm::position).toList())
                : Set.of();
    }

    /** The part of the page that changes. */
    @GetMapping(PATH + "/part")
    String part(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String show,
            Model model,
            Locale locale) {
        page(user, show, 0, model, locale);
        return "alarms/alarms :: list";
    }

    /** The newest open ones, for the wall. */
    @GetMapping(PATH + "/strip")
    String strip(@AuthenticationPrincipal ConsoleUser user, Model model, Locale locale) {
        CommunityId community = user.community();
        model.addAttribute("open", alarms.open(community));
        model.addAttribute("alarms", view.lines(community, alarms.newest(community, true, STRIP), locale));
        return "alarms/strip :: strip";
    }

    @GetMapping(PATH + "/stream")
    SseEmitter stream(@AuthenticationPrincipal ConsoleUser user) {
        CommunityId community = user.community();
        return streams.watch(() -> alarms.state(community));
    }

    @PostMapping(PATH + "/acknowledge")
    @Allowed({Role.PROPERTY, Role.ADMIN})
    String acknowledge(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam long position,
            @RequestParam(defaultValue = "") String note,
            Model model,
            Locale locale) {
        boolean done = alarms.acknowledge(user.community(), position, user.actor(), note);
        boolean english = locale.getLanguage().equals("en");
        model.addAttribute("done", done);
        model.addAttribute(
                "text",
                done
                        ? english ? "Acknowledged." : "已确认。"
                        : english ? "Somebody else was faster, or there is no such alarm." : "已有人确认，或没有这条报警。");
        return "wall/outcome";
    }
}
