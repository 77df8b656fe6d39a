package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.backend.access.DraftRefusedException;
import io.zhitong.backend.access.ItemKey;
import io.zhitong.backend.access.ListItem;
import io.zhitong.backend.access.PolicyBook;
import io.zhitong.backend.access.PolicyContent;
import io.zhitong.backend.access.PolicyDraft;
import io.zhitong.backend.access.PolicyDrafts;
import io.zhitong.backend.access.WiringCheck;
import io.zhitong.backend.access.WiringFault;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.MenuEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is wired to the terminals of a controller, drawn and changed in a draft; it is published as every draft is. */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN})
class WiringPage {
    private static final String PATH = "/wiring";
    private static final long MOST_DEVICE = 0xFFFF_FFFFL;

    private final PolicyDrafts drafts;
    private final PolicyBook book;
    private final Estate estate;

    WiringPage(PolicyDrafts drafts, PolicyBook book, Estate estate) {
        this.drafts = drafts;
        this.book = book;
        this.estate = estate;
    }

    @Bean
    static MenuEntry wiringMenu() {
        return new MenuEntry(PATH, "access.wiring.menu", "device", 27, Set.of(Role.PROPERTY, Role.ADMIN));
    }

    /** @param problem why the last step failed, by name */
    @GetMapping(PATH)
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "0") long device,
            @RequestParam(required = false) Optional<UUID> draft,
            @RequestParam(defaultValue = "") String problem,
            Locale locale,
            Model model) {
        CommunityId community = user.community();
        boolean chinese = RulesPage.chinese(locale);
        List<DeviceRow> controllers = estate.devices(community).stream()
                .filter(each -> each.kind() == DeviceKind.CONTROLLER)
                .toList();
        Optional<DeviceRow> shown = controllers.stream()
                .filter(each -> each.id().value() == device)
                .findFirst()
                .or(() -> controllers.stream().findFirst());
        Optional<PolicyDraft> open = draft.flatMap(id -> drafts.find(community, id));
        PolicyContent content = open.map(each -> content(community, each)).orElseGet(() -> book.current(community));
        List<PointRow> points = shown.map(each -> estate.points(each.address())).orElse(List.of());
        model.addAttribute("controllers", controllers);
        model.addAttribute("device", shown.orElse(null));
        model.addAttribute("points", points);
        model.addAttribute(
                "view",
                shown.map(each -> WiringView.of(new WiringCheck(content, points, each.id()).wires(), points, chinese))
                        .orElse(null));
        model.addAttribute(
                "drafts", drafts.open(community).stream().map(PolicyView::draft).toList());
        model.addAttribute("draft", open.map(PolicyView::draft).orElse(null));
        model.addAttribute("functions", WireFunction.values());
        model.addAttribute("chinese", chinese);
        model.addAttribute("problem", problem(problem, chinese));
        return "access/wiring";
    }

    private PolicyContent content(CommunityId community, PolicyDraft draft) {
        return draft.over(book.content(community, draft.base()));
    }

    @PostMapping(PATH + "/begin")
    String begin(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "0") long device,
            @RequestParam(defaultValue = "") String title) {
        try {
            return back(
                    device, drafts.begin(user.community(), title, user.actor()).toString(), "");
        } catch (DraftRefusedException | IllegalArgumentException e) {
            return back(device, "", DraftForms.INPUT);
        }
    }

    /** @param point 0 = the controller itself */
    @PostMapping(PATH + "/put")
    String put(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID draft,
            @RequestParam long device,
            @RequestParam int io,
            @RequestParam int function,
            @RequestParam(defaultValue = "0") int point,
            @RequestParam(defaultValue = "0") int number,
            @RequestParam(defaultValue = "false") boolean supervised,
            @RequestParam(defaultValue = "false") boolean inverted,
            @RequestParam(defaultValue = "-1") int direction) {
        return attempt(user, draft, device, check -> {
            WireFunction wanted = Coded.require(WireFunction.class, function);
            WireDirection side =
                    direction < 0 ? WiringCheck.side(wanted) : Coded.require(WireDirection.class, direction);
            WiringRecord wire = new WiringRecord(io, side, new PointId(point), wanted, supervised, inverted, number);
            Optional<WiringFault> fault = check.put(wire);
            if (fault.isEmpty()) {
                drafts.put(user.community(), draft, ListItem.wire(new DeviceId(device), wire), user.actor());
            }
            return fault;
        });
    }

    @PostMapping(PATH + "/remove")
    String remove(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID draft,
            @RequestParam long device,
            @RequestParam int io,
            @RequestParam int direction) {
        return attempt(user, draft, device, check -> {
            WireDirection side = Coded.require(WireDirection.class, direction);
            Optional<WiringFault> fault = check.remove(side, io);
            if (fault.isEmpty()) {
                drafts.remove(user.community(), draft, ItemKey.wire(new DeviceId(device), io, side), user.actor());
            }
            return fault;
        });
    }

    private String attempt(
            ConsoleUser user, UUID draft, long device, Function<WiringCheck, Optional<WiringFault>> step) {
        try {
            CommunityId community = user.community();
            DeviceId id = new DeviceId(device);
            PolicyContent content = content(community, drafts.require(community, draft));
            List<PointRow> points = estate.points(new DeviceAddress(community, id));
            Optional<WiringFault> fault = step.apply(new WiringCheck(content, points, id));
            return back(device, draft.toString(), fault.map(WiringFault::name).orElse(""));
        } catch (DraftRefusedException | IllegalArgumentException | ModelException e) {
            return back(device, draft.toString(), DraftForms.INPUT);
        }
    }

    private static String back(long device, String draft, String problem) {
        long known = Math.max(0, Math.min(device, MOST_DEVICE));
        return "redirect:" + PATH + "?device=" + known + (draft.isEmpty() ? "" : "&draft=" + draft)
                + (problem.isEmpty() ? "" : "&problem=" + problem);
    }

    /** In words; nothing for a name that is none of ours. */
    private static String problem(String name, boolean chinese) {
        if (name.equals(DraftForms.INPUT)) {
            return chinese ? "填写的内容无法识别或超出范围" : "What was typed cannot be read or is out of range.";
        }
        return Arrays.stream(WiringFault.values())
                .filter(each -> each.name().equals(name))
                .map(each -> chinese ? each.chinese() : each.english())
                .findFirst()
                .orElse("");
    }
}
