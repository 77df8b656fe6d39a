package io.zhitong.backend.register.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.ResidenceRole;
import io.zhitong.backend.register.HomeRegister;
import io.zhitong.backend.register.RegisterRefusedException;
import io.zhitong.backend.web.MenuEntry;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Buildings, homes and residents (房屋与住户): what a community begins with. */
@Controller
@Allowed(Role.ADMIN)
class HomesPage {
    private static final String PATH = "/homes";
    private static final int MOST = 200;

    private final HomeRegister register;
    private final Estate estate;
    private final People people;

    HomesPage(HomeRegister register, Estate estate, People people) {
        this.register = register;
        this.estate = estate;
        this.people = people;
    }

    @Bean
    static MenuEntry homesMenu() {
        return new MenuEntry(PATH, "register.homes.menu", "people", 65, Set.of(Role.ADMIN));
    }

    @GetMapping(PATH)
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String text,
            Model model,
            Locale locale) {
        CommunityId community = user.community();
        model.addAttribute("text", text);
        model.addAttribute("residents", people.search(community, register.today(community), text, MOST));
        model.addAttribute("buildings", estate.buildings(community));
        model.addAttribute("units", estate.units(community).size());
        model.addAttribute("roles", ResidenceRole.values());
        model.addAttribute("english", DevicePages.english(locale));
        return "register/homes";
    }

    @PostMapping(PATH + "/building")
    String building(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String name,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        Act act = community -> register.addBuilding(community, name.strip(), user.actor());
        return done(user, act, model, locale, response);
    }

    @PostMapping(PATH + "/unit")
    String unit(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID building,
            @RequestParam String name,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        Act act = community -> register.addUnit(community, building, name.strip(), user.actor());
        return done(user, act, model, locale, response);
    }

    @PostMapping(PATH + "/resident")
    String resident(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String unit,
            @RequestParam String name,
            @RequestParam String initials,
            @RequestParam ResidenceRole role,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        Act act = community -> register.addResident(
                community, unit.strip(), name.strip(), initials.strip().toLowerCase(Locale.ROOT), role, user.actor());
        return done(user, act, model, locale, response);
    }

    @PostMapping(PATH + "/out")
    String out(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID person,
            @RequestParam String unit,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        Act act = community -> register.moveOut(community, new PersonId(person), unit.strip(), user.actor());
        return done(user, act, model, locale, response);
    }

    /** What is done in a community. */
    interface Act {
        void in(CommunityId community);
    }

    private String done(ConsoleUser user, Act act, Model model, Locale locale, HttpServletResponse response) {
        try {
            act.in(user.community());
            return "redirect:" + PATH;
        } catch (RegisterRefusedException e) {
            return DevicePages.refused(e.reason(), model, response, page(user, "", model, locale));
        }
    }
}
