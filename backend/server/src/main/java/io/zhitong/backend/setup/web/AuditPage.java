package io.zhitong.backend.setup.web;

import io.zhitong.backend.audit.AuditEntry;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.MenuEntry;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who did what, with before and after, newest first; and whether the chain of it is whole. */
@Controller
@Allowed({Role.ADMIN, Role.AUDITOR})
class AuditPage {
    static final int PAGE = 50;
    private static final String PATH = "/audit";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final AuditLog log;
    private final Estate estate;
    private final MessageSource words;

    AuditPage(AuditLog log, Estate estate, MessageSource words) {
        this.log = log;
        this.estate = estate;
        this.words = words;
    }

    @Bean
    static MenuEntry auditMenu() {
        return new MenuEntry(PATH, "audit.menu", "audit", 71, Set.of(Role.ADMIN, Role.AUDITOR));
    }

    /** A line as it is shown. */
    record Line(
            long number,
            String at,
            String who,
            String what,
            String action,
            String subject,
            String before,
            String after) {}

    /**
     * @param before number of an entry: those below it; 0 = the newest
     * @param who log-in name, blank = everybody
     */
    @GetMapping(PATH)
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "0") long before,
            @RequestParam(defaultValue = "") String who,
            Locale locale,
            Model model) {
        ZoneId zone = estate.community(user.community()).map(Community::zone).orElse(ZoneOffset.UTC);
        List<AuditEntry> entries = log.newest(
                user.community(), before > 0 ? OptionalLong.of(before) : OptionalLong.empty(), who.strip(), PAGE);
        model.addAttribute(
                "lines",
                entries.stream().map(entry -> line(entry, zone, locale)).toList());
        model.addAttribute("who", who.strip());
        model.addAttribute(
                "older", entries.size() < PAGE ? 0 : entries.get(PAGE - 1).number());
        return "setup/audit";
    }

    /** Reads the whole chain. */
    @PostMapping(PATH + "/verify")
    String verify(@AuthenticationPrincipal ConsoleUser user, Locale locale, Model model) {
        model.addAttribute("checked", log.check(user.community()));
        return page(user, 0, "", locale, model);
    }

    private Line line(AuditEntry entry, ZoneId zone, Locale locale) {
        String action = entry.action();
        return new Line(
                entry.number(),
                TIME.format(entry.at().atZone(zone)),
                entry.actor().name(),
                Objects.requireNonNullElse(
                        words.getMessage("audit.action." + action, new Object[0], action, locale), action),
                action,
                entry.subject(),
                entry.before(),
                entry.after());
    }
}
