package io.zhitong.backend.presence.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.presence.RollCall;
import io.zhitong.backend.web.LiveStreams;
import io.zhitong.backend.web.MenuEntry;
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

/** Roll call for fire wardens: who is in which area; follows what happens, and prints. */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN})
class PresencePage {
    private static final String PATH = "/presence";
    private static final Set<Role> ROLES = Set.of(Role.PROPERTY, Role.ADMIN);
    private static final int LONGEST_REASON = 40;
    private static final int LAST_AREA = 0xFFFF;

    private final RollCall call;
    private final PresenceView view;
    private final LiveStreams streams;

    PresencePage(RollCall call, PresenceView view, LiveStreams streams) {
        this.call = call;
        this.view = view;
        this.streams = streams;
    }

    @Bean
    static MenuEntry presenceMenu() {
        return new MenuEntry(PATH, "presence.menu", "people", 22, ROLES);
    }

    @GetMapping(PATH)
    String page(@AuthenticationPrincipal ConsoleUser user, Model model) {
        model.addAttribute("shown", view.of(user.community()));
        return "presence/rollcall";
    }

    /** The part of the page that changes. */
    @GetMapping(PATH + "/part")
    String part(@AuthenticationPrincipal ConsoleUser user, Model model) {
        page(user, model);
        return "presence/rollcall :: call";
    }

    @GetMapping(PATH + "/stream")
    SseEmitter stream(@AuthenticationPrincipal ConsoleUser user) {
        CommunityId community = user.community();
        return streams.watch(() -> call.changes(community));
    }

    /** Somebody was found elsewhere. */
    @PostMapping(PATH + "/correct")
    String correct(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam long subject,
            @RequestParam(defaultValue = "0") int area,
            @RequestParam String why,
            Model model,
            Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        String reason = why.strip();
        String wrong = wrong(area, reason, english);
        if (wrong.isEmpty()
                && call.correct(user.community(), subject, area, user.actor(), reason)
                        .isEmpty()) {
            wrong = english ? "No passage of this person is known." : "没有此人的通行记录。";
        }
        model.addAttribute("done", wrong.isEmpty());
        model.addAttribute("text", wrong.isEmpty() ? (english ? "Corrected." : "已更正。") : wrong);
        return "wall/outcome";
    }

    private static String wrong(int area, String reason, boolean english) {
        if (area < 0 || area > LAST_AREA) {
            return english ? "There is no such area." : "没有这个区域。";
        }
        boolean told = !reason.isEmpty() && reason.length() <= LONGEST_REASON;
        return told ? "" : english ? "Give a reason of 1 to 40 characters." : "请填写 1 到 40 个字的原因。";
    }
}
