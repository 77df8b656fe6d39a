package io.zhitong.backend.keys.web;

import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.keys.OrderChoices;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.Proposal;
import io.zhitong.keyapi.ProposalState;
import io.zhitong.keyapi.VaultState;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Orders about keys: an officer writes them down, two custodians approve them with their PINs. */
@Controller
@RequestMapping("/keys/orders")
@Allowed(Role.KEY_OFFICER)
class OrdersPage {
    private final KeyAdministration vault;
    private final KeyService keys;
    private final KeyScreen screen;
    private final AuditLog audit;

    OrdersPage(KeyAdministration vault, KeyService keys, KeyScreen screen, AuditLog audit) {
        this.vault = vault;
        this.keys = keys;
        this.screen = screen;
        this.audit = audit;
    }

    @GetMapping
    @Allowed({Role.KEY_OFFICER, Role.AUDITOR})
    String page(Locale locale, Model model) {
        model.addAttribute("choices", new OrderChoices(List.of()));
        screen.show(locale, model, () -> {
            List<Proposal> all = vault.custodians().proposals();
            model.addAttribute("waiting", those(all, true));
            model.addAttribute("past", those(all, false));
            model.addAttribute("custodians", vault.custodians().list());
            if (keys.status().state() == VaultState.OPEN) {
                model.addAttribute("choices", new OrderChoices(keys.keys()));
            }
        });
        return "keys/orders";
    }

    private static List<Proposal> those(List<Proposal> all, boolean waiting) {
        return all.stream()
                .filter(each -> (each.state() == ProposalState.WAITING) == waiting)
                .sorted(Comparator.comparingLong(Proposal::made).reversed())
                .toList();
    }

    @PostMapping("/version")
    String version(@AuthenticationPrincipal ConsoleUser user, @RequestParam String key, RedirectAttributes next) {
        return propose(user, new KeyOrder.NewKeyVersion(KeyRef.parse(key)), next);
    }

    /** The change as {@link OrderChoices.Change#value}. */
    @PostMapping("/state")
    String state(@AuthenticationPrincipal ConsoleUser user, @RequestParam String change, RedirectAttributes next) {
        String[] parts = change.split(" ", -1);
        try {
            KeyState to = KeyState.valueOf(parts[parts.length - 1]);
            return propose(user, new KeyOrder.ChangeKeyState(KeyRef.parse(parts[0]), to), next);
        } catch (IllegalArgumentException e) {
            throw new MalformedInput("expected a key and a state");
        }
    }

    @PostMapping("/unlock")
    String unlock(@AuthenticationPrincipal ConsoleUser user, @RequestParam int custodian, RedirectAttributes next) {
        return propose(user, new KeyOrder.UnlockCustodian(custodian), next);
    }

    @PostMapping("/import")
    String bring(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String exchange,
            @RequestParam String block,
            @RequestParam(defaultValue = "false") boolean samOnly,
            RedirectAttributes next) {
        String plain = block.replaceAll("\\s", "");
        return propose(user, new KeyOrder.ImportKeyBlock(KeyRef.parse(exchange), samOnly, plain), next);
    }

    @PostMapping("/export")
    String export(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String key,
            @RequestParam String exchange,
            RedirectAttributes next) {
        return propose(user, new KeyOrder.ExportKeyBlock(KeyRef.parse(key), KeyRef.parse(exchange)), next);
    }

    private String propose(ConsoleUser user, KeyOrder order, RedirectAttributes next) {
        Proposal made = vault.custodians().propose(user.name(), order);
        return done(user, "key.order.propose", made, "proposed", next);
    }

    /** The digest is of what this screen showed the custodian, so that nothing else is approved. */
    @PostMapping("/approve")
    String approve(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String number,
            @RequestParam String digest,
            @RequestParam int custodian,
            @RequestParam String pin,
            RedirectAttributes next) {
        try (SecretBytes typed = KeyScreen.secret(pin)) {
            Proposal now = vault.custodians()
                    .approve(Hex.parse(number), Hex.parse(digest), KeyScreen.custodian(custodian), typed);
            String what = now.state() == ProposalState.WAITING
                    ? "approved"
                    : now.state().name();
            return done(user, "key.order.approve", now, what, next);
        }
    }

    @PostMapping("/withdraw")
    String withdraw(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String number,
            @RequestParam int custodian,
            @RequestParam String pin,
            RedirectAttributes next) {
        try (SecretBytes typed = KeyScreen.secret(pin)) {
            Proposal now = vault.custodians().withdraw(Hex.parse(number), KeyScreen.custodian(custodian), typed);
            return done(user, "key.order.withdraw", now, now.state().name(), next);
        }
    }

    @PostMapping("/pin")
    String pin(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int custodian,
            @RequestParam String pin,
            @RequestParam String fresh,
            @RequestParam String again,
            RedirectAttributes next) {
        try (SecretBytes old = KeyScreen.secret(pin);
                SecretBytes typed = KeyScreen.newPin(fresh, again)) {
            vault.custodians().changePin(KeyScreen.custodian(custodian), old, typed);
        }
        audit.record(user.community(), user.actor(), "key.custodian.pin", "custodian " + custodian, "", "");
        next.addFlashAttribute("done", "keysceremony.done.pin");
        return "redirect:/keys/orders";
    }

    private String done(ConsoleUser user, String action, Proposal about, String what, RedirectAttributes next) {
        String state = about.state().english() + ", approved by " + about.approvers();
        audit.record(
                user.community(),
                user.actor(),
                action,
                about.name(),
                "",
                about.order().english() + ": " + state);
        next.addFlashAttribute("done", "keysceremony.done." + what);
        return "redirect:/keys/orders";
    }

    @ExceptionHandler({KeyServiceException.class, MachineTlsException.class})
    String refused(RuntimeException e, Locale locale, RedirectAttributes next) {
        KeyScreen.refused(e, locale, next);
        return "redirect:/keys/orders";
    }
}
