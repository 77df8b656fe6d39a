package io.zhitong.backend.keys.web;

import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.keyapi.DoorState;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultState;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.smcrypto.SecretBytes;
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

/** Opening and sealing the masters: each custodian gives a share at this screen. */
@Controller
@RequestMapping("/keys/door")
@Allowed(Role.KEY_OFFICER)
class DoorPage {
    private static final String SURE = "yes";

    private final KeyAdministration vault;
    private final KeyScreen screen;
    private final AuditLog audit;

    DoorPage(KeyAdministration vault, KeyScreen screen, AuditLog audit) {
        this.vault = vault;
        this.screen = screen;
        this.audit = audit;
    }

    @GetMapping
    @Allowed({Role.KEY_OFFICER, Role.AUDITOR})
    String page(Locale locale, Model model) {
        screen.show(locale, model, () -> model.addAttribute("door", vault.door().door()));
        return "keys/door";
    }

    @PostMapping("/share")
    String share(@AuthenticationPrincipal ConsoleUser user, @RequestParam String share, RedirectAttributes next) {
        try (SecretBytes typed = KeyScreen.secret(share)) {
            DoorState now = vault.door().giveShare(typed);
            boolean open = now.state() != VaultState.SEALED;
            return done(user, open ? "key.door.open" : "key.door.share", open ? "opened" : "given", next);
        }
    }

    @PostMapping("/forget")
    String forget(@AuthenticationPrincipal ConsoleUser user, RedirectAttributes next) {
        vault.door().forgetShares();
        return done(user, "key.door.forget", "forgotten", next);
    }

    @PostMapping("/seal")
    String seal(@AuthenticationPrincipal ConsoleUser user, @RequestParam String sure, RedirectAttributes next) {
        requireSure(sure);
        vault.door().seal();
        return done(user, "key.door.seal", "sealed", next);
    }

    /** The custodians' answer for machines that are gone; asked only where the vault waits for one. */
    @PostMapping("/newest")
    String newest(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam long newest,
            @RequestParam String sure,
            RedirectAttributes next) {
        requireSure(sure);
        if (vault.door().door().state() != VaultState.RESTORED) {
            throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "expected a vault that waits for its newest number");
        }
        vault.door().answerNewest(newest);
        return done(user, "key.door.newest", "answered", next);
    }

    private static void requireSure(String sure) {
        if (!sure.equals(SURE)) {
            throw new KeyServiceException(KeyRefusal.MALFORMED, "expected the tick that says it is meant");
        }
    }

    private String done(ConsoleUser user, String action, String what, RedirectAttributes next) {
        audit.record(user.community(), user.actor(), action, "vault", "", "");
        next.addFlashAttribute("done", "keysceremony.done." + what);
        return "redirect:/keys/door";
    }

    @ExceptionHandler({KeyServiceException.class, MachineTlsException.class})
    String refused(RuntimeException e, Locale locale, RedirectAttributes next) {
        KeyScreen.refused(e, locale, next);
        return "redirect:/keys/door";
    }
}
