package io.zhitong.backend.commerce.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.commerce.Merchant;
import io.zhitong.backend.commerce.MerchantDesk;
import io.zhitong.backend.commerce.MerchantFault;
import io.zhitong.backend.commerce.Merchants;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.MenuEntry;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The merchants and their tills; administrators register them (商户). */
@Controller
class MerchantPage {
    private static final String PATH = "/merchants";

    private final Merchants merchants;
    private final MerchantDesk desk;

    MerchantPage(Merchants merchants, MerchantDesk desk) {
        this.merchants = merchants;
        this.desk = desk;
    }

    @Bean
    static MenuEntry merchantsMenu() {
        return new MenuEntry(PATH, "merchants.menu", "shop", 41, Set.of(Role.FINANCE, Role.ADMIN));
    }

    /** A merchant as it is shown. */
    record Line(String code, String name, List<DeviceRow> tills) {}

    @GetMapping(PATH)
    @Allowed({Role.FINANCE, Role.ADMIN})
    String page(@AuthenticationPrincipal ConsoleUser user, Model model) {
        return shown(user, "", "", model);
    }

    /** @param till number of a payment terminal that no merchant has */
    @PostMapping(PATH)
    @Allowed(Role.ADMIN)
    String add(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String name,
            @RequestParam DeviceId till,
            Model model,
            HttpServletResponse response) {
        Optional<MerchantFault> fault =
                desk.add(new DeviceAddress(user.community(), till), code.strip(), name.strip(), user.actor());
        return done(user, fault, code, name, model, response);
    }

    /** One more till of a merchant. */
    @PostMapping(PATH + "/till")
    @Allowed(Role.ADMIN)
    String addTill(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String code,
            @RequestParam DeviceId till,
            Model model,
            HttpServletResponse response) {
        Optional<MerchantFault> fault =
                desk.addTill(new DeviceAddress(user.community(), till), code.strip(), user.actor());
        return done(user, fault, "", "", model, response);
    }

    private String done(
            ConsoleUser user,
            Optional<MerchantFault> fault,
            String code,
            String name,
            Model model,
            HttpServletResponse response) {
        if (fault.isEmpty()) {
            return "redirect:" + PATH;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("fault", "merchants.fault." + fault.get());
        return shown(user, code, name, model);
    }

    private String shown(ConsoleUser user, String code, String name, Model model) {
        CommunityId community = user.community();
        List<Line> lines = merchants.all(community).stream().map(this::line).toList();
        model.addAttribute("merchants", lines);
        model.addAttribute("tills", desk.freeTills(community));
        model.addAttribute("changes", user.roles().contains(Role.ADMIN));
        model.addAttribute("code", code);
        model.addAttribute("name", name);
        return "commerce/merchants";
    }

    private Line line(Merchant merchant) {
        return new Line(merchant.code(), merchant.name(), desk.tills(merchant));
    }
}
