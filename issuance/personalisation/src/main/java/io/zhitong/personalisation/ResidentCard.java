package io.zhitong.personalisation;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;
import java.time.Clock;

/**
 * Makes a resident's card from a factory-fresh one (住户卡制卡): city purse and access application of one community.
 *
 * <p>Everything sent to the card that holds a key is wrapped by the vault for this one card; the channel may be relayed by
 * anybody. An order that was interrupted anywhere is run again with the same order and the same card: finished parts are
 * recognised and left alone, unfinished ones made anew. A card that holds another number is refused.
 */
public final class ResidentCard {
    private final KeyService keys;
    private final Clock clock;

    public ResidentCard(KeyService keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The chip identifier of the card that lies there, 8 bytes; needs no key.
     *
     * @throws io.zhitong.cardspec.CardException STATUS if the card shows none: it is of another make
     */
    public byte[] chipOf(CardChannel card) {
        return CardTakeOver.chipId(new CardCommands(card, keys));
    }

    /**
     * Runs the order on the card.
     *
     * @return the chip's identifier
     * @throws PersonalisationRefused if the card is not to be written, or does not verify afterwards
     * @throws io.zhitong.cardspec.CardException if the card left or refused: run the order again
     * @throws io.zhitong.keyapi.KeyServiceException if the vault refused or is away: run the order again
     */
    public MadeCard make(CardChannel card, CardOrder order, Progress progress) {
        var commands = new CardCommands(card, keys);
        boolean purseMade = PurseMaker.isMade(card, order.purse());
        boolean accessMade = AccessMaker.isMade(card, order, clock.instant());
        var takeOver = new CardTakeOver(commands, progress);
        CardTakeOver.Owned owned = takeOver.run(chipId -> control(order, chipId));
        if (!purseMade) {
            enter(commands, owned);
            makePurse(new PurseMaker(order, commands, progress), owned);
        }
        if (!accessMade) {
            enter(commands, owned);
            makeAccess(new AccessMaker(order, commands, keys, progress), owned);
        }
        progress.begins(CardStep.VERIFY);
        if (!PurseMaker.isMade(card, order.purse()) || !AccessMaker.isMade(card, order, clock.instant())) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.CARD_DEFECT, "");
        }
        return new MadeCard(owned.chipId());
    }

    private static void makePurse(PurseMaker purse, CardTakeOver.Owned owned) {
        purse.make();
        purse.writeKeys(owned.control());
        purse.writeData();
    }

    private static void makeAccess(AccessMaker access, CardTakeOver.Owned owned) {
        access.make();
        access.writeKeys(owned.control());
        access.certify();
    }

    /** Selecting the MF clears its status. */
    private static void enter(CardCommands commands, CardTakeOver.Owned owned) {
        commands.selectMf();
        if (!commands.authenticate(owned.control())) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.NOT_OURS, "");
        }
    }

    private static KeyRef control(CardOrder order, byte[] chipId) {
        return KeyRef.of(
                KeyUsage.CARD_CONTROL,
                order.keyVersions().of(KeyUsage.CARD_CONTROL),
                order.city(),
                order.community(),
                chipId);
    }
}
