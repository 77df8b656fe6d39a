package io.zhitong.backend.keys.web;

import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.CustodyPerson;
import io.zhitong.keyapi.CustodyRegister;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The register of key cards, shares and SAMs: hand-over by two people, loss, destruction, stock-take. */
@Controller
@RequestMapping("/keys/custody")
@Allowed(Role.KEY_OFFICER)
class CustodyPage {
    private static final String AGAIN = "redirect:/keys/custody";

    private final KeyAdministration vault;
    private final KeyScreen screen;
    private final AuditLog audit;

    CustodyPage(KeyAdministration vault, KeyScreen screen, AuditLog audit) {
        this.vault = vault;
        this.screen = screen;
        this.audit = audit;
    }

    @GetMapping
    @Allowed({Role.KEY_OFFICER, Role.AUDITOR})
    String page(@AuthenticationPrincipal ConsoleUser user, Locale locale, Model model) {
        model.addAttribute("kinds", CustodyKind.values());
        model.addAttribute("mayChange", user.roles().contains(Role.KEY_OFFICER));
        model.addAttribute("items", List.of());
        model.addAttribute("custodians", List.of());
        screen.show(locale, model, () -> {
            model.addAttribute("items", vault.register().items());
            model.addAttribute("custodians", vault.custodians().list());
        });
        return "keys/custody";
    }

    @PostMapping("/enter")
    String enter(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam CustodyKind kind,
            @RequestParam String serial,
            @RequestParam(defaultValue = "") String about,
            @RequestParam String holder,
            @RequestParam String place) {
        var entry = new CustodyEntry(kind, serial.strip(), about, holder.strip(), place.strip(), Optional.empty());
        return change(user, "enter", register -> register.enter(entry));
    }

    @PostMapping("/hand-over")
    String handOver(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int item,
            @RequestParam String giver,
            @RequestParam(defaultValue = "") String pin,
            @RequestParam String receiver,
            @RequestParam String place) {
        try (CustodyPerson from = person(giver, pin)) {
            return change(user, "handover", register -> register.handOver(item, from, receiver.strip(), place.strip()));
        }
    }

    @PostMapping("/confirm")
    String confirm(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int item,
            @RequestParam String receiver,
            @RequestParam(defaultValue = "") String pin) {
        try (CustodyPerson to = person(receiver, pin)) {
            return change(user, "confirm", register -> register.confirm(item, to));
        }
    }

    @PostMapping("/lost")
    String lost(@AuthenticationPrincipal ConsoleUser user, @RequestParam int item, @RequestParam String reporter) {
        return change(user, "lost", register -> register.lost(item, reporter.strip()));
    }

    @PostMapping("/destroyed")
    String destroyed(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int item,
            @RequestParam String by,
            @RequestParam(defaultValue = "") String pin,
            @RequestParam String witness,
            @RequestParam(defaultValue = "") String witnessPin) {
        try (CustodyPerson one = person(by, pin);
                CustodyPerson other = person(witness, witnessPin)) {
            return change(user, "destroyed", register -> register.destroyed(item, one, other));
        }
    }

    /** Answers with the page itself: what was found is told once. */
    @PostMapping("/count")
    String count(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String serials,
            @RequestParam String by,
            @RequestParam(defaultValue = "") String pin,
            @RequestParam String witness,
            @RequestParam(defaultValue = "") String witnessPin,
            Locale locale,
            Model model) {
        List<String> counted = serials.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        try (CustodyPerson one = person(by, pin);
                CustodyPerson other = person(witness, witnessPin)) {
            model.addAttribute("found", vault.register().stockTake(counted, one, other));
        }
        audit.record(user.community(), user.actor(), "key.custody.count", counted.size() + " serials", "", "");
        return page(user, locale, model);
    }

    private String change(ConsoleUser user, String act, Function<CustodyRegister, CustodyItem> change) {
        CustodyItem now = change.apply(vault.register());
        audit.record(
                user.community(),
                user.actor(),
                "key.custody." + act,
                now.entry().kind().english() + " " + now.entry().serial(),
                "",
                now.state().english() + ", " + now.entry().holder());
        return AGAIN + "#item-" + now.number();
    }

    /** A custodian's name brings his number; what was typed as his PIN is closed with the person. */
    private CustodyPerson person(String name, String pin) {
        String typed = name.strip();
        return vault.custodians().list().stream()
                .filter(each -> each.name().equals(typed))
                .mapToInt(Custodian::number)
                .mapToObj(number -> new CustodyPerson(typed, number, KeyScreen.secret(pin)))
                .findFirst()
                .orElseGet(() -> CustodyPerson.named(typed));
    }

    @ExceptionHandler({KeyServiceException.class, MachineTlsException.class})
    String refused(RuntimeException e, Locale locale, RedirectAttributes next) {
        KeyScreen.refused(e, locale, next);
        return AGAIN;
    }
}
