package io.zhitong.backend.cards;

import io.zhitong.backend.cards.DeskRefusal.Reason;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.ledger.LedgerException;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardterminal.Load;
import io.zhitong.cardterminal.LoadOutcome;
import io.zhitong.cardterminal.LoadRecord;
import io.zhitong.cardterminal.LoadRefusal;
import io.zhitong.cardterminal.Purse;
import io.zhitong.cardterminal.VaultLoadHost;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import java.time.Clock;
import java.time.LocalDateTime;
import org.springframework.stereotype.Service;

/**
 * Loads money at the desk (柜台充值): the vault is the load host, the ledger gets its transfer once the card's TAC holds. A load
 * whose end is open is settled first, before the card is loaded again.
 */
@Service
public class LoadDesk {
    /** Highest single load, fen. */
    public static final long MOST = 100_000;

    private final DeskReader reader;
    private final DeskSight sight;
    private final CredentialStore store;
    private final OpenLoads loads;
    private final Estate estate;
    private final KeyService keys;
    private final Clock clock;

    LoadDesk(
            DeskReader reader,
            DeskSight sight,
            CredentialStore store,
            OpenLoads loads,
            Estate estate,
            KeyService keys,
            Clock clock) {
        this.reader = reader;
        this.sight = sight;
        this.store = store;
        this.loads = loads;
        this.estate = estate;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Loads the card on the reader.
     *
     * @param purseSerial of the card the clerk saw, 20 hex digits: another card is refused
     * @param amountFen 1 to {@value #MOST}
     * @return the balance afterwards, fen
     * @throws DeskRefusal with the reason
     */
    public long load(ConsoleUser user, String purseSerial, long amountFen) {
        CardDesk.require(amountFen > 0 && amountFen <= MOST, Reason.BAD_AMOUNT);
        Community community = estate.community(user.community()).orElseThrow();
        try {
            return reader.withCard(card -> loadOn(card, user, community, purseSerial, amountFen));
        } catch (CardException e) {
            throw CardDesk.refusal(e);
        } catch (KeyServiceException e) {
            throw CardDesk.refusal(e);
        } catch (LedgerException e) {
            throw new DeskRefusal(Reason.LEDGER_REFUSED, e);
        } finally {
            sight.forget();
        }
    }

    private long loadOn(CardChannel card, ConsoleUser user, Community community, String serial, long amount) {
        CardDesk.require(DeskSight.serial(Purse.select(card)).equals(serial), Reason.OTHER_CARD);
        CardDesk.require(
                store.bySerial(user.community(), serial)
                        .filter(CardHolding::active)
                        .isPresent(),
                Reason.NOT_ACTIVE);
        CommunityKeys factors = CommunityKeys.of(community);
        var load = new Load(new VaultLoadHost(keys, factors.city()), loads.journal(user), factors.loadTerminal());
        for (LoadRecord open : loads.open(user.community(), serial)) {
            settleFirst(load.resolve(card, open));
        }
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), community.zone());
        return balance(load.load(card, amount, now));
    }

    private static void settleFirst(LoadOutcome outcome) {
        CardDesk.require(!(outcome instanceof LoadOutcome.Loaded), Reason.LOAD_SETTLED);
        boolean nothingHappened =
                outcome instanceof LoadOutcome.Refused refused && refused.reason() == LoadRefusal.NOT_CREDITED;
        CardDesk.require(nothingHappened, Reason.LOAD_IN_DOUBT);
    }

    private static long balance(LoadOutcome outcome) {
        if (outcome instanceof LoadOutcome.Loaded loaded) {
            return loaded.record().newBalance();
        }
        if (outcome instanceof LoadOutcome.InDoubt) {
            throw new DeskRefusal(Reason.LOAD_IN_DOUBT);
        }
        var refused = (LoadOutcome.Refused) outcome;
        throw new DeskRefusal(refused.reason() == LoadRefusal.CARD_LEFT ? Reason.CARD_LEFT : Reason.LOAD_REFUSED);
    }
}
