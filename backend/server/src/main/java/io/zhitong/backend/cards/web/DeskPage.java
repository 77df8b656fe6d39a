package io.zhitong.backend.cards.web;

import io.zhitong.backend.cards.CardDesk;
import io.zhitong.backend.cards.DeskRefusal;
import io.zhitong.backend.cards.LoadDesk;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.cardspec.CredentialNumber;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The desk: residents on the left, the card on the reader on the right (发卡台). */
@Controller
@RequestMapping("/desk")
@Allowed({Role.DESK, Role.ADMIN})
class DeskPage {
    private static final String RESIDENTS = "cards/residents :: residents";
    private static final String PERSON = "cards/person :: person";
    private static final String READER = "cards/reader :: reader";

    private final CardDesk desk;
    private final LoadDesk loads;
    private final DeskModel view;

    DeskPage(CardDesk desk, LoadDesk loads, DeskModel view) {
        this.desk = desk;
        this.loads = loads;
        this.view = view;
    }

    @Bean
    static MenuEntry deskMenu() {
        return new MenuEntry("/desk", "cards.menu", "card", 10, Set.of(Role.DESK, Role.ADMIN));
    }

    @GetMapping
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String q,
            @RequestParam @Nullable UUID person,
            Model model) {
        view.residents(user, q, model);
        view.reader(user, model);
        view.nobody(model);
        if (person != null) {
            view.person(user, new PersonId(person), model);
        }
        return "cards/desk";
    }

    @GetMapping("/residents")
    String residents(
            @AuthenticationPrincipal ConsoleUser user, @RequestParam(defaultValue = "") String q, Model model) {
        view.residents(user, q, model);
        return RESIDENTS;
    }

    @GetMapping("/person/{person}")
    String person(@AuthenticationPrincipal ConsoleUser user, @PathVariable UUID person, Model model) {
        view.person(user, new PersonId(person), model);
        return PERSON;
    }

    /** What lies on the reader, or 204 when the page shows it already. */
    @GetMapping("/reader")
    @Nullable
    ModelAndView reader(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String seen,
            Model model,
            HttpServletResponse response) {
        if (view.reader(user, model).equals(seen)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return null; // Spring's way to say that the answer is complete
        }
        return new ModelAndView(READER, model.asMap());
    }

    @PostMapping("/issue")
    String issue(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID person,
            @RequestParam LocalDate to,
            Model model) {
        return onPerson(user, person, model, "cards.done.issue", () -> desk.issue(user, new PersonId(person), to));
    }

    @PostMapping("/giveup")
    String giveUp(@AuthenticationPrincipal ConsoleUser user, @RequestParam UUID person, Model model) {
        return onPerson(user, person, model, "cards.done.giveup", () -> desk.giveUp(user, new PersonId(person)));
    }

    @PostMapping("/loss")
    String loss(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID person,
            @RequestParam CredentialNumber number,
            Model model) {
        return onPerson(user, person, model, "cards.done.loss", () -> desk.reportLoss(user, number));
    }

    @PostMapping("/found")
    String found(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID person,
            @RequestParam CredentialNumber number,
            Model model) {
        return onPerson(user, person, model, "cards.done.found", () -> desk.cancelLoss(user, number));
    }

    @PostMapping("/cancel")
    String cancel(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID person,
            @RequestParam CredentialNumber number,
            Model model) {
        return onPerson(user, person, model, "cards.done.cancel", () -> desk.cancel(user, number));
    }

    @PostMapping("/load")
    String load(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String serial,
            @RequestParam BigDecimal yuan,
            Model model) {
        try {
            loads.load(user, serial, fen(yuan));
            model.addAttribute("done", "cards.done.load");
        } catch (DeskRefusal e) {
            model.addAttribute("problem", "cards.refused." + e.reason());
        }
        view.reader(user, model);
        return READER;
    }

    private String onPerson(ConsoleUser user, UUID person, Model model, String done, Runnable act) {
        try {
            act.run();
            model.addAttribute("done", done);
        } catch (DeskRefusal e) {
            model.addAttribute("problem", "cards.refused." + e.reason());
        }
        view.person(user, new PersonId(person), model);
        return PERSON;
    }

    /** Outside what a load may be becomes 0, which the desk refuses; judged before a digit is written out. */
    private static long fen(BigDecimal yuan) {
        BigDecimal amount = yuan.stripTrailingZeros();
        boolean sane = amount.scale() <= 2 && (long) amount.precision() - amount.scale() <= 7;
        return sane ? amount.movePointRight(2).longValue() : 0;
    }
}
