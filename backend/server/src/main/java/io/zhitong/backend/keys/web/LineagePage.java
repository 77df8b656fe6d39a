package io.zhitong.backend.keys.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.keys.KeyLineages;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a key comes from, with the check value of each step. */
@Controller
@Allowed({Role.KEY_OFFICER, Role.AUDITOR})
class LineagePage {
    private static final Pattern FACTOR = Pattern.compile("[0-9A-Fa-f]{16}");

    private final KeyLineages lineages;
    private final KeyWords words;

    LineagePage(KeyLineages lineages, KeyWords words) {
        this.lineages = lineages;
        this.words = words;
    }

    @GetMapping("/keys/lineage")
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String key,
            @RequestParam(defaultValue = "") String card,
            Locale locale,
            Model model) {
        KeyWords.Spoken spoken = words.in(locale);
        model.addAttribute("words", spoken);
        model.addAttribute("key", key);
        model.addAttribute("card", card);
        try {
            model.addAttribute("way", lineages.of(user.community(), KeyRef.parse(key), factor(card.strip())));
        } catch (KeyServiceException e) {
            model.addAttribute("refused", spoken.of(e.reason()));
        }
        return "keys/lineage";
    }

    private static Optional<byte[]> factor(String card) {
        if (!card.isEmpty() && !FACTOR.matcher(card).matches()) {
            throw new MalformedInput("expected 16 hex digits");
        }
        return card.isEmpty() ? Optional.empty() : Optional.of(Hex.parse(card));
    }
}
