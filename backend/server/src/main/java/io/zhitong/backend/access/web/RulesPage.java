package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.Trait;
import io.zhitong.backend.access.DraftRefusal;
import io.zhitong.backend.access.GroupKind;
import io.zhitong.backend.access.PolicyBook;
import io.zhitong.backend.access.PolicyContent;
import io.zhitong.backend.access.PolicyDraft;
import io.zhitong.backend.access.PolicyDrafts;
import io.zhitong.backend.access.RolloutHealth;
import io.zhitong.backend.access.Rollouts;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.MenuEntry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The policy in force or a draft of the next: who × where × when, with all that belongs to it. */
@Controller
class RulesPage {
    static final String PATH = "/rules";
    private static final int VERSIONS = 20;

    private final PolicyBook book;
    private final PolicyDrafts drafts;
    private final Rollouts rollouts;
    private final RolloutHealth health;
    private final PolicyView view;

    RulesPage(PolicyBook book, PolicyDrafts drafts, Rollouts rollouts, RolloutHealth health, PolicyView view) {
        this.book = book;
        this.drafts = drafts;
        this.rollouts = rollouts;
        this.health = health;
        this.view = view;
    }

    @Bean
    static MenuEntry rulesMenu() {
        return new MenuEntry(PATH, "access.menu", "rule", 26, Set.of(Role.PROPERTY, Role.ADMIN, Role.AUDITOR));
    }

    /** @param problem why the last step failed, by name */
    @GetMapping(PATH)
    @Allowed({Role.PROPERTY, Role.ADMIN, Role.AUDITOR})
    String page(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(required = false) Optional<UUID> draft,
            @RequestParam(defaultValue = "") String problem,
            Locale locale,
            Model model) {
        CommunityId community = user.community();
        boolean chinese = chinese(locale);
        Optional<PolicyDraft> open = draft.flatMap(id -> drafts.find(community, id));
        PolicyContent content = open.map(each -> each.over(book.content(community, each.base())))
                .orElseGet(() -> book.current(community));
        model.addAttribute("shown", view.of(community, content, chinese));
        model.addAttribute("version", book.newest(community));
        model.addAttribute(
                "versions",
                book.versions(community, VERSIONS).stream()
                        .map(each -> view.version(community, each))
                        .toList());
        model.addAttribute(
                "drafts", drafts.open(community).stream().map(PolicyView::draft).toList());
        Optional<Rollouts.Rollout> rollout = rollouts.running(community);
        model.addAttribute("rollout", rollout.orElse(null));
        model.addAttribute(
                "health", rollout.map(each -> health.of(community, each)).orElse(null));
        model.addAttribute("draft", open.map(PolicyView::draft).orElse(null));
        model.addAttribute("chinese", chinese);
        model.addAttribute("problem", problem(problem, chinese));
        model.addAttribute("mayDraft", user.roles().stream().anyMatch(Set.of(Role.PROPERTY, Role.ADMIN)::contains));
        model.addAttribute("mayApprove", user.roles().contains(Role.ADMIN));
        choices(model);
        return "access/rules";
    }

    private static void choices(Model model) {
        model.addAttribute("kinds", GroupKind.values());
        model.addAttribute("traits", Trait.values());
        model.addAttribute("modes", PointMode.values());
        model.addAttribute("offlines", OfflinePolicy.values());
        model.addAttribute("passbacks", AntiPassback.values());
        model.addAttribute("partitions", StalePolicy.values());
        model.addAttribute("levels", CarrierLevel.values());
        model.addAttribute("methods", AccessMethod.values());
        model.addAttribute("locks", LockKind.values());
    }

    static boolean chinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }

    /** In words; nothing for a name that is none of ours. */
    private static String problem(String name, boolean chinese) {
        if (name.equals(DraftForms.INPUT)) {
            return chinese ? "填写的内容无法识别或超出范围" : "What was typed cannot be read or is out of range.";
        }
        return Arrays.stream(DraftRefusal.values())
                .filter(each -> each.name().equals(name))
                .map(each -> chinese ? each.chinese() : each.english())
                .findFirst()
                .orElse("");
    }
}
