package io.zhitong.backend.keys.web;

import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.keys.CeremonyView;
import io.zhitong.keyapi.Ceremonies;
import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.CeremonyStatus;
import io.zhitong.keyapi.DealtShare;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The ceremony step by step; an officer keeps the screen, each custodian sits down at it in turn. */
@Controller
@RequestMapping("/keys/ceremony")
@Allowed(Role.KEY_OFFICER)
class CeremonyPage {
    private final KeyAdministration vault;
    private final KeyScreen screen;
    private final AuditLog audit;

    CeremonyPage(KeyAdministration vault, KeyScreen screen, AuditLog audit) {
        this.vault = vault;
        this.screen = screen;
        this.audit = audit;
    }

    private Ceremonies ceremonies() {
        return vault.ceremonies();
    }

    @GetMapping
    @Allowed({Role.KEY_OFFICER, Role.AUDITOR})
    String page(Locale locale, Model model) {
        screen.show(locale, model, () -> {
            model.addAttribute("door", vault.door().door());
            model.addAttribute("view", new CeremonyView(ceremonies().status()));
            model.addAttribute("transcript", ceremonies().transcript());
        });
        return "keys/ceremony";
    }

    @GetMapping("/transcript.txt")
    @Allowed({Role.KEY_OFFICER, Role.AUDITOR})
    ResponseEntity<byte[]> transcript() {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("transcript.txt")
                                .build()
                                .toString())
                .body(ceremonies().transcript().getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/start")
    String start(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String name,
            @RequestParam int needed,
            @RequestParam int dealt,
            @RequestParam(defaultValue = "false") boolean rehearsal,
            @RequestParam(defaultValue = "false") boolean withoutRoots,
            RedirectAttributes next) {
        CeremonySettings settings = new CeremonySettings(name.strip(), needed, dealt, rehearsal, !withoutRoots);
        return done(user, ceremonies().start(settings), "start", 0, next);
    }

    @PostMapping("/join")
    String join(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String name,
            @RequestParam String pin,
            @RequestParam String again,
            RedirectAttributes next) {
        try (SecretBytes typed = KeyScreen.newPin(pin, again)) {
            CeremonyStatus now = ceremonies().join(name.strip(), typed);
            return done(user, now, "join", now.participants().size(), next);
        }
    }

    /** The component itself stays in the browser until everybody has committed. */
    @PostMapping("/commit")
    String commit(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int custodian,
            @RequestParam String pin,
            @RequestParam String salt,
            @RequestParam String commitment,
            RedirectAttributes next) {
        byte[] saltBytes = Hex.parse(salt);
        byte[] bound = Hex.parse(commitment);
        try (SecretBytes typed = KeyScreen.secret(pin)) {
            return done(
                    user,
                    ceremonies().commit(KeyScreen.custodian(custodian), typed, saltBytes, bound),
                    "commit",
                    custodian,
                    next);
        }
    }

    @PostMapping("/reveal")
    String reveal(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int custodian,
            @RequestParam String pin,
            @RequestParam String component,
            RedirectAttributes next) {
        try (SecretBytes typed = KeyScreen.secret(pin);
                SecretBytes whole = KeyScreen.secret(component);
                SecretBytes part = CeremonyCommitment.component(whole.export(SecretAccess.TOKEN))) {
            return done(
                    user, ceremonies().reveal(KeyScreen.custodian(custodian), typed, part), "reveal", custodian, next);
        }
    }

    /** Shows a share in the answer to its own request: nothing keeps it, and going back to the page does not show it. */
    @PostMapping("/deal")
    String deal(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int custodian,
            @RequestParam String pin,
            Locale locale,
            Model model) {
        try (SecretBytes typed = KeyScreen.secret(pin);
                DealtShare dealt = ceremonies().deal(KeyScreen.custodian(custodian), typed)) {
            byte[] text = dealt.share().export(SecretAccess.TOKEN);
            model.addAttribute("share", grouped(new String(text, StandardCharsets.US_ASCII)));
            Arrays.fill(text, (byte) 0);
            model.addAttribute("shareOf", custodian);
            model.addAttribute("kcv", "CMAC " + Hex.of(dealt.kcv()).toUpperCase(Locale.ROOT));
        }
        noted(user, "deal", custodian);
        return page(locale, model);
    }

    private static String grouped(String digits) {
        return String.join(" ", digits.split("(?<=\\G.{4})"));
    }

    @PostMapping("/confirm")
    String confirm(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int custodian,
            @RequestParam String pin,
            @RequestParam String share,
            RedirectAttributes next) {
        try (SecretBytes typed = KeyScreen.secret(pin);
                SecretBytes written = KeyScreen.secret(share)) {
            return done(
                    user,
                    ceremonies().confirm(KeyScreen.custodian(custodian), typed, written),
                    "confirm",
                    custodian,
                    next);
        }
    }

    @PostMapping("/close")
    String close(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int custodian,
            @RequestParam String pin,
            RedirectAttributes next) {
        try (SecretBytes typed = KeyScreen.secret(pin)) {
            return done(user, ceremonies().close(KeyScreen.custodian(custodian), typed), "close", custodian, next);
        }
    }

    @PostMapping("/abort")
    String abort(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam int custodian,
            @RequestParam String pin,
            RedirectAttributes next) {
        try (SecretBytes typed = KeyScreen.secret(pin)) {
            return done(user, ceremonies().abort(KeyScreen.custodian(custodian), typed), "abort", custodian, next);
        }
    }

    private String done(ConsoleUser user, CeremonyStatus now, String what, int custodian, RedirectAttributes next) {
        noted(user, what, custodian);
        next.addFlashAttribute("done", "keysceremony.done." + what);
        next.addFlashAttribute("doneOf", custodian);
        return "redirect:/keys/ceremony#" + (now.step().running() ? "now" : "told");
    }

    private void noted(ConsoleUser user, String what, int custodian) {
        audit.record(user.community(), user.actor(), "key.ceremony." + what, "custodian " + custodian, "", "");
    }

    @ExceptionHandler({KeyServiceException.class, MachineTlsException.class})
    String refused(RuntimeException e, Locale locale, RedirectAttributes next) {
        KeyScreen.refused(e, locale, next);
        return "redirect:/keys/ceremony";
    }
}
