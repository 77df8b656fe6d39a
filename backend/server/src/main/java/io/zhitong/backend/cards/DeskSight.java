package io.zhitong.backend.cards;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardterminal.Purse;
import io.zhitong.keyapi.KeyService;
import io.zhitong.personalisation.ResidentCard;
import io.zhitong.smcrypto.Hex;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Says what lies on the desk's reader (识卡). A card is read once when it comes and after each piece of work on it, not at every
 * look of a page.
 */
@Component
public class DeskSight {
    private static final byte[] NO_SERIAL = new byte[10];

    /** What was seen, for which sighting and community. */
    private record Seen(DeskReader.Sighting sighting, CommunityId community, DeskCard card) {}

    private final DeskReader reader;
    private final CredentialStore store;
    private final CardOrders orders;
    private final People people;
    private final ResidentCard cards;
    private volatile Optional<Seen> seen = Optional.empty();

    DeskSight(
            DeskReader reader, CredentialStore store, CardOrders orders, People people, KeyService keys, Clock clock) {
        this.reader = reader;
        this.store = store;
        this.orders = orders;
        this.people = people;
        this.cards = new ResidentCard(keys, clock);
    }

    /** What lies there now. */
    public DeskCard look(CommunityId community) {
        DeskReader.Sighting now = reader.sighting();
        return switch (now.presence()) {
            case AWAY -> DeskCard.of(DeskCard.Kind.NO_READER);
            case EMPTY -> DeskCard.of(DeskCard.Kind.EMPTY);
            case CARD -> reader.busy() ? DeskCard.of(DeskCard.Kind.BUSY) : card(community, now);
        };
    }

    /** The next look reads the card again. */
    void forget() {
        seen = Optional.empty();
    }

    private DeskCard card(CommunityId community, DeskReader.Sighting now) {
        Optional<Seen> known =
                seen.filter(s -> s.sighting().equals(now) && s.community().equals(community));
        if (known.isPresent()) {
            return known.get().card();
        }
        try {
            DeskCard card = reader.withCard(channel -> identify(community, channel));
            seen = Optional.of(new Seen(now, community, card));
            return card;
        } catch (CardException e) {
            return DeskCard.of(
                    e.reason() == CardException.Reason.READER_FAILED ? DeskCard.Kind.NO_READER : DeskCard.Kind.EMPTY);
        }
    }

    private DeskCard identify(CommunityId community, CardChannel channel) {
        try {
            Purse purse = Purse.select(channel);
            if (!java.util.Arrays.equals(purse.data().serial(), NO_SERIAL)) {
                Optional<CardHolding> holding = store.bySerial(community, serial(purse));
                if (holding.isPresent()) {
                    return issued(holding.get(), purse.balance());
                }
            }
        } catch (CardException e) {
            passOnUnlessRefused(e);
        }
        return blank(community, channel);
    }

    private DeskCard issued(CardHolding card, long balance) {
        return new DeskCard(
                DeskCard.Kind.ISSUED, card.chipId(), Optional.of(card), name(card.community(), card.person()), balance);
    }

    private DeskCard blank(CommunityId community, CardChannel channel) {
        String chip;
        try {
            chip = chipOf(channel);
        } catch (CardException e) {
            passOnUnlessRefused(e);
            return DeskCard.of(DeskCard.Kind.FOREIGN);
        }
        Optional<OrderRow> begun = orders.openOn(community, chip);
        return new DeskCard(
                begun.isPresent() ? DeskCard.Kind.BEGUN : DeskCard.Kind.BLANK,
                chip,
                Optional.empty(),
                begun.flatMap(order -> name(community, order.person())),
                -1);
    }

    String chipOf(CardChannel channel) {
        return Hex.of(cards.chipOf(channel));
    }

    static String serial(Purse purse) {
        return Hex.of(purse.data().serial()).toUpperCase(Locale.ROOT);
    }

    private Optional<String> name(CommunityId community, PersonId person) {
        return people.name(community, person);
    }

    private static void passOnUnlessRefused(CardException e) {
        if (e.reason() != CardException.Reason.STATUS && e.reason() != CardException.Reason.MALFORMED) {
            throw e;
        }
    }
}
