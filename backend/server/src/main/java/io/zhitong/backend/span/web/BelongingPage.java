package io.zhitong.backend.span.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.span.Above;
import io.zhitong.backend.span.Belonging;
import io.zhitong.backend.span.BelongingFault;
import io.zhitong.backend.web.MenuEntry;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** To whom the administrator's community shows its reports (小区归属). */
@Controller
@Allowed(Role.ADMIN)
class BelongingPage {
    private static final String PATH = "/belonging";

    private final Belonging belonging;

    BelongingPage(Belonging belonging) {
        this.belonging = belonging;
    }

    @Bean
    static MenuEntry belongingMenu() {
        return new MenuEntry(PATH, "belonging.menu", "people", 72, Set.of(Role.ADMIN));
    }

    @GetMapping(PATH)
    String page(@AuthenticationPrincipal ConsoleUser user, Model model) {
        CommunityId member = user.community();
        model.addAttribute("operators", belonging.operators(member));
        model.addAttribute(
                "operator", belonging.operator(member).map(Above::code).orElse(""));
        model.addAttribute("city", belonging.city(member).isPresent());
        model.addAttribute("around", belonging.cityAround(member).stream().toList());
        return "span/belonging";
    }

    /** @param operator number of a company, 0 = none */
    @PostMapping(PATH + "/operator")
    String join(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int operator,
            Model model,
            HttpServletResponse response) {
        return done(user, belonging.join(user.community(), operator, user.actor()), model, response);
    }

    /** A company that nobody has made known yet. */
    @PostMapping(PATH + "/found")
    String found(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String name,
            Model model,
            HttpServletResponse response) {
        return done(user, belonging.found(user.community(), name.strip(), user.actor()), model, response);
    }

    @PostMapping(PATH + "/city")
    String show(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "false") boolean shown,
            @RequestParam(defaultValue = "") String name,
            Model model,
            HttpServletResponse response) {
        return done(user, belonging.show(user.community(), shown, name.strip(), user.actor()), model, response);
    }

    private String done(ConsoleUser user, Optional<BelongingFault> fault, Model model, HttpServletResponse response) {
        if (fault.isEmpty()) {
            return "redirect:" + PATH;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("fault", "belonging.fault." + fault.get());
        return page(user, model);
    }
}
