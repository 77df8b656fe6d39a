package io.zhitong.backend.devices.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.devices.SyncProof;
import io.zhitong.backend.devices.SyncProofs;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.HomeFigure;
import io.zhitong.backend.web.HomeFigures;
import io.zhitong.backend.web.LiveStreams;
import io.zhitong.backend.web.MenuEntry;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Whether each device holds what it should, proved by its own roots; follows what happens. */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN, Role.AUDITOR, Role.OVERSEER})
class SyncPage {
    private static final String PATH = "/sync";
    private static final Set<Role> ROLES = Set.of(Role.PROPERTY, Role.ADMIN, Role.AUDITOR, Role.OVERSEER);

    private final SyncProofs proofs;
    private final SyncView view;
    private final LiveStreams streams;

    SyncPage(SyncProofs proofs, SyncView view, LiveStreams streams) {
        this.proofs = proofs;
        this.view = view;
        this.streams = streams;
    }

    @Bean
    static MenuEntry syncMenu() {
        return new MenuEntry(PATH, "sync.menu", "device", 24, ROLES);
    }

    @Bean
    static HomeFigures syncHomeFigures(SyncProofs proofs) {
        return new HomeFigures(24, ROLES, user -> {
            SyncProof proof = proofs.of(user.community());
            return List.of(new HomeFigure(
                    "sync.figure", proof.inStep() + "/" + proof.devices().size(), PATH, !proof.all()));
        });
    }

    @GetMapping(PATH)
    String page(@AuthenticationPrincipal ConsoleUser user, Model model, Locale locale) {
        model.addAttribute("proof", view.of(user.community(), proofs.of(user.community()), locale));
        return "devices/sync";
    }

    /** The part of the page that changes. */
    @GetMapping(PATH + "/part")
    String part(@AuthenticationPrincipal ConsoleUser user, Model model, Locale locale) {
        page(user, model, locale);
        return "devices/sync :: proof";
    }

    @GetMapping(PATH + "/stream")
    SseEmitter stream(@AuthenticationPrincipal ConsoleUser user, Locale locale) {
        CommunityId community = user.community();
        return streams.watch(() -> view.of(community, proofs.of(community), locale));
    }
}
