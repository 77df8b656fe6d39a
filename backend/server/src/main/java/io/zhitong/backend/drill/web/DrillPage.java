package io.zhitong.backend.drill.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.drill.Drill;
import io.zhitong.backend.drill.DrillKind;
import io.zhitong.backend.drill.DrillPoint;
import io.zhitong.backend.drill.DrillResult;
import io.zhitong.backend.drill.Drills;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.HomeFigure;
import io.zhitong.backend.web.HomeFigures;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.smcrypto.MalformedInput;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Drills: start one, watch its steps turn green, end it, print the evidence (演练). */
@Controller
@RequestMapping("/drills")
@Allowed({Role.PROPERTY, Role.ADMIN, Role.AUDITOR})
class DrillPage {
    private static final String PATH = "/drills";
    private static final Set<Role> ROLES = Set.of(Role.PROPERTY, Role.ADMIN, Role.AUDITOR);
    private static final int LISTED = 50;
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final Drills drills;
    private final Estate estate;
    private final DrillView view;

    DrillPage(Drills drills, Estate estate, DrillView view) {
        this.drills = drills;
        this.estate = estate;
        this.view = view;
    }

    @Bean
    static MenuEntry drillMenu() {
        return new MenuEntry(PATH, "drill.menu", "audit", 28, ROLES);
    }

    @Bean
    static HomeFigures drillHomeFigures(Drills drills) {
        return new HomeFigures(28, ROLES, user -> {
            long due = drills.due(user.community()).values().stream()
                    .filter(days -> days.map(left -> left <= 0).orElse(true))
                    .count();
            return List.of(new HomeFigure("drill.figure.due", Long.toString(due), PATH, due > 0));
        });
    }

    @GetMapping
    String list(@AuthenticationPrincipal ConsoleUser user, Model model) {
        CommunityId community = user.community();
        model.addAttribute("plans", view.plans(drills.due(community)));
        model.addAttribute("points", doors(community));
        model.addAttribute("mayStart", mayStart(user));
        model.addAttribute(
                "drills",
                drills.newest(community, LISTED).stream()
                        .map(each -> view.row(community, each))
                        .toList());
        return "drill/list";
    }

    @PostMapping
    @Allowed({Role.PROPERTY, Role.ADMIN})
    String start(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") List<String> point,
            Model model,
            HttpServletResponse response) {
        Optional<DrillKind> wanted = kind(kind);
        List<DrillPoint> chosen = doors(user.community()).stream()
                .filter(each -> point.contains(each.key()))
                .toList();
        if (wanted.isEmpty() || chosen.isEmpty() || chosen.size() > Drills.MOST_POINTS) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("problem", true);
            return list(user, model);
        }
        return "redirect:/drills/" + drills.start(user, wanted.get(), chosen).id();
    }

    @GetMapping("/{id}")
    String one(@AuthenticationPrincipal ConsoleUser user, @PathVariable String id, Model model) {
        Drill drill = found(user, id);
        DrillResult result = drills.result(drill);
        model.addAttribute("drill", view.row(user.community(), drill));
        model.addAttribute("lines", view.lines(user.community(), result));
        model.addAttribute("result", result);
        model.addAttribute("mayEnd", drill.end().isEmpty() && mayStart(user));
        model.addAttribute(
                "changed",
                drill.end().map(end -> !end.digest().equals(result.digest())).orElse(false));
        return "drill/one";
    }

    @PostMapping("/{id}/end")
    @Allowed({Role.PROPERTY, Role.ADMIN})
    String end(@AuthenticationPrincipal ConsoleUser user, @PathVariable String id) {
        Drill drill = found(user, id);
        drills.end(user, drill);
        return "redirect:/drills/" + drill.id();
    }

    /** The evidence for machines: one line a step, its digest last. */
    @GetMapping("/{id}/evidence.csv")
    ResponseEntity<String> evidence(@AuthenticationPrincipal ConsoleUser user, @PathVariable String id) {
        Drill drill = found(user, id);
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=drill-" + drill.id() + ".csv")
                .body(view.csv(drill, drills.result(drill)));
    }

    private Drill found(ConsoleUser user, String id) {
        if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new MalformedInput("expected the number of a drill");
        }
        return drills.find(user.community(), UUID.fromString(id))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Every point that opens something; a till takes part in no drill. */
    private List<DrillPoint> doors(CommunityId community) {
        return estate.points(community).stream()
                .filter(point -> point.kind() != PointKind.TILL && point.kind() != PointKind.DESK)
                .map(point -> new DrillPoint(point.device(), point.id(), point.name()))
                .toList();
    }

    private static boolean mayStart(ConsoleUser user) {
        return user.roles().contains(Role.PROPERTY) || user.roles().contains(Role.ADMIN);
    }

    private static Optional<DrillKind> kind(String name) {
        return List.of(DrillKind.values()).stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }
}
