package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
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
     * @return Refused leaves the intent open, ask again, unless it is NOT_DEBITED; every other outcome has settled it
     */
    public PurchaseOutcome resolve(CardChannel card, PurchaseIntent intent) {
        return resolve(card, intent, Pin.NONE);
    }

    /** The same for a debit of the deposit, whose counter a card with a PIN shows only after it. */
    public PurchaseOutcome resolve(CardChannel card, PurchaseIntent intent, Pin pin) {
        PurchaseRecord open = intent.grey();
        try {
            Purse purse = Purse.select(card);
            if (!Arrays.equals(purse.data().serial(), open.cardSerial())) {
                return new PurchaseOutcome.Refused(PurchaseRefusal.OTHER_CARD, 0);
            }
            ResponseApdu proof = purse.prove(open.type(), open.offlineSeq());
            return proof.is(StatusWord.NO_PROOF)
                    ? withoutProof(purse, intent, pin)
                    : withProof(intent, proof.expect("GET TRANSACTION PROVE", PROOF));
        } catch (CardException e) {
            return new PurchaseOutcome.Refused(PurchaseRefusal.before(e), e.sw());
        }
    }

    private PurchaseOutcome withProof(PurchaseIntent intent, byte[] proof) {
        byte[] mac2 = Arrays.copyOf(proof, 4);
        byte[] tac = Arrays.copyOfRange(proof, 4, PROOF);
        try (PurchaseSam.Session session = sam.begin()) {
            PurchaseSam.Verdict verdict = PsamDebit.verdict(session, intent, mac2);
            // The card may have bought elsewhere with that number since: then the proof is of another purchase.
            return verdict == PurchaseSam.Verdict.WRONG
                    ? giveUp(intent)
                    : PsamDebit.settle(journal, verdict, intent, tac);
        }
    }

    private PurchaseOutcome withoutProof(Purse purse, PurchaseIntent intent, Pin pin) {
        purse.verify(pin);
        if (!counterStandsAt(intent.grey(), purse)) {
            return giveUp(intent);
        }
        journal.settled(intent.notDebited());
        return new PurchaseOutcome.Refused(PurchaseRefusal.NOT_DEBITED, StatusWord.NO_PROOF.value());
    }

    /** A card whose balance does not even reach one fen cannot be asked for its counter. */
    private boolean counterStandsAt(PurchaseRecord open, Purse purse) {
        boolean deposit = open.type() == TransactionType.CASH || open.type() == TransactionType.ED_PURCHASE;
        TransactionType probe = deposit ? TransactionType.ED_PURCHASE : TransactionType.EP_PURCHASE;
        try {
            return purse.init(probe, 1, sam.terminal()).offlineSeq() == open.offlineSeq();
        } catch (CardException e) {
            if (e.reason() != CardException.Reason.STATUS || deposit && wantsPin(e.sw())) {
                throw e;
            }
            return false;
        }
    }

    private static boolean wantsPin(int sw) {
        return sw == StatusWord.SECURITY_NOT_SATISFIED.value() || sw == StatusWord.CONDITIONS_NOT_MET.value();
    }

    /** The card does not come back: the record stays grey, its later counter settles it. */
    public PurchaseOutcome giveUp(PurchaseIntent intent) {
        journal.settled(intent.grey());
        return new PurchaseOutcome.Unconfirmed(intent.grey(), PurchaseRefusal.GIVEN_UP);
    }
}
