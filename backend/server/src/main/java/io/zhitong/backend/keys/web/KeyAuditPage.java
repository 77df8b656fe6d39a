package io.zhitong.backend.keys.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.keys.AuditDesk;
import io.zhitong.backend.keys.BrokenAuditException;
import io.zhitong.keyapi.KeyServiceException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The vault's audit chain: pages, the check, the export. */
@Controller
@Allowed({Role.KEY_OFFICER, Role.AUDITOR})
class KeyAuditPage {
    private static final int WITNESSES = 5;

    private final AuditDesk desk;
    private final KeyWords words;

    KeyAuditPage(AuditDesk desk, KeyWords words) {
        this.desk = desk;
        this.words = words;
    }

    @GetMapping("/keys/audit")
    String page(@RequestParam(required = false) @Nullable Long from, Locale locale, Model model) {
        KeyWords.Spoken spoken = words.in(locale);
        model.addAttribute("words", spoken);
        model.addAttribute("witnesses", desk.witnesses(WITNESSES));
        try {
            model.addAttribute("page", desk.page(Optional.ofNullable(from)));
        } catch (KeyServiceException e) {
            model.addAttribute("unavailable", spoken.of(e.reason()));
        } catch (BrokenAuditException e) {
            model.addAttribute("broken", e);
        }
        return "keys/audit";
    }

    @PostMapping("/keys/audit/verify")
    String verify(Locale locale, Model model) {
        try {
            model.addAttribute("verified", desk.verify());
        } catch (KeyServiceException e) {
            model.addAttribute("unavailable", words.in(locale).of(e.reason()));
        } catch (BrokenAuditException e) {
            model.addAttribute("broken", e);
        }
        return page(null, locale, model);
    }

    /** The whole chain as a file that anybody can check. */
    @GetMapping("/keys/audit.export")
    void export(HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.export\"");
        try {
            desk.export(response.getOutputStream());
        } catch (KeyServiceException e) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, e.reason().english(), e);
        }
    }
}
