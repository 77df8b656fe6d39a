package io.zhitong.backend.updates.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.updates.DeviceUpdates;
import io.zhitong.backend.updates.RunningSoftware;
import io.zhitong.backend.updates.UpdateProblem;
import io.zhitong.backend.updates.UpdateProblemException;
import io.zhitong.backend.web.MenuEntry;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Software for devices: upload, approval by another person, chosen devices first, then all. */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN})
class UpdatesPage {
    private static final String PATH = "/updates";
    private static final int MOST_MINUTES = 10_080;

    private final DeviceUpdates updates;

    UpdatesPage(DeviceUpdates updates) {
        this.updates = updates;
    }

    /** A device that can be updated. */
    record Choice(long number, String version, Architecture architecture) {}

    @Bean
    static MenuEntry updatesMenu() {
        return new MenuEntry(PATH, "updates.menu", "device", 29, Set.of(Role.PROPERTY, Role.ADMIN));
    }

    /** @param problem why the last step failed, by name */
    @GetMapping(PATH)
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String problem,
            Locale locale,
            Model model) {
        boolean chinese = locale.getLanguage().equals("zh");
        model.addAttribute("chinese", chinese);
        model.addAttribute("updates", updates.all(user.community()));
        model.addAttribute("choices", choices(user.community()));
        model.addAttribute("architectures", Architecture.values());
        model.addAttribute("mayApprove", user.roles().contains(Role.ADMIN));
        model.addAttribute(
                "problem",
                Arrays.stream(UpdateProblem.values())
                        .filter(each -> each.name().equals(problem))
                        .map(each -> chinese ? each.chinese() : each.english())
                        .findFirst()
                        .orElse(""));
        return "updates/updates";
    }

    private List<Choice> choices(CommunityId community) {
        Map<Long, RunningSoftware> sorted = new TreeMap<>();
        updates.updatable(community).forEach((device, software) -> sorted.put(device.value(), software));
        return sorted.entrySet().stream()
                .map(each -> new Choice(
                        each.getKey(),
                        each.getValue().version().toString(),
                        each.getValue().architecture()))
                .toList();
    }

    @PostMapping(PATH)
    String upload(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam Architecture architecture,
            @RequestParam(required = false) Optional<MultipartFile> bundle) {
        MultipartFile sent = bundle.orElseThrow(() -> new MalformedInput("expected a bundle"));
        return answered(() -> {
            Path file = scratch();
            try {
                sent.transferTo(file);
                updates.upload(user.community(), architecture, file, user.actor());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                delete(file);
            }
        });
    }

    private static Path scratch() {
        try {
            return Files.createTempFile("bundle", ".zip");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param first numbers of devices
     * @param minutes 0 = the others follow by hand only
     */
    @PostMapping(PATH + "/approve")
    @Allowed(Role.ADMIN)
    String approve(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam String bundle,
            @RequestParam(required = false) Optional<List<Long>> first,
            @RequestParam(defaultValue = "false") boolean older,
            @RequestParam(defaultValue = "0") int minutes) {
        if (minutes < 0 || minutes > MOST_MINUTES) {
            throw new MalformedInput("expected 0 to " + MOST_MINUTES + " minutes");
        }
        List<DeviceId> devices = first.orElse(List.of()).stream()
                .map(number -> device(Optional.ofNullable(number).orElse(0L)))
                .toList();
        return answered(() -> updates.approve(
                user.community(), hash(bundle), devices, older, Duration.ofMinutes(minutes), user.actor()));
    }

    @PostMapping(PATH + "/advance")
    @Allowed(Role.ADMIN)
    String advance(@AuthenticationPrincipal ConsoleUser user, @RequestParam String bundle) {
        return answered(() -> updates.advance(user.community(), hash(bundle), user.actor()));
    }

    @PostMapping(PATH + "/stop")
    String stop(@AuthenticationPrincipal ConsoleUser user, @RequestParam String bundle) {
        return answered(() -> updates.stop(
                user.community(), hash(bundle), user.actor(), user.actor().name()));
    }

    private static DeviceId device(long number) {
        if (number < 1 || number > 0xFFFF_FFFFL) {
            throw new MalformedInput("expected the number of a device");
        }
        return new DeviceId(number);
    }

    private static Hash hash(String text) {
        if (!text.matches("[0-9a-fA-F]{64}")) {
            throw new MalformedInput("expected the SM3 of a bundle");
        }
        return Hash.of(Hex.parse(text));
    }

    private static String answered(Runnable step) {
        try {
            step.run();
            return "redirect:" + PATH;
        } catch (UpdateProblemException e) {
            return "redirect:" + PATH + "?problem=" + e.reason().name();
        }
    }
}
