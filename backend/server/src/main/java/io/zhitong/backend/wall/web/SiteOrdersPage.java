package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.devices.DeviceCommands;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.presence.RollCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Orders for the whole site: to every controller, each answer told by name (全区指令). */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN})
class SiteOrdersPage {
    private static final int LONGEST_REASON = 40;
    private static final int MOST_AREA = 0xFFFF;
    private static final long MOST_NUMBER = 0xFFFF_FFFFL;
    private static final long MOST_MINUTES = Duration.ofDays(366).toMinutes();

    private final Estate estate;
    private final DeviceCommands commands;
    private final RollCall call;
    private final Clock clock;

    SiteOrdersPage(Estate estate, DeviceCommands commands, RollCall call, Clock clock) {
        this.estate = estate;
        this.commands = commands;
        this.call = call;
        this.clock = clock;
    }

    @PostMapping("/wall/site")
    String order(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam SiteOrder what,
            @RequestParam(defaultValue = "0") long number,
            @RequestParam(defaultValue = "0") int area,
            @RequestParam(defaultValue = "0") long minutes,
            @RequestParam String why,
            Model model,
            Locale locale) {
        boolean english = locale.getLanguage().equals("en");
        String reason = why.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return outcome(model, false, english ? "Give a reason of 1 to 40 characters." : "请填写 1 到 40 个字的原因。");
        }
        boolean bounded = number >= 0
                && number <= MOST_NUMBER
                && area >= 0
                && area <= MOST_AREA
                && minutes >= 0
                && minutes <= MOST_MINUTES;
        if (!bounded || !what.takes(number)) {
            return outcome(model, false, english ? "This number means nothing to this order." : "该指令不能使用这个数值。");
        }
        if (what == SiteOrder.AMNESTY) { // before the devices forget: they are told nothing old in between
            call.forgive(user.community(), number, user.actor(), reason);
        }
        Instant end = minutes == 0 ? Instant.EPOCH : clock.instant().plus(Duration.ofMinutes(minutes));
        return told(user, what.kind(), what.arguments(number, area, end), reason, model, english);
    }

    private String told(
            ConsoleUser user, CommandKind kind, Octets arguments, String reason, Model model, boolean english) {
        List<DeviceRow> controllers = estate.devices(user.community()).stream()
                .filter(device -> device.kind() == DeviceKind.CONTROLLER)
                .toList();
        Map<DeviceRow, Supplier<OrderAnswers.Outcome>> sent = new LinkedHashMap<>();
        for (DeviceRow device : controllers) {
            sent.put(
                    device,
                    OrderAnswers.sent(
                            () -> commands.order(
                                    device.address(), kind, PointId.DEVICE, arguments, user.actor(), reason),
                            "",
                            english));
        }
        List<String> not = new ArrayList<>();
        sent.forEach((device, answer) -> {
            OrderAnswers.Outcome outcome = answer.get();
            if (!outcome.done()) {
                not.add(device.name() + (english ? ": " : "：") + outcome.text());
            }
        });
        int done = controllers.size() - not.size();
        String head = english
                ? "Done by " + done + " of " + controllers.size() + " controllers."
                : controllers.size() + " 台控制器中 " + done + " 台已执行。";
        return outcome(model, not.isEmpty() && done > 0, head + (not.isEmpty() ? "" : " " + String.join("；", not)));
    }

    private static String outcome(Model model, boolean done, String text) {
        model.addAttribute("done", done);
        model.addAttribute("text", text);
        return "wall/outcome";
    }
}
