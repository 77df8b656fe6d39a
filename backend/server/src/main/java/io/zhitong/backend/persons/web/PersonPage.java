package io.zhitong.backend.persons.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.PersonalField;
import io.zhitong.backend.persons.Eraser;
import io.zhitong.backend.persons.ExternalIds;
import io.zhitong.backend.persons.PersonDesk;
import io.zhitong.backend.persons.PersonsRefusedException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One person: what is kept, who may see it whole, how it is erased (个人信息详情). */
@Controller
@Allowed({Role.DESK, Role.ADMIN})
class PersonPage {
    private static final String PATH = PersonsPage.PATH + "/{person}";

    private final PersonDesk desk;
    private final Eraser eraser;
    private final ExternalIds external;
    private final People people;
    private final PersonsPage list;

    PersonPage(PersonDesk desk, Eraser eraser, ExternalIds external, People people, PersonsPage list) {
        this.desk = desk;
        this.eraser = eraser;
        this.external = external;
        this.people = people;
        this.list = list;
    }

    @GetMapping(PATH)
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable UUID person,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        PersonsPage.noStore(response);
        CommunityId community = user.community();
        PersonId id = new PersonId(person);
        String name = people.name(community, id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("person", person);
        model.addAttribute("name", name);
        model.addAttribute("homes", people.residences(community, list.today(community), id));
        model.addAttribute("masked", list.masked(community, List.of(id), model).getOrDefault(id, Map.of()));
        model.addAttribute("fields", PersonalField.values());
        model.addAttribute("erased", name.equals(People.ERASED));
        model.addAttribute("names", external.of(community, id));
        eraser.of(community, id).ifPresent(erasure -> {
            model.addAttribute("erasure", erasure);
            model.addAttribute("askedAt", list.time(community, erasure.askedAt()));
            erasure.done().ifPresent(at -> model.addAttribute("doneAt", list.time(community, at)));
        });
        model.addAttribute("mayErase", user.roles().contains(Role.ADMIN));
        model.addAttribute("english", PersonsPage.english(locale));
        return "persons/person";
    }

    /** The whole value stands in the answer to this form and nowhere else. */
    @PostMapping(PATH + "/read")
    String read(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable UUID person,
            @RequestParam PersonalField field,
            @RequestParam(defaultValue = "") String why,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        try {
            String value = desk.read(user, new PersonId(person), field, why);
            model.addAttribute("shown", field);
            model.addAttribute("value", value);
            return page(user, person, model, locale, response);
        } catch (PersonsRefusedException e) {
            return refused(e, user, person, model, locale, response);
        }
    }

    @PostMapping(PATH + "/change")
    String change(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable UUID person,
            @RequestParam PersonalField field,
            @RequestParam(defaultValue = "") String value,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        return done(user, person, () -> desk.put(user, new PersonId(person), field, value), model, locale, response);
    }

    @PostMapping(PATH + "/erase/ask")
    String ask(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable UUID person,
            @RequestParam(defaultValue = "") String why,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        return done(user, person, () -> eraser.ask(user, new PersonId(person), why), model, locale, response);
    }

    @PostMapping(PATH + "/erase/withdraw")
    String withdraw(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable UUID person,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        return done(user, person, () -> eraser.withdraw(user, new PersonId(person)), model, locale, response);
    }

    @PostMapping(PATH + "/erase")
    @Allowed(Role.ADMIN)
    String erase(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable UUID person,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        return done(user, person, () -> eraser.erase(user, new PersonId(person)), model, locale, response);
    }

    private String done(
            ConsoleUser user, UUID person, Runnable act, Model model, Locale locale, HttpServletResponse response) {
        try {
            act.run();
            return "redirect:" + PersonsPage.PATH + "/" + person;
        } catch (PersonsRefusedException e) {
            return refused(e, user, person, model, locale, response);
        }
    }

    private String refused(
            PersonsRefusedException e,
            ConsoleUser user,
            UUID person,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        return PersonsPage.refused(e.reason(), model, response, page(user, person, model, locale, response));
    }
}
