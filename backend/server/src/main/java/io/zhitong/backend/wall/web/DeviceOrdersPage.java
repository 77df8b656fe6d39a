package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PulseOrder;
import io.zhitong.backend.devices.DeviceCommands;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Orders for a device itself, from its page: its clock, an output that lets nobody through (设备指令). */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN})
class DeviceOrdersPage {
    private static final int LONGEST_REASON = 40;
    private static final int MOST_TERMINAL = 0xFFFF;
    private static final int LONGEST_SECONDS = PulseOrder.LONGEST_MILLIS / 1_000;

    private static final Pattern FOUND = Pattern.compile("offset (-?\\d+) ms, step (-?\\d+) ms, error (\\d+) ms");

    private final DeviceCommands commands;

    DeviceOrdersPage(DeviceCommands commands) {
        this.commands = commands;
    }

    /** The device compares its time with the backend's and takes it over. */
    @PostMapping("/wall/clock")
    String clock(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam DeviceId device,
            @RequestParam String why,
            Model model,
            Locale locale) {
        boolean english = english(locale);
        String done = english ? "The clock was set:" : "已校时，";
        return ordered(user, device, CommandKind.CLOCK, Octets.EMPTY, why, done, model, english);
    }

    /** An output of its board is energised for some seconds. */
    @PostMapping("/wall/pulse")
    String pulse(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam DeviceId device,
            @RequestParam int terminal,
            @RequestParam int seconds,
            @RequestParam String why,
            Model model,
            Locale locale) {
        boolean english = english(locale);
        if (terminal < 0 || terminal > MOST_TERMINAL || seconds < 1 || seconds > LONGEST_SECONDS) {
            return outcome(
                    model,
                    false,
                    english
                            ? "Choose an output and 1 to " + LONGEST_SECONDS + " seconds."
                            : "请选择输出，并填写 1 到 " + LONGEST_SECONDS + " 秒。");
        }
        Octets arguments = new PulseOrder(terminal, seconds * 1_000).encode();
        String done = english ? "The output is on for " + seconds + " s." : "输出已接通 " + seconds + " 秒。";
        return ordered(user, device, CommandKind.RELAY, arguments, why, done, model, english);
    }

    private String ordered(
            ConsoleUser user,
            DeviceId device,
            CommandKind kind,
            Octets arguments,
            String why,
            String done,
            Model model,
            boolean english) {
        String reason = why.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return outcome(model, false, english ? "Give a reason of 1 to 40 characters." : "请填写 1 到 40 个字的原因。");
        }
        DeviceAddress address = new DeviceAddress(user.community(), device);
        OrderAnswers.Outcome outcome = OrderAnswers.sent(
                        () -> commands.order(address, kind, PointId.DEVICE, arguments, user.actor(), reason),
                        done,
                        english)
                .get();
        return outcome(model, outcome.done(), english ? outcome.text() : chinese(outcome.text()));
    }

    /** Of what a device says it found, docs/link.md. */
    static String chinese(String found) {
        Matcher offset = FOUND.matcher(found);
        return offset.replaceFirst("时差 $1 毫秒，调整 $2 毫秒，误差不超过 $3 毫秒。");
    }

    private static boolean english(Locale locale) {
        return locale.getLanguage().equals("en");
    }

    private static String outcome(Model model, boolean done, String text) {
        model.addAttribute("done", done);
        model.addAttribute("text", text);
        return "wall/outcome";
    }
}
