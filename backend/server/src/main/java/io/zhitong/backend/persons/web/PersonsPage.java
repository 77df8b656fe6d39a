package io.zhitong.backend.persons.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.PersonalData;
import io.zhitong.backend.people.PersonalField;
import io.zhitong.backend.people.Resident;
import io.zhitong.backend.people.ResidentSearch;
import io.zhitong.backend.persons.Eraser;
import io.zhitong.backend.persons.PersonsRefusal;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Residents with what is kept of them, masked; what was asked to be erased (个人信息). */
@Controller
@Allowed({Role.DESK, Role.ADMIN})
class PersonsPage {
    static final String PATH = "/persons";
    private static final int MOST = 100;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final ResidentSearch search;
    private final PersonalData data;
    private final Eraser eraser;
    private final Estate estate;
    private final Clock clock;

    PersonsPage(ResidentSearch search, PersonalData data, Eraser eraser, Estate estate, Clock clock) {
        this.search = search;
        this.data = data;
        this.eraser = eraser;
        this.estate = estate;
        this.clock = clock;
    }

    @Bean
    static MenuEntry personsMenu() {
        return new MenuEntry(PATH, "persons.menu", "people", 64, Set.of(Role.DESK, Role.ADMIN));
    }

    @GetMapping(PATH)
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String text,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        noStore(response);
        CommunityId community = user.community();
        List<Resident> residents = search.find(community, today(community), text, MOST);
        model.addAttribute("text", text);
        model.addAttribute("residents", residents);
        model.addAttribute(
                "masked",
                masked(
                        community,
                        residents.stream().map(Resident::person).distinct().toList(),
                        model));
        model.addAttribute("fields", PersonalField.values());
        model.addAttribute("erasures", eraser.all(community));
        model.addAttribute("mayImport", user.roles().contains(Role.ADMIN));
        model.addAttribute("english", english(locale));
        model.addAttribute("times", (Times) at -> time(community, at));
        return "persons/persons";
    }

    /** A number that is searched for stands in no address, no history and no log of a proxy. */
    @PostMapping(PATH)
    String find(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String text,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        return page(user, text, model, locale, response);
    }

    /** Shows a time as the community's clocks do. */
    interface Times {
        String of(Instant at);
    }

    /** Nothing, and a word about it, while the vault does not answer. */
    Map<PersonId, Map<PersonalField, String>> masked(CommunityId community, List<PersonId> persons, Model model) {
        try {
            return data.masked(community, persons);
        } catch (KeyServiceException | MachineTlsException e) {
            model.addAttribute("vaultAway", true);
            return Map.of();
        }
    }

    LocalDate today(CommunityId community) {
        return LocalDate.ofInstant(clock.instant(), zone(community));
    }

    String time(CommunityId community, Instant at) {
        return MINUTE.format(at.atZone(zone(community)));
    }

    private ZoneId zone(CommunityId community) {
        return estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
    }

    static String refused(PersonsRefusal reason, Model model, HttpServletResponse response, String page) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("refused", "persons.refused." + reason);
        return page;
    }

    /** What it shows is for who asked, and for now. */
    static void noStore(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    static boolean english(Locale locale) {
        return locale.getLanguage().equals("en");
    }
}
