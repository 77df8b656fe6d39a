package io.zhitong.backend.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.PublicPage;
import io.zhitong.backend.identity.Role;
import java.util.Comparator;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** How things stand, and the way to every page. */
@Controller
final class HomePage {
    private final List<HomeFigures> figures;

    HomePage(List<HomeFigures> figures) {
        this.figures = figures.stream()
                .sorted(Comparator.comparingInt(HomeFigures::order))
                .toList();
    }

    @GetMapping("/")
    @Allowed({Role.DESK, Role.PROPERTY, Role.FINANCE, Role.ADMIN, Role.KEY_OFFICER, Role.AUDITOR, Role.OVERSEER})
    String home(@AuthenticationPrincipal ConsoleUser user, Model model) {
        model.addAttribute(
                "figures",
                figures.stream()
                        .filter(each -> each.shownTo(user))
                        .flatMap(each -> each.source().figures(user).stream())
                        .toList());
        return "shell/home";
    }

    /** Says only that requests are served; what is wrong with a neighbour is on the pages, for those who may know. */
    @GetMapping("/health")
    @PublicPage
    @ResponseBody
    String health() {
        return "ok";
    }
}
