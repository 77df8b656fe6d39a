package io.zhitong.backend.devices.web;

import io.zhitong.backend.devices.DeviceStates;
import io.zhitong.backend.devices.DeviceTokens;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.MenuEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The devices of a community: what runs on each, and the tokens with which hardware is enrolled or replaced. */
@Controller
@Allowed(Role.ADMIN)
class DevicesPage {
    private static final String PATH = "/devices";
    private static final Duration VALID = Duration.ofDays(1);

    private final Estate estate;
    private final DeviceStates states;
    private final DeviceTokens tokens;
    private final DevicesView view;

    DevicesPage(Estate estate, DeviceStates states, DeviceTokens tokens, DevicesView view) {
        this.estate = estate;
        this.states = states;
        this.tokens = tokens;
        this.view = view;
    }

    /** What the token is for (注册码用途). */
    enum Purpose {
        /** Whatever the device had stays good. */
        ENROL,
        /** Other hardware under the same number; the old certificates end when it enrols. */
        REPLACE
    }

    @Bean
    static MenuEntry devicesMenu() {
        return new MenuEntry(PATH, "devices.menu", "device", 27, Set.of(Role.ADMIN));
    }

    @GetMapping(PATH)
    String page(@AuthenticationPrincipal ConsoleUser user, Model model) {
        model.addAttribute("devices", view.rows(user.community()));
        return "devices/devices";
    }

    /** @param living that the device is known to run and is replaced all the same */
    @PostMapping(PATH + "/token")
    String token(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam long device,
            @RequestParam Purpose purpose,
            @RequestParam(defaultValue = "false") boolean living,
            Model model) {
        Optional<DeviceRow> row = estate.devices(user.community()).stream()
                .filter(each -> each.id().value() == device)
                .findFirst();
        boolean lives = purpose == Purpose.REPLACE
                && !living
                && row.filter(this::connected).isPresent();
        model.addAttribute("problem", row.isEmpty() ? "unknown" : lives ? "lives" : "");
        model.addAttribute("name", row.map(DeviceRow::name).orElse(""));
        model.addAttribute("purpose", purpose);
        model.addAttribute(
                "token",
                row.filter(any -> !lives)
                        .map(found -> issued(found, user, purpose))
                        .orElse(""));
        return "devices/token";
    }

    private boolean connected(DeviceRow device) {
        return states.of(device.address()).filter(state -> state.connected()).isPresent();
    }

    private String issued(DeviceRow device, ConsoleUser user, Purpose purpose) {
        return switch (purpose) {
            case ENROL -> tokens.issue(device.address(), user.actor(), VALID);
            case REPLACE -> tokens.replacement(device.address(), user.actor(), VALID);
        };
    }
}
