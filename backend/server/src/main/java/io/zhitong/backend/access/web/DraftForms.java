package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.backend.access.AccessPins;
import io.zhitong.backend.access.DraftRefusedException;
import io.zhitong.backend.access.ItemKey;
import io.zhitong.backend.access.ItemKind;
import io.zhitong.backend.access.PolicyBook;
import io.zhitong.backend.access.PolicyDrafts;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.cardspec.CredentialNumber;
import java.time.DateTimeException;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What changes a draft; a step that fails leads back with its reason. */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN})
class DraftForms {
    static final String INPUT = "INPUT";
    private static final String BACK = "redirect:" + RulesPage.PATH;
    private static final long MOST_ID = 0xFFFF;

    private final PolicyDrafts drafts;
    private final PolicyBook book;
    private final AccessPins pins;

    DraftForms(PolicyDrafts drafts, PolicyBook book, AccessPins pins) {
        this.drafts = drafts;
        this.book = book;
        this.pins = pins;
    }

    @PostMapping("/rules/draft")
    String begin(@AuthenticationPrincipal ConsoleUser user, @RequestParam(defaultValue = "") String title) {
        try {
            return back(drafts.begin(user.community(), title, user.actor()), "");
        } catch (DraftRefusedException e) {
            return BACK + "?problem=" + e.reason();
        } catch (IllegalArgumentException e) {
            return BACK + "?problem=" + INPUT;
        }
    }

    /** An item is put in: a new one where no id is given; a changed rule always gets a new id. */
    @PostMapping("/rules/draft/item")
    String put(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID draft,
            @RequestParam(defaultValue = "0") int kind,
            @RequestParam MultiValueMap<String, String> form) {
        return attempt(draft, () -> {
            CommunityId community = user.community();
            ItemKind wanted = Coded.require(ItemKind.class, kind);
            TypedItem typed = new TypedItem(form);
            long id = typed.number("id");
            boolean fresh = id == 0 || wanted == ItemKind.RULE;
            drafts.put(community, draft, typed.item(wanted, fresh ? free(community, wanted) : id), user.actor());
            if (wanted == ItemKind.RULE && id > 0) {
                drafts.remove(community, draft, new ItemKey(wanted, id), user.actor());
            }
        });
    }

    private long free(CommunityId community, ItemKind kind) {
        long free = book.free(community, kind);
        if (kind != ItemKind.RULE && kind.numbered() && free > MOST_ID) {
            throw new IllegalArgumentException("all numbers of this kind are given away");
        }
        return free;
    }

    @PostMapping("/rules/draft/remove")
    String remove(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam UUID draft,
            @RequestParam(defaultValue = "0") int kind,
            @RequestParam(defaultValue = "0") long number) {
        return attempt(
                draft,
                () -> drafts.remove(
                        user.community(),
                        draft,
                        new ItemKey(Coded.require(ItemKind.class, kind), number),
                        user.actor()));
    }

    @PostMapping("/rules/draft/refresh")
    String refresh(@AuthenticationPrincipal ConsoleUser user, @RequestParam UUID draft) {
        return attempt(draft, () -> drafts.refresh(user.community(), draft, user.actor()));
    }

    @PostMapping("/rules/draft/discard")
    String discard(@AuthenticationPrincipal ConsoleUser user, @RequestParam UUID draft) {
        return attempt(draft, () -> drafts.discard(user.community(), draft, user.actor()));
    }

    /** An empty PIN takes the PIN away. */
    @PostMapping("/rules/pin")
    String pin(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String credential,
            @RequestParam(defaultValue = "") String pin) {
        try {
            CredentialNumber number = CredentialNumber.parse(credential.strip());
            if (pin.isEmpty()) {
                pins.clear(user.community(), number, user.actor());
            } else {
                pins.set(user.community(), number, pin, user.actor());
            }
            return BACK;
        } catch (IllegalArgumentException e) {
            return BACK + "?problem=" + INPUT;
        }
    }

    private static String attempt(UUID draft, Runnable step) {
        try {
            step.run();
            return back(draft, "");
        } catch (DraftRefusedException e) {
            return back(draft, e.reason().name());
        } catch (IllegalArgumentException | ModelException | DateTimeException e) {
            return back(draft, INPUT);
        }
    }

    static String back(UUID draft, String problem) {
        return BACK + "?draft=" + draft + (problem.isEmpty() ? "" : "&problem=" + problem);
    }
}
