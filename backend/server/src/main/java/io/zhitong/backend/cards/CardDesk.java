package io.zhitong.backend.cards;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.backend.access.AccessLists;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.cards.DeskRefusal.Reason;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.keys.KeyHoldings;
import io.zhitong.backend.keys.Rotation;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.personalisation.PersonalisationRefused;
import io.zhitong.personalisation.Progress;
import io.zhitong.personalisation.ResidentCard;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a clerk does at the desk (发卡台业务): issue, report loss, find again, cancel. Everything is audited with before and
 * after; each change of a credential has the access lists compiled again after the commit.
 */
@Service
public class CardDesk {
    private final DeskReader reader;
    private final DeskSight sight;
    private final CardOrders orders;
    private final CredentialStore store;
    private final OrderSheet sheet;
    private final Estate estate;
    private final People people;
    private final AccessLists lists;
    private final AuditLog audit;
    private final Rotation rotation;
    private final KeyHoldings holdings;
    private final ResidentCard personaliser;
    private final TransactionTemplate transactions;
    private final Clock clock;

    CardDesk(
            DeskReader reader,
            DeskSight sight,
            CardOrders orders,
            CredentialStore store,
            OrderSheet sheet,
            Estate estate,
            People people,
            AccessLists lists,
            AuditLog audit,
            Rotation rotation,
            KeyHoldings holdings,
            KeyService keys,
            TransactionTemplate transactions,
            Clock clock) {
        this.reader = reader;
        this.sight = sight;
        this.orders = orders;
        this.store = store;
        this.sheet = sheet;
        this.estate = estate;
        this.people = people;
        this.lists = lists;
        this.audit = audit;
        this.rotation = rotation;
        this.holdings = holdings;
        this.personaliser = new ResidentCard(keys, clock);
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes the card on the reader the person's. An order that was interrupted is finished by calling this again with the
     * same card.
     *
     * @param to last valid day, at most twenty years ahead
     * @throws DeskRefusal with the reason
     */
    public CardHolding issue(ConsoleUser user, PersonId person, LocalDate to) {
        Community community = estate.community(user.community()).orElseThrow();
        LocalDate today = LocalDate.ofInstant(clock.instant(), community.zone());
        require(!to.isBefore(today) && to.isBefore(today.plusYears(20)), Reason.BAD_DATES);
        require(!people.residences(community.id(), today, person).isEmpty(), Reason.NOT_RESIDENT);
        require(store.of(community.id(), person).stream().noneMatch(CardHolding::active), Reason.HAS_CARD);
        return orRefusal(() -> reader.withCard(card -> {
            String chip = chip(card);
            OrderRow order =
                    orders.openOrNew(community, person, today, to, rotation.newest(community.id()), user.login());
            require(orders.bind(order, chip), Reason.ORDER_ON_OTHER_CARD);
            return make(user, community, order, card, chip);
        }));
    }

    /** A card that does not know our factory's chip file is not one of ours. */
    private String chip(CardChannel card) {
        try {
            return sight.chipOf(card);
        } catch (CardException e) {
            throw switch (e.reason()) {
                case STATUS, MALFORMED -> new DeskRefusal(Reason.CARD_NOT_OURS, e);
                case REMOVED, TIMEOUT, READER_FAILED -> e;
            };
        }
    }

    private CardHolding make(ConsoleUser user, Community community, OrderRow order, CardChannel card, String chip) {
        String name = people.name(community.id(), order.person()).orElse("");
        var written = sheet.order(community, order, name);
        personaliser.make(card, written, Progress.SILENT);
        var holding = new CardHolding(
                community.id(),
                order.number(),
                order.person(),
                CredentialStatus.ACTIVE,
                order.from(),
                order.to(),
                order.certificateNumber(),
                io.zhitong.smcrypto.Hex.of(written.purse().serial()).toUpperCase(Locale.ROOT),
                chip);
        transactions.executeWithoutResult(status -> {
            store.add(holding);
            holdings.cardWritten(community.id(), order.number(), order.keyVersions());
            orders.end(order, OrderState.DONE);
            audit.record(
                    community.id(),
                    user.actor(),
                    "card.issue",
                    "card " + order.number(),
                    "",
                    "person " + order.person().value() + " chip " + chip + " until " + order.to());
            lists.changed(community.id(), order.number());
        });
        return holding;
    }

    /** The person's unfinished order is given up; its card is waste and its number is never used again. */
    public void giveUp(ConsoleUser user, PersonId person) {
        CommunityId community = user.community();
        transactions.executeWithoutResult(status -> orders.open(community, person)
                .ifPresent(order -> {
                    orders.end(order, OrderState.GIVEN_UP);
                    audit.record(community, user.actor(), "card.giveup", "card " + order.number(), "open", "given up");
                }));
        sight.forget();
    }

    /** Doors and tills refuse the card from the next list on. */
    public void reportLoss(ConsoleUser user, CredentialNumber number) {
        change(user, number, CredentialStatus.ACTIVE, CredentialStatus.LOST, "card.loss");
    }

    /** The card was found: it is good again. */
    public void cancelLoss(ConsoleUser user, CredentialNumber number) {
        change(user, number, CredentialStatus.LOST, CredentialStatus.ACTIVE, "card.found");
    }

    /** For good. */
    public void cancel(ConsoleUser user, CredentialNumber number) {
        CredentialStatus now = store.byNumber(user.community(), number)
                .map(CardHolding::status)
                .filter(status -> status != CredentialStatus.CANCELLED)
                .orElseThrow(() -> new DeskRefusal(Reason.STATUS_CHANGED));
        change(user, number, now, CredentialStatus.CANCELLED, "card.cancel");
    }

    private void change(
            ConsoleUser user, CredentialNumber number, CredentialStatus from, CredentialStatus to, String action) {
        CommunityId community = user.community();
        transactions.executeWithoutResult(status -> {
            require(store.change(community, number, from, to), Reason.STATUS_CHANGED);
            audit.record(community, user.actor(), action, "card " + number, from.name(), to.name());
            lists.changed(community, number);
        });
        sight.forget();
    }

    private <T> T orRefusal(Supplier<T> work) {
        try {
            return work.get();
        } catch (PersonalisationRefused e) {
            throw new DeskRefusal(reason(e.reason()), e);
        } catch (CardException e) {
            throw refusal(e);
        } catch (KeyServiceException e) {
            throw refusal(e);
        } finally {
            sight.forget();
        }
    }

    private static Reason reason(PersonalisationRefused.Reason reason) {
        return switch (reason) {
            case NOT_OURS -> Reason.CARD_NOT_OURS;
            case ALREADY_ISSUED -> Reason.NOT_BLANK;
            case CARD_DEFECT, NOT_FIRST_ISSUED -> Reason.CARD_DEFECT;
        };
    }

    static DeskRefusal refusal(CardException e) {
        return new DeskRefusal(
                switch (e.reason()) {
                    case REMOVED, TIMEOUT -> Reason.CARD_LEFT;
                    case READER_FAILED -> Reason.NO_READER;
                    case MALFORMED, STATUS -> Reason.CARD_FAILED;
                },
                e);
    }

    static DeskRefusal refusal(KeyServiceException e) {
        return new DeskRefusal(
                switch (e.reason()) {
                    case UNAVAILABLE, SEALED -> Reason.VAULT_AWAY;
                    case NOT_ISSUER -> Reason.NOT_ISSUER;
                    default -> Reason.VAULT_REFUSED;
                },
                e);
    }

    static void require(boolean good, Reason otherwise) {
        if (!good) {
            throw new DeskRefusal(otherwise);
        }
    }
}
