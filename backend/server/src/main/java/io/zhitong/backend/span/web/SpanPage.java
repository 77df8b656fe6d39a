package io.zhitong.backend.span.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.foundation.CommunityScope;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.LookingAt;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.RoleGate;
import io.zhitong.backend.span.CommunityLine;
import io.zhitong.backend.span.DayFigures;
import io.zhitong.backend.span.SpanReport;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.backend.web.Yuan;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** All communities a user sees, one line each, and the way into the reports of one (总览). */
@Controller
class SpanPage {
    private static final String PATH = RoleGate.OVERVIEW;
    private static final int DAYS = 14;

    private final SpanReport report;
    private final LookingAt looking;
    private final AuditLog audit;

    SpanPage(SpanReport report, LookingAt looking, AuditLog audit) {
        this.report = report;
        this.looking = looking;
        this.audit = audit;
    }

    @Bean
    static MenuEntry spanMenu() {
        return new MenuEntry(PATH, "span.menu", "wall", 5, Set.of(Role.OVERSEER, Role.ADMIN));
    }

    /** A day as it is shown. */
    record Day(String day, long events, long purchases, String takings) {
        static Day of(DayFigures figures) {
            return new Day(
                    figures.day().toString(), figures.events(), figures.purchases(), Yuan.of(figures.takingsFen()));
        }
    }

    /** A community as it is shown. */
    record Line(CommunityLine of, Day today, Day yesterday) {}

    @GetMapping(PATH)
    @Allowed(
            value = {Role.OVERSEER, Role.ADMIN},
            spans = true)
    String page(@AuthenticationPrincipal ConsoleUser user, Model model) {
        List<Line> lines = report.lines(user).stream()
                .map(line -> new Line(line, Day.of(line.today()), Day.of(line.yesterday())))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute(
                "devices", lines.stream().mapToInt(line -> line.of().devices()).sum());
        model.addAttribute(
                "inStep", lines.stream().mapToLong(line -> line.of().inStep()).sum());
        model.addAttribute(
                "alarms", lines.stream().mapToLong(line -> line.of().alarms()).sum());
        model.addAttribute(
                "gaps", lines.stream().mapToLong(line -> line.of().gaps()).sum());
        model.addAttribute("looks", user.roles().contains(Role.OVERSEER));
        return "span/span";
    }

    /** From then on the session shows this community, which reads in its audit who looked. */
    @PostMapping(PATH + "/look")
    @Allowed(value = Role.OVERSEER, spans = true)
    String look(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int community,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (community < 1) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Community seen = report.find(user, new CommunityId(community))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        CommunityScope.within(community, () -> {
            String sight = user.outlook().sight().english();
            audit.record(seen.id(), user.actor(), "above.look", "community " + seen.number(), "", sight);
            return seen;
        });
        looking.turn(user, seen.id(), seen.name(), request, response);
        return "redirect:" + PATH + "/days";
    }

    /** Day by day, of the community that the session looks at. */
    @GetMapping(PATH + "/days")
    @Allowed({Role.OVERSEER, Role.ADMIN})
    String days(@AuthenticationPrincipal ConsoleUser user, Model model) {
        model.addAttribute(
                "name", report.find(user, user.community()).map(Community::name).orElse(""));
        model.addAttribute(
                "days",
                report.days(user, user.community(), DAYS).stream().map(Day::of).toList());
        return "span/days";
    }
}
