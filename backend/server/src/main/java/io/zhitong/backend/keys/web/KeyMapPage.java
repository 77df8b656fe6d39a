package io.zhitong.backend.keys.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.keys.KeyMap;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyapi.VaultStatus;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The tree of the masters, with versions and states. */
@Controller
@Allowed({Role.KEY_OFFICER, Role.AUDITOR})
class KeyMapPage {
    private final KeyService vault;
    private final KeyWords words;

    KeyMapPage(KeyService vault, KeyWords words) {
        this.vault = vault;
        this.words = words;
    }

    @Bean
    static MenuEntry keysMenu() {
        return new MenuEntry("/keys", "keys.menu", "key", 60, Set.of(Role.KEY_OFFICER, Role.AUDITOR));
    }

    @GetMapping("/keys")
    String map(Locale locale, Model model) {
        boolean chinese = locale.getLanguage().equals("zh");
        model.addAttribute("words", words.in(chinese));
        model.addAttribute("states", KeyState.values());
        model.addAttribute("map", new KeyMap(List.of()));
        try {
            VaultStatus status = vault.status();
            model.addAttribute("status", status);
            if (status.state() == VaultState.OPEN) {
                model.addAttribute("map", KeyMap.of(vault.keys()));
            }
        } catch (KeyServiceException e) {
            model.addAttribute(
                    "unavailable", chinese ? e.reason().chinese() : e.reason().english());
        }
        return "keys/map";
    }
}
