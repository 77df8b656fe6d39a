package io.zhitong.backend.keys.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.keys.Rotation;
import io.zhitong.backend.keys.Rotation.Progress;
import io.zhitong.keyapi.KeyServiceException;
import java.util.List;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How far each key is rotated, by card and terminal. */
@Controller
@Allowed({Role.KEY_OFFICER, Role.AUDITOR})
class RotationPage {
    private final Rotation rotation;
    private final KeyWords words;

    RotationPage(Rotation rotation, KeyWords words) {
        this.rotation = rotation;
        this.words = words;
    }

    @GetMapping("/keys/rotation")
    String page(@AuthenticationPrincipal ConsoleUser user, Locale locale, Model model) {
        KeyWords.Spoken spoken = words.in(locale);
        model.addAttribute("words", spoken);
        model.addAttribute("usages", List.of());
        try {
            List<Progress> all = rotation.progress(user.community());
            model.addAttribute("usages", all);
            model.addAttribute(
                    "cards", all.stream().mapToLong(Progress::cardsBehind).max().orElse(0));
            model.addAttribute(
                    "sams", all.stream().mapToLong(Progress::samsBehind).sum());
        } catch (KeyServiceException e) {
            model.addAttribute("unavailable", spoken.of(e.reason()));
        }
        return "keys/rotation";
    }
}
