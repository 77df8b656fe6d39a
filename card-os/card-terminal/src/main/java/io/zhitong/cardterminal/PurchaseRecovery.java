package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import java.util.Arrays;

/**
 * Settles a purchase whose end the terminal does not know (闪卡恢复): the card left between DEBIT and its answer, or the
 * terminal stopped there.
 *
 * <p>"No proof" means "not debited" only on the same card, serial compared first, and only while its counter still stands at
 * the number of that purchase: a later purchase elsewhere overwrites the proof. Source: docs/card.md.
 */
public final class PurchaseRecovery {
    private static final int PROOF = 8;

    private final PurchaseSam sam;
    private final PurchaseJournal journal;

    public PurchaseRecovery(PurchaseSam sam, PurchaseJournal journal) {
        this.sam = sam;
        this.journal = journal;
    }

    /**
     * Asks the card that lies there now.
     *
     * @return Refused with OTHER_CARD or CARD_LEFT leaves the intent open: ask again; every other outcome has settled it
     */
    public PurchaseOutcome resolve(CardChannel card, PurchaseIntent intent) {
        PurchaseRecord open = intent.grey();
        try {
            Purse purse = Purse.select(card);
            if (!Arrays.equals(purse.data().serial(), open.cardSerial())) {
                return new PurchaseOutcome.Refused(PurchaseRefusal.OTHER_CARD, 0);
            }
            ResponseApdu proof = purse.prove(open.type(), open.offlineSeq());
            return proof.is(StatusWord.NO_PROOF)
                    ? withoutProof(purse, intent)
                    : withProof(intent, proof.expect("GET TRANSACTION PROVE", PROOF));
        } catch (CardException e) {
            return new PurchaseOutcome.Refused(PurchaseRefusal.before(e), e.sw());
        }
    }

    private PurchaseOutcome withProof(PurchaseIntent intent, byte[] proof) {
        byte[] mac2 = Arrays.copyOf(proof, 4);
        byte[] tac = Arrays.copyOfRange(proof, 4, PROOF);
        try (PurchaseSam.Session session = sam.begin()) {
            PurchaseSam.Verdict verdict = Purchase.verdict(session, intent, mac2);
            // The card may have bought elsewhere with that number since: then the proof is of another purchase.
            return verdict == PurchaseSam.Verdict.WRONG
                    ? giveUp(intent)
                    : Purchase.settle(journal, verdict, intent, tac);
        }
    }

    private PurchaseOutcome withoutProof(Purse purse, PurchaseIntent intent) {
        if (!counterStandsAt(intent.grey().offlineSeq(), purse)) {
            return giveUp(intent);
        }
        journal.settled(intent.notDebited());
        return new PurchaseOutcome.Refused(PurchaseRefusal.NOT_DEBITED, StatusWord.NO_PROOF.value());
    }

    /** A card whose balance does not even reach one fen cannot be asked for its counter. */
    private boolean counterStandsAt(int sequence, Purse purse) {
        try {
            return purse.initPurchase(1, sam.terminal()).offlineSeq() == sequence;
        } catch (CardException e) {
            if (e.reason() == CardException.Reason.STATUS) {
                return false;
            }
            throw e;
        }
    }

    /** The card does not come back: the record stays grey, its later counter settles it. */
    public PurchaseOutcome giveUp(PurchaseIntent intent) {
        journal.settled(intent.grey());
        return new PurchaseOutcome.Unconfirmed(intent.grey(), PurchaseRefusal.GIVEN_UP);
    }
}
