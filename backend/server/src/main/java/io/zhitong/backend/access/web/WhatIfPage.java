package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.access.IssuedCredential;
import io.zhitong.backend.access.PolicyContent;
import io.zhitong.backend.access.PolicyDraft;
import io.zhitong.backend.access.PolicyDrafts;
import io.zhitong.backend.access.WhatIf;
import io.zhitong.backend.access.WhatIfDay;
import io.zhitong.backend.access.WhatIfDesk;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.people.People;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who would gain and lose what by a draft, before anybody does; and the approval of exactly that. */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN, Role.AUDITOR})
class WhatIfPage {
    private static final int MOST_LINES = 200;
    private static final int MOST_NAMES = 12;

    private final WhatIfDesk desk;
    private final PolicyDrafts drafts;
    private final People people;
    private final Estate estate;
    private final PolicyView view;

    WhatIfPage(WhatIfDesk desk, PolicyDrafts drafts, People people, Estate estate, PolicyView view) {
        this.desk = desk;
        this.drafts = drafts;
        this.people = people;
        this.estate = estate;
        this.view = view;
    }

    record Row(String point, int count, String who, List<Bars.Bar> bars, String gained, String lost, String floors) {}

    record Change(String kind, String name, String before, String after) {}

    @GetMapping("/rules/whatif")
    String page(@AuthenticationPrincipal ConsoleUser user, @RequestParam UUID draft, Locale locale, Model model) {
        CommunityId community = user.community();
        Optional<PolicyDraft> open = drafts.find(community, draft);
        if (open.isEmpty()) {
            return DraftForms.back(draft, "GONE");
        }
        boolean chinese = RulesPage.chinese(locale);
        WhatIf whatIf = desk.of(community, open.get());
        model.addAttribute("draft", PolicyView.draft(open.get()));
        model.addAttribute("whatIf", whatIf);
        model.addAttribute(
                "rows",
                whatIf.lines().stream()
                        .limit(MOST_LINES)
                        .map(line -> row(community, line, chinese))
                        .toList());
        model.addAttribute("more", Math.max(0, whatIf.lines().size() - MOST_LINES));
        model.addAttribute("faults", desk.faults(community, open.get()));
        model.addAttribute("changes", changes(community, open.get(), chinese));
        model.addAttribute("devices", estate.devices(community));
        model.addAttribute("chinese", chinese);
        model.addAttribute("mayApprove", user.roles().contains(Role.ADMIN));
        model.addAttribute("own", open.get().authors().contains(user.actor().name()));
        return "access/whatif";
    }

    private List<Change> changes(CommunityId community, PolicyDraft draft, boolean chinese) {
        PolicyContent content = desk.before(community, draft);
        ChangeWords before = new ChangeWords(view.of(community, content, chinese));
        ChangeWords after = new ChangeWords(view.of(community, draft.over(content), chinese));
        return content.until(draft.over(content)).stream()
                .map(each -> new Change(
                        PolicyView.word(each.key().kind(), chinese),
                        each.after().or(each::before).orElseThrow().name(),
                        before.of(each.key()),
                        after.of(each.key())))
                .toList();
    }

    private Row row(CommunityId community, WhatIf.Line line, boolean chinese) {
        String names = line.who().stream()
                .map(IssuedCredential::holder)
                .distinct()
                .limit(MOST_NAMES)
                .map(person -> people.name(community, person).orElse("?"))
                .collect(Collectors.joining(chinese ? "、" : ", "));
        return new Row(
                line.point().name(),
                line.who().size(),
                line.who().size() > MOST_NAMES ? names + " …" : names,
                Bars.of(line),
                hours(line.gained(), chinese),
                hours(line.lost(), chinese),
                floors(line.floors(), chinese));
    }

    /** Days of the same hours together. */
    private static String hours(List<WhatIf.Hours> hours, boolean chinese) {
        return hours.stream()
                .collect(Collectors.groupingBy(
                        each -> TypedHours.clock(each.from()) + "-" + TypedHours.clock(each.to()),
                        TreeMap::new,
                        Collectors.mapping(each -> day(each.day(), chinese), Collectors.joining(chinese ? "" : " "))))
                .entrySet()
                .stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(chinese ? "；" : "; "));
    }

    private static String day(WhatIfDay day, boolean chinese) {
        return switch (day.kind()) {
            case WhatIfDay.THIS_DAY -> day.date().toString();
            case WhatIfDay.HOLIDAY -> chinese ? "节" : "Hol";
            default ->
                (chinese
                                ? List.of("一", "二", "三", "四", "五", "六", "日")
                                : List.of("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))
                        .get(day.kind() - 1);
        };
    }

    private static String floors(WhatIf.FloorChange floors, boolean chinese) {
        String gained = floors.gained().isEmpty() ? "" : "+" + floor(floors.gained(), chinese);
        String lost = floors.lost().isEmpty() ? "" : " −" + floor(floors.lost(), chinese);
        return (gained + lost).strip();
    }

    private static String floor(List<Integer> floors, boolean chinese) {
        return floors.stream()
                .map(each -> each < WhatIf.FloorChange.REAR
                        ? Integer.toString(each)
                        : each - WhatIf.FloorChange.REAR + (chinese ? "后" : " rear"))
                .collect(Collectors.joining(" "));
    }

    /** Every credential × point × hours, for a spreadsheet. */
    @GetMapping("/rules/whatif.csv")
    ResponseEntity<byte[]> csv(@AuthenticationPrincipal ConsoleUser user, @RequestParam UUID draft) {
        Optional<PolicyDraft> open = drafts.find(user.community(), draft);
        if (open.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        StringBuilder csv = new StringBuilder("\uFEFFcredential,device,point,change,day,from,to\n");
        for (WhatIf.Line line : desk.of(user.community(), open.get()).lines()) {
            for (IssuedCredential who : line.who()) {
                line.gained().forEach(hours -> csv.append(csv(who, line, "gain", hours)));
                line.lost().forEach(hours -> csv.append(csv(who, line, "lose", hours)));
                if (!floors(line.floors(), false).isEmpty()) {
                    csv.append(start(who, line))
                            .append("floors,")
                            .append(floors(line.floors(), false))
                            .append(",,\n");
                }
            }
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header("Content-Disposition", "attachment; filename=whatif.csv")
                .body(csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String csv(IssuedCredential who, WhatIf.Line line, String change, WhatIf.Hours hours) {
        return start(who, line) + change + "," + day(hours.day(), false) + "," + TypedHours.clock(hours.from()) + ","
                + TypedHours.clock(hours.to()) + "\n";
    }

    private static String start(IssuedCredential who, WhatIf.Line line) {
        return who.number() + "," + line.point().device().value() + ","
                + line.point().id().value() + ",";
    }
}
