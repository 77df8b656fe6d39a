package io.zhitong.backend.settlement.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.ledger.Ledger;
import io.zhitong.backend.settlement.Packages;
import io.zhitong.backend.settlement.Settlement;
import io.zhitong.backend.settlement.SettlementException;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.settlementfile.PackageName;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Day close, the day's files and the three-way match. */
@Controller
@RequestMapping("/settlement")
@Allowed({Role.FINANCE, Role.ADMIN})
class SettlementPage {
    private static final String SIGNATURE = ".sig";

    private final Settlement settlement;
    private final Packages packages;
    private final SettlementView view;
    private final Ledger ledger;

    SettlementPage(Settlement settlement, Packages packages, SettlementView view, Ledger ledger) {
        this.settlement = settlement;
        this.packages = packages;
        this.view = view;
        this.ledger = ledger;
    }

    @Bean
    static MenuEntry settlementMenu() {
        return new MenuEntry("/settlement", "settlement.menu", "settle", 45, Set.of(Role.FINANCE, Role.ADMIN));
    }

    @GetMapping
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate day,
            Locale locale,
            Model model) {
        LocalDate today = ledger.today(user.community());
        LocalDate shown = Optional.ofNullable(day).orElse(today);
        boolean chinese = locale.getLanguage().equals("zh");
        model.addAttribute("day", shown);
        model.addAttribute("today", today);
        model.addAttribute("days", packages.days(user.community(), 14));
        model.addAttribute("finalDay", packages.isFinal(user.community(), shown));
        model.addAttribute("files", view.files(user.community(), shown));
        model.addAttribute("match", view.match(user.community(), shown, chinese));
        return "settlement/settlement";
    }

    @PostMapping("/close")
    String close(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day,
            Locale locale,
            RedirectAttributes flash) {
        try {
            flash.addFlashAttribute(
                    "made",
                    settlement.close(user.community(), day, user.actor()).size());
        } catch (SettlementException e) {
            boolean chinese = locale.getLanguage().equals("zh");
            flash.addFlashAttribute(
                    "problem", chinese ? e.refusal().chinese() : e.refusal().english());
        }
        return "redirect:/settlement?day=" + day;
    }

    /** The file, or with {@code .sig} its signature. */
    @GetMapping("/files/{name}")
    ResponseEntity<byte[]> file(@AuthenticationPrincipal ConsoleUser user, @PathVariable String name) {
        boolean signature = name.endsWith(SIGNATURE);
        String bare = signature ? name.substring(0, name.length() - SIGNATURE.length()) : name;
        return PackageName.parse(bare)
                .flatMap(parsed -> packages.named(user.community(), parsed))
                .map(stored ->
                        signature ? stored.file().signature() : stored.file().content())
                .map(bytes -> download(name, bytes))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** The public key that checks the files, as OpenSSL reads it. */
    @GetMapping("/settlement.pem")
    ResponseEntity<byte[]> publicKey() {
        try {
            return download("settlement.pem", packages.publicKeyPem().getBytes(StandardCharsets.US_ASCII));
        } catch (KeyServiceException e) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, e.reason().english(), e);
        }
    }

    private static ResponseEntity<byte[]> download(String name, byte[] bytes) {
        ContentDisposition attachment =
                ContentDisposition.attachment().filename(name).build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment.toString())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(bytes);
    }
}
