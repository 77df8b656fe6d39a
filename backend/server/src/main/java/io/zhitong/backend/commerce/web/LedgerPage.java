package io.zhitong.backend.commerce.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.commerce.PurchaseQuery;
import io.zhitong.backend.commerce.PurchaseState;
import io.zhitong.backend.commerce.StoredPurchase;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.ledger.AccountBalance;
import io.zhitong.backend.web.MenuEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Accounts, purchases, suspense and gaps; filters are in the address. */
@Controller
@Allowed({Role.FINANCE, Role.ADMIN})
class LedgerPage {
    private static final int LONGEST_SEARCH = 40;

    private final LedgerView view;
    private final PurchaseQuery purchases;

    LedgerPage(LedgerView view, PurchaseQuery purchases) {
        this.view = view;
        this.purchases = purchases;
    }

    @Bean
    static MenuEntry ledgerMenu() {
        return new MenuEntry("/ledger", "ledger.menu", "ledger", 40, Set.of(Role.FINANCE, Role.ADMIN));
    }

    @GetMapping("/ledger")
    String ledger(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "0") long before,
            Locale locale,
            Model model) {
        CommunityId community = user.community();
        boolean chinese = locale.getLanguage().equals("zh");
        List<AccountBalance> balances = view.balances(community);
        model.addAttribute("figures", view.figures(balances, chinese));
        model.addAttribute("accounts", view.accounts(balances, chinese));
        model.addAttribute("suspense", view.suspense(community, chinese));
        model.addAttribute("gaps", view.gaps(community, chinese));
        model.addAttribute("queue", view.queue(community, chinese));
        search(community, q.substring(0, Math.min(q.length(), LONGEST_SEARCH)), state, before, chinese, model);
        return "commerce/ledger";
    }

    private void search(CommunityId community, String text, String state, long before, boolean chinese, Model model) {
        Optional<PurchaseState> wanted = Arrays.stream(PurchaseState.values())
                .filter(s -> s.name().equals(state))
                .findFirst();
        OptionalLong below = before > 0 ? OptionalLong.of(before) : OptionalLong.empty();
        List<StoredPurchase> found = purchases.search(community, text, wanted, below, LedgerView.PAGE);
        model.addAttribute("purchases", view.purchases(found, chinese));
        model.addAttribute("states", PurchaseState.values());
        model.addAttribute("q", text);
        model.addAttribute("state", wanted.map(Enum::name).orElse(""));
        model.addAttribute(
                "older",
                found.size() < LedgerView.PAGE ? 0 : found.get(found.size() - 1).position());
    }
}
