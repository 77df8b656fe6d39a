package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.LiftOrder;
import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.access.LiftHosts;
import io.zhitong.backend.devices.DeviceCommands;
import io.zhitong.backend.devices.SentCommand;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.estate.UnitRow;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.cardspec.CredentialNumber;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A household lets a visitor up: house door, car to the lobby, the host's floor only (访客派梯). */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN})
class LiftOrdersPage {
    private static final int LONGEST_REASON = 40;

    private final Estate estate;
    private final LiftHosts hosts;
    private final DeviceCommands commands;

    LiftOrdersPage(Estate estate, LiftHosts hosts, DeviceCommands commands) {
        this.estate = estate;
        this.hosts = hosts;
        this.commands = commands;
    }

    @PostMapping("/wall/lift")
    String order(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String lift,
            @RequestParam String unit,
            @RequestParam(defaultValue = "") String floor,
            @RequestParam(defaultValue = "5") int minutes,
            @RequestParam(defaultValue = "") String door,
            @RequestParam String why,
            Model model,
            Locale locale) {
        LiftWords words = new LiftWords(locale.getLanguage().equals("en"));
        OrderAnswers.Outcome outcome = why.strip().isEmpty() || why.strip().length() > LONGEST_REASON
                ? words.not(LiftWords.Refusal.REASON)
                : minutes < 1 || minutes > LiftOrder.MOST_MINUTES
                        ? words.not(LiftWords.Refusal.MINUTES)
                        : asked(user, new Asked(lift, unit.strip(), floor.strip(), minutes, door, why.strip()), words);
        model.addAttribute("done", outcome.done());
        model.addAttribute("text", outcome.text());
        return "wall/outcome";
    }

    private record Asked(String lift, String unit, String floor, int minutes, String door, String why) {}

    private OrderAnswers.Outcome asked(ConsoleUser user, Asked asked, LiftWords words) {
        Optional<PointRow> lift = LiftChoice.lifts(estate.points(user.community())).stream()
                .filter(point -> LiftChoice.id(point).equals(asked.lift()))
                .findFirst();
        Optional<UnitRow> unit = estate.units(user.community()).stream()
                .filter(row -> row.name().equals(asked.unit()))
                .findFirst();
        if (lift.isEmpty() || unit.isEmpty()) {
            return words.not(lift.isEmpty() ? LiftWords.Refusal.LIFT : LiftWords.Refusal.UNIT);
        }
        SortedMap<Integer, CredentialNumber> floors =
                hosts.floors(user.community(), unit.get().id(), lift.get());
        Optional<Integer> chosen = LiftChoice.floor(asked.floor(), floors.keySet());
        return chosen.map(to -> sent(
                        user,
                        asked,
                        lift.get(),
                        new LiftOrder(Objects.requireNonNull(floors.get(to)), to, asked.minutes()),
                        words))
                .orElseGet(() -> words.choose(floors.keySet()));
    }

    private OrderAnswers.Outcome sent(ConsoleUser user, Asked asked, PointRow lift, LiftOrder order, LiftWords words) {
        Optional<Supplier<OrderAnswers.Outcome>> opened = estate.points(user.community()).stream()
                .filter(point -> LiftChoice.id(point).equals(asked.door()))
                .findFirst()
                .map(point -> OrderAnswers.sent(
                        () -> order(user, point, CommandKind.OPEN, Octets.EMPTY, asked.why()), "", words.english()));
        OrderAnswers.Outcome called = OrderAnswers.sent(
                        () -> order(user, lift, CommandKind.LIFT, order.encode(), asked.why()),
                        words.done(order),
                        words.english())
                .get();
        return opened.map(Supplier::get)
                .filter(door -> !door.done())
                .map(door -> words.doorShut(door, called))
                .orElse(called);
    }

    private SentCommand order(ConsoleUser user, PointRow point, CommandKind kind, Octets arguments, String why) {
        return commands.order(
                new DeviceAddress(user.community(), point.device()), kind, point.id(), arguments, user.actor(), why);
    }
}
