package io.zhitong.backend.wall.web;

import io.zhitong.backend.devices.DeviceRevocation;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.RevocationReason;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Takes a device out of service in one action (吊销设备). */
@Controller
@Allowed(Role.ADMIN)
class RevocationPage {
    private final Estate estate;
    private final DeviceRevocation revocation;
    private final MessageSource messages;

    RevocationPage(Estate estate, DeviceRevocation revocation, MessageSource messages) {
        this.estate = estate;
        this.revocation = revocation;
        this.messages = messages;
    }

    @PostMapping("/wall/revoke")
    String revoke(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam long device,
            @RequestParam RevocationReason reason,
            Model model,
            Locale locale) {
        Optional<DeviceRow> row = estate.devices(user.community()).stream()
                .filter(each -> each.id().value() == device)
                .findFirst();
        String word = row.map(found -> revoked(found, user, reason)).orElse("wall.revoke.unknown");
        Object[] name = {row.map(DeviceRow::name).orElse("")};
        model.addAttribute("done", row.isPresent());
        model.addAttribute("text", messages.getMessage(word, name, locale));
        return "wall/outcome";
    }

    private String revoked(DeviceRow device, ConsoleUser user, RevocationReason reason) {
        try {
            revocation.revoke(device.address(), user.actor(), reason);
            return "wall.revoke.done";
        } catch (KeyServiceException e) {
            return "wall.revoke.vault";
        }
    }
}
