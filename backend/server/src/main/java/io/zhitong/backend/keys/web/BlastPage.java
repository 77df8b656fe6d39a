package io.zhitong.backend.keys.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.keys.BlastRadius;
import io.zhitong.backend.keys.BlastRadius.Answer;
import io.zhitong.backend.keys.KeyHoldings;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What falls if something is lost, and what to do. */
@Controller
@Allowed({Role.KEY_OFFICER, Role.AUDITOR})
class BlastPage {
    /** What may be lost. */
    enum Thing {
        SAM,
        DEVICE,
        CARD,
        KEY
    }

    private final BlastRadius blast;
    private final KeyHoldings holdings;
    private final Estate estate;
    private final KeyWords words;

    BlastPage(BlastRadius blast, KeyHoldings holdings, Estate estate, KeyWords words) {
        this.blast = blast;
        this.holdings = holdings;
        this.estate = estate;
        this.words = words;
    }

    @GetMapping("/keys/blast")
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "SAM") Thing thing,
            @RequestParam(defaultValue = "") String q,
            Locale locale,
            Model model) {
        model.addAttribute("words", words.in(locale));
        model.addAttribute("things", Thing.values());
        model.addAttribute("thing", thing);
        model.addAttribute("q", q);
        model.addAttribute("sams", holdings.sams(user.community()));
        model.addAttribute("devices", estate.everyDevice(user.community()));
        if (!q.isBlank()) {
            try {
                answer(user.community(), thing, q.strip())
                        .ifPresentOrElse(
                                answer -> model.addAttribute("answer", answer),
                                () -> model.addAttribute("nothing", true));
            } catch (KeyServiceException | ModelException | IllegalArgumentException | MalformedInput e) {
                model.addAttribute("malformed", true);
            }
        }
        return "keys/blast";
    }

    private Optional<Answer> answer(CommunityId community, Thing thing, String q) {
        return switch (thing) {
            case SAM -> blast.ofSam(community, q.toUpperCase(Locale.ROOT));
            case DEVICE -> blast.ofDevice(community, new DeviceId(Long.parseLong(q)));
            case CARD -> blast.ofCard(community, CredentialNumber.parse(q));
            case KEY -> Optional.of(blast.ofMaster(community, KeyRef.parse(q)));
        };
    }
}
