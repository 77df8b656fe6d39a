package io.zhitong.backend.events.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.events.GapQuery;
import io.zhitong.backend.events.JournalConflict;
import io.zhitong.backend.events.JournalGap;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.HomeFigure;
import io.zhitong.backend.web.HomeFigures;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.smcrypto.MalformedInput;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which records are missing or contradict each other, since when, and what to do; filters are in the address. */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN, Role.AUDITOR, Role.OVERSEER})
class GapPage {
    private static final String PATH = "/gaps";
    private static final Set<Role> ROLES = Set.of(Role.PROPERTY, Role.ADMIN, Role.AUDITOR, Role.OVERSEER);

    private final GapQuery query;
    private final GapView view;

    GapPage(GapQuery query, GapView view) {
        this.query = query;
        this.view = view;
    }

    @Bean
    static MenuEntry gapMenu() {
        return new MenuEntry(PATH, "events.menu", "gap", 25, ROLES);
    }

    @Bean
    static HomeFigures gapHomeFigures(GapQuery query) {
        return new HomeFigures(25, ROLES, user -> {
            GapQuery.Totals totals = query.totals(user.community());
            long open = totals.unexplained() + totals.conflicts();
            return List.of(new HomeFigure("events.figure.open", Long.toString(open), PATH, open > 0));
        });
    }

    @GetMapping(PATH)
    String gaps(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(name = "device") Optional<String> of,
            @RequestParam(defaultValue = "") String declared,
            @RequestParam Optional<String> behind,
            @RequestParam Optional<String> before,
            Locale locale,
            Model model) {
        CommunityId community = user.community();
        Optional<DeviceId> device = given(of).map(GapPage::device);
        GapQuery.Wanted wanted = new GapQuery.Wanted(device, declared(declared));
        List<JournalGap> gaps = query.gaps(community, wanted, given(behind).map(GapQuery.Place::parse), GapView.PAGE);
        List<JournalConflict> conflicts =
                query.conflicts(community, device, given(before).map(GapPage::id), GapView.PAGE);
        model.addAttribute("totals", query.totals(community));
        model.addAttribute("devices", view.devices(community));
        model.addAttribute("device", device.map(DeviceId::value).orElse(0L));
        model.addAttribute("declared", wanted.declared().map(each -> declared).orElse(""));
        model.addAttribute("gaps", view.gaps(community, gaps));
        model.addAttribute(
                "breaks",
                wanted.declared().isPresent()
                        ? List.of()
                        : view.breaks(community, query.breaks(community, device, GapView.PAGE)));
        model.addAttribute("conflicts", view.conflicts(community, conflicts, locale));
        model.addAttribute(
                "olderGaps",
                older(gaps).map(gap -> GapQuery.Place.of(gap).toString()).orElse(""));
        model.addAttribute(
                "olderConflicts",
                older(conflicts).map(each -> each.id().toString()).orElse(""));
        return "events/gaps";
    }

    /** The last one, if there may be more behind it. */
    private static <T> Optional<T> older(List<T> page) {
        return page.size() < GapView.PAGE ? Optional.empty() : Optional.of(page.get(page.size() - 1));
    }

    private static Optional<Boolean> declared(String text) {
        return switch (text) {
            case "yes" -> Optional.of(true);
            case "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<String> given(Optional<String> text) {
        return text.filter(each -> !each.isEmpty());
    }

    private static DeviceId device(String text) {
        if (!text.matches("[1-9][0-9]{0,9}") || Long.parseLong(text) > 0xFFFF_FFFFL) {
            throw new MalformedInput("expected the number of a device");
        }
        return new DeviceId(Long.parseLong(text));
    }

    private static UUID id(String text) {
        if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new MalformedInput("expected the number of a conflict");
        }
        return UUID.fromString(text);
    }
}
