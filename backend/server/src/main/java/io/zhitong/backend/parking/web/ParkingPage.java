package io.zhitong.backend.parking.web;

import io.zhitong.accessmodel.SpaceKind;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.parking.Cars;
import io.zhitong.backend.parking.Spaces;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.cardspec.CredentialNumber;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Parking lots: which cars are inside, the guard's corrections, and whose spaces are whose. */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN})
class ParkingPage {
    private static final String PATH = "/parking";
    private static final Set<Role> ROLES = Set.of(Role.PROPERTY, Role.ADMIN);
    private static final int LONGEST_REASON = 40;
    private static final int LONGEST_PLATE = 10;
    private static final int LAST_LOT = 0xFFFF;
    private static final int MOST_SPACES = 255;
    private static final String NUMBER = "[0-9A-Fa-f]{16}";

    private final Cars cars;
    private final Spaces spaces;
    private final ParkingView view;

    ParkingPage(Cars cars, Spaces spaces, ParkingView view) {
        this.cars = cars;
        this.spaces = spaces;
        this.view = view;
    }

    @Bean
    static MenuEntry parkingMenu() {
        return new MenuEntry(PATH, "parking.menu", "door", 23, ROLES);
    }

    @GetMapping(PATH)
    String page(@AuthenticationPrincipal ConsoleUser user, Model model, Locale locale) {
        return shown(user, model, locale, "");
    }

    private String shown(ConsoleUser user, Model model, Locale locale, String wrong) {
        model.addAttribute("shown", view.of(user.community(), locale));
        model.addAttribute("kinds", List.of(SpaceKind.values()));
        model.addAttribute("english", locale.getLanguage().equals("en"));
        model.addAttribute("wrong", wrong);
        return "parking/parking";
    }

    private String done(ConsoleUser user, Model model, Locale locale, String wrong) {
        return wrong.isEmpty() ? "redirect:" + PATH : shown(user, model, locale, wrong);
    }

    /** The guard saw that a car is not there. */
    @PostMapping(PATH + "/gone")
    String gone(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String credential,
            @RequestParam String why,
            Model model,
            Locale locale) {
        String wrong = reason(why);
        if (wrong.isEmpty()) {
            boolean known = credential.matches(NUMBER)
                    && cars.gone(user.community(), CredentialNumber.parse(credential), user.actor(), why.strip())
                            .isPresent();
            wrong = known ? "" : "parking.wrong.car";
        }
        return done(user, model, locale, wrong);
    }

    /** The guard saw a car that is not on the list, or let it in by hand. */
    @PostMapping(PATH + "/found")
    String found(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String plate,
            @RequestParam int lot,
            @RequestParam String why,
            Model model,
            Locale locale) {
        String read = plate.strip();
        boolean readable = !read.isEmpty()
                && read.length() <= LONGEST_PLATE
                && read.chars().allMatch(each -> Character.isLetterOrDigit(each) || each == '-');
        String wrong = readable ? lot(user, lot).isEmpty() ? reason(why) : lot(user, lot) : "parking.wrong.plate";
        if (wrong.isEmpty()) {
            cars.found(user.community(), read, lot, user.actor(), why.strip());
        }
        return done(user, model, locale, wrong);
    }

    /** @param who empty = cars that nobody knows; else name, initials or unit of one resident */
    @PostMapping(PATH + "/spaces")
    String give(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String who,
            @RequestParam int lot,
            @RequestParam int number,
            @RequestParam SpaceKind kind,
            @RequestParam String why,
            Model model,
            Locale locale) {
        boolean anybody = who.isBlank();
        Optional<PersonId> person = anybody ? Optional.empty() : view.resident(user.community(), who);
        String wrong = wrong(user, anybody, person, lot, number, kind);
        wrong = wrong.isEmpty() ? reason(why) : wrong;
        if (wrong.isEmpty()) {
            spaces.give(user.community(), person, lot, number, kind, user.actor(), why.strip());
        }
        return done(user, model, locale, wrong);
    }

    private String wrong(
            ConsoleUser user, boolean anybody, Optional<PersonId> person, int lot, int number, SpaceKind kind) {
        if (!anybody && person.isEmpty()) {
            return "parking.wrong.person";
        }
        if (number < 0 || number > MOST_SPACES) {
            return "parking.wrong.number";
        }
        // Only cars that nobody knows are temporary by a space of their own.
        return anybody == (kind == SpaceKind.TEMPORARY) ? lot(user, lot) : "parking.wrong.kind";
    }

    private String lot(ConsoleUser user, int lot) {
        boolean known =
                lot >= 1 && lot <= LAST_LOT && cars.lots(user.community()).containsKey(lot);
        return known ? "" : "parking.wrong.lot";
    }

    private static String reason(String why) {
        String reason = why.strip();
        return reason.isEmpty() || reason.length() > LONGEST_REASON ? "parking.wrong.why" : "";
    }
}
