package io.zhitong.backend.register.web;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.register.DeviceRegister;
import io.zhitong.backend.register.PointTyped;
import io.zhitong.backend.register.RegisterRefusal;
import io.zhitong.backend.register.RegisterRefusedException;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.RevocationReason;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The register of devices: looked at by whoever watches them, changed by administrators (设备档案). */
@Controller
@Allowed(Role.ADMIN)
class DevicePages {
    static final String PATH = "/devices";
    private static final String LIST = "register/devices";
    private static final String ONE = "register/device";
    private static final long MOST = 0xFFFF_FFFFL;

    private final DeviceRegister register;
    private final DeviceView view;

    DevicePages(DeviceRegister register, DeviceView view) {
        this.register = register;
        this.view = view;
    }

    @Bean
    static MenuEntry devicesMenu() {
        return new MenuEntry(PATH, "register.menu", "device", 23, Set.of(Role.PROPERTY, Role.ADMIN, Role.AUDITOR));
    }

    @GetMapping(PATH)
    @Allowed({Role.PROPERTY, Role.ADMIN, Role.AUDITOR})
    String list(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "false") boolean retired,
            Model model,
            Locale locale) {
        model.addAttribute("shown", view.of(user.community(), text, retired, english(locale)));
        model.addAttribute("text", text);
        model.addAttribute("retired", retired);
        model.addAttribute("kinds", DeviceKind.values());
        model.addAttribute("changes", changes(user));
        return LIST;
    }

    @PostMapping(PATH)
    String add(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam long number,
            @RequestParam DeviceKind kind,
            @RequestParam String name,
            @RequestParam(defaultValue = "") String place,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        try {
            if (number < 1 || number > MOST) {
                return refused(RegisterRefusal.NUMBER, model, response, list(user, "", false, model, locale));
            }
            DeviceRow row = new DeviceRow(user.community(), new DeviceId(number), kind, name.strip());
            register.add(row, place.strip(), user.actor());
            return "redirect:" + PATH + "/" + number;
        } catch (RegisterRefusedException e) {
            return refused(e.reason(), model, response, list(user, "", false, model, locale));
        }
    }

    @GetMapping(PATH + "/{number}")
    @Allowed({Role.PROPERTY, Role.ADMIN, Role.AUDITOR})
    String one(@AuthenticationPrincipal ConsoleUser user, @PathVariable long number, Model model, Locale locale) {
        boolean english = english(locale);
        DeviceView.Whole whole = view.whole(address(user, number), english)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("whole", whole);
        model.addAttribute("device", whole.device());
        model.addAttribute(
                "pointKinds",
                choices(PointTyped.kinds(whole.kind()).stream().sorted().toList(), english));
        model.addAttribute(
                "methods",
                choices(
                        whole.kind() == DeviceKind.POS
                                ? List.of(AccessMethod.NONE)
                                : PointTyped.METHODS.stream().sorted().toList(),
                        english));
        model.addAttribute("reasons", RevocationReason.values());
        model.addAttribute("orders", changes(user) || user.roles().contains(Role.PROPERTY));
        model.addAttribute("english", english);
        model.addAttribute("changes", changes(user));
        return ONE;
    }

    /** Something that can be chosen. */
    record Choice(String name, String word) {}

    private static <C extends Enum<C> & Coded> List<Choice> choices(List<C> of, boolean english) {
        return of.stream()
                .map(each -> new Choice(each.name(), DeviceView.word(each, english)))
                .toList();
    }

    @PostMapping(PATH + "/{number}")
    String describe(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable long number,
            @RequestParam String name,
            @RequestParam(defaultValue = "") String place,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        Act act = device -> register.describe(device, name.strip(), place.strip(), user.actor());
        return done(user, number, act, model, locale, response);
    }

    @PostMapping(PATH + "/{number}/point")
    String point(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable long number,
            @RequestParam int point,
            @RequestParam PointKind kind,
            @RequestParam AccessMethod method,
            @RequestParam String name,
            @RequestParam(defaultValue = "false") boolean known,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        PointTyped typed = new PointTyped(point, kind, method, name);
        Act act = known
                ? device -> register.changePoint(device, typed, user.actor())
                : device -> register.addPoint(device, typed, user.actor());
        return done(user, number, act, model, locale, response);
    }

    @PostMapping(PATH + "/{number}/take-back")
    String takeBack(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable long number,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        return done(user, number, device -> register.takeBack(device, user.actor()), model, locale, response);
    }

    @PostMapping(PATH + "/{number}/retire")
    String retire(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable long number,
            @RequestParam RevocationReason reason,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        try {
            return done(user, number, device -> register.retire(device, reason, user.actor()), model, locale, response);
        } catch (KeyServiceException e) {
            model.addAttribute("vaultAway", true);
            return one(user, number, model, locale);
        }
    }

    @PostMapping(PATH + "/{number}/reinstate")
    String reinstate(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable long number,
            Model model,
            Locale locale,
            HttpServletResponse response) {
        return done(user, number, device -> register.reinstate(device, user.actor()), model, locale, response);
    }

    /** What is done to a device. */
    interface Act {
        void on(DeviceAddress device);
    }

    private String done(
            ConsoleUser user, long number, Act act, Model model, Locale locale, HttpServletResponse response) {
        try {
            act.on(address(user, number));
            return "redirect:" + PATH + "/" + number;
        } catch (RegisterRefusedException e) {
            return refused(e.reason(), model, response, one(user, number, model, locale));
        }
    }

    static String refused(RegisterRefusal reason, Model model, HttpServletResponse response, String page) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("refused", "register.refused." + reason);
        return page;
    }

    static DeviceAddress address(ConsoleUser user, long number) {
        if (number < 1 || number > MOST) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return new DeviceAddress(user.community(), new DeviceId(number));
    }

    private static boolean changes(ConsoleUser user) {
        return user.roles().contains(Role.ADMIN);
    }

    static boolean english(Locale locale) {
        return locale.getLanguage().equals("en");
    }
}
