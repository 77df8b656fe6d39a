package io.zhitong.backend.cards.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.cards.CardHolding;
import io.zhitong.backend.cards.CredentialStore;
import io.zhitong.backend.cards.DeskCard;
import io.zhitong.backend.cards.DeskSight;
import io.zhitong.backend.cards.PendingOrders;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.Resident;
import io.zhitong.backend.people.ResidentSearch;
import io.zhitong.personalisation.CardStep;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills the parts of the desk page (发卡台页面数据). */
@Component
class DeskModel {
    private static final int ROWS = 30;
    private static final int USUAL_YEARS = 5;

    private final Estate estate;
    private final People people;
    private final ResidentSearch search;
    private final CredentialStore store;
    private final PendingOrders pending;
    private final DeskSight sight;
    private final Clock clock;

    DeskModel(
            Estate estate,
            People people,
            ResidentSearch search,
            CredentialStore store,
            PendingOrders pending,
            DeskSight sight,
            Clock clock) {
        this.search = search;
        this.estate = estate;
        this.people = people;
        this.store = store;
        this.pending = pending;
        this.sight = sight;
        this.clock = clock;
    }

    void residents(ConsoleUser user, String text, Model model) {
        CommunityId community = user.community();
        List<Resident> found = byCard(community, text.strip())
                .map(card -> people.residences(community, today(community), card.person()))
                .orElseGet(() -> search.find(community, today(community), text, ROWS));
        model.addAttribute("residents", found);
        model.addAttribute("q", text);
    }

    private Optional<CardHolding> byCard(CommunityId community, String text) {
        return switch (text.length()) {
            case 16 -> store.bySerial(community, "0000" + text);
            case 20 -> store.bySerial(community, text.toUpperCase(java.util.Locale.ROOT));
            default -> Optional.empty();
        };
    }

    void nobody(Model model) {
        model.addAttribute("homes", List.of());
        model.addAttribute("cards", List.of());
    }

    void person(ConsoleUser user, PersonId person, Model model) {
        CommunityId community = user.community();
        LocalDate today = today(community);
        List<Resident> homes = people.residences(community, today, person);
        List<CardHolding> cards = store.of(community, person);
        model.addAttribute("homes", homes);
        model.addAttribute("cards", cards);
        model.addAttribute("hasCard", cards.stream().anyMatch(CardHolding::active));
        model.addAttribute("begun", pending.of(community, person));
        model.addAttribute("steps", CardStep.ofResidentCard());
        model.addAttribute("until", today.plusYears(USUAL_YEARS));
        model.addAttribute("latest", today.plusYears(20).minusDays(1));
        model.addAttribute("today", today);
    }

    /** Answers a mark that changes when the picture does. */
    String reader(ConsoleUser user, Model model) {
        DeskCard card = sight.look(user.community());
        model.addAttribute("card", card);
        String mark = Hex.of(Sm3.hash(card.toString().getBytes(StandardCharsets.UTF_8)))
                .substring(0, 16);
        model.addAttribute("mark", mark);
        return mark;
    }

    private LocalDate today(CommunityId community) {
        return LocalDate.ofInstant(
                clock.instant(),
                estate.community(community).map(Community::zone).orElse(clock.getZone()));
    }
}
