package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.access.DraftRefusedException;
import io.zhitong.backend.access.PolicyDeployment;
import io.zhitong.backend.access.PolicyDeployment.Stage;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What puts a policy in force or takes it back. */
@Controller
@Allowed(Role.ADMIN)
class DeployForms {
    private static final String BACK = "redirect:" + RulesPage.PATH;
    private static final int WHOLE = 100;
    private static final int MOST_MINUTES = 7 * 24 * 60;

    private final PolicyDeployment deployment;
    private final Estate estate;

    DeployForms(PolicyDeployment deployment, Estate estate) {
        this.deployment = deployment;
        this.estate = estate;
    }

    /**
     * @param seen digest of the draft that the approver looked at
     * @param percent of the controllers that go first, unless devices are named
     * @param minutes after which the others follow in good health, 0 = by hand
     */
    @PostMapping("/rules/approve")
    String approve(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID draft,
            @RequestParam(defaultValue = "") String seen,
            @RequestParam(defaultValue = "100") int percent,
            @RequestParam(defaultValue = "") List<Long> device,
            @RequestParam(defaultValue = "0") int minutes) {
        try {
            List<DeviceId> named = device.stream()
                    .filter(Objects::nonNull)
                    .distinct()
                    .map(DeviceId::new)
                    .toList();
            List<DeviceId> first = named.isEmpty() ? share(user.community(), percent) : named;
            Duration after = Duration.ofMinutes(Math.max(0, Math.min(MOST_MINUTES, minutes)));
            deployment.approve(
                    user.community(), draft, Octets.of(Hex.parse(seen)), new Stage(first, after), user.actor());
            return BACK;
        } catch (DraftRefusedException e) {
            return DraftForms.back(draft, e.reason().name());
        } catch (IllegalArgumentException | ModelException | MalformedInput e) {
            return DraftForms.back(draft, DraftForms.INPUT);
        }
    }

    /** The first so many in a hundred controllers, one at least; none for all. */
    private List<DeviceId> share(CommunityId community, int percent) {
        List<DeviceId> controllers = estate.devices(community).stream()
                .filter(device -> device.kind() == DeviceKind.CONTROLLER)
                .map(DeviceRow::id)
                .toList();
        if (percent >= WHOLE || percent <= 0) {
            return List.of();
        }
        return controllers.subList(0, Math.min(controllers.size(), Math.max(1, controllers.size() * percent / WHOLE)));
    }

    @PostMapping("/rules/advance")
    String advance(@AuthenticationPrincipal ConsoleUser user, @RequestParam(defaultValue = "0") long version) {
        return attempt(() -> deployment.advance(user.community(), version, user.actor()));
    }

    @PostMapping("/rules/takeback")
    String takeBack(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "0") long version,
            @RequestParam(defaultValue = "") String why) {
        return attempt(() -> deployment.takeBack(user.community(), version, user.actor(), why));
    }

    @PostMapping("/rules/rollback")
    String rollBack(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "0") long version,
            @RequestParam(defaultValue = "") String why) {
        return attempt(() -> deployment.rollBack(user.community(), version, user.actor(), why));
    }

    private static String attempt(Runnable step) {
        try {
            step.run();
            return BACK;
        } catch (DraftRefusedException e) {
            return BACK + "?problem=" + e.reason();
        }
    }
}
