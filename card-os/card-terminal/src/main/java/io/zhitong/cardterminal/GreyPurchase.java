package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import java.time.LocalDateTime;
import java.util.Arrays;

/**
 * Metered use of the purse, such as charging (灰锁消费), docs/card.md "Grey lock": {@link #lock} before the service, {@link
 * #debit} when the amount is known. The lock's terminal sequence stands in the record of the debit, so that each number of
 * the PSAM is settled once; what is durable in which order: as {@link Purchase}. The card's TAC of the debit is checked by
 * the issuer; that it is the card which was locked, the PSAM confirmed at the lock. Thread-safe as far as its parts are.
 */
public final class GreyPurchase {
    private static final int LOCK_ANSWER = 8;
    private static final int TAC = 4;

    private final MeteredSam sam;
    private final PurchaseJournal journal;
    private final CardAcceptance acceptance;

    public GreyPurchase(MeteredSam sam, PurchaseJournal journal, CardAcceptance acceptance) {
        this.sam = sam;
        this.journal = journal;
        this.acceptance = acceptance;
    }

    /** Locks the purse; {@code at} is local time of the terminal's community. */
    public GreyOutcome lock(CardChannel card, LocalDateTime at) {
        CardTime time = CardTime.of(at);
        Purse purse;
        PurchaseOffer offer;
        try {
            purse = Purse.select(card);
            if (!purse.data().validOn(time.date4())) {
                return new GreyOutcome.Refused(PurchaseRefusal.NOT_VALID_TODAY, 0);
            }
            if (!acceptance.accepts(purse.data())) {
                return new GreyOutcome.Refused(PurchaseRefusal.BLACKLISTED, 0);
            }
            offer = purse.initGreyLock(sam.terminal());
        } catch (CardException e) {
            return new GreyOutcome.Refused(PurchaseRefusal.before(e), e.sw());
        }
        try (MeteredSam.LockSession session = sam.beginLock()) {
            return authorise(purse, offer, session, time);
        }
    }

    private GreyOutcome authorise(Purse purse, PurchaseOffer offer, MeteredSam.LockSession session, CardTime time) {
        PurchaseIntent intent;
        try {
            var opened = new PsamDebit.Opened(TransactionType.EP_GREY_LOCK, 0, offer);
            intent =
                    PurchaseIntent.of(sam.serial(), sam.terminal(), session.nextSequence(), purse.data(), opened, time);
        } catch (MalformedInput e) {
            return new GreyOutcome.Refused(PurchaseRefusal.CARD_ANSWER_MALFORMED, 0);
        }
        journal.intent(intent);
        GreyLock lock = new GreyLock(intent.grey());
        MeteredSam.LockAuthorisation given;
        try {
            given = session.authorise(demand(lock, offer));
        } catch (CardException e) {
            return refused(intent, PurchaseRefusal.ofSam(e), e.sw());
        }
        if (given.terminalSeq() != lock.record().terminalSeq()) {
            return refused(intent, PurchaseRefusal.SAM_FAILED, 0);
        }
        return send(purse, session, intent, given);
    }

    private static PurchaseSam.Demand demand(GreyLock lock, PurchaseOffer offer) {
        PurchaseRecord planned = lock.record();
        return new PurchaseSam.Demand(
                offer.random(),
                offer.offlineSeq(),
                offer.balance(),
                planned.type(),
                planned.time(),
                offer.keyVersion(),
                offer.algorithm(),
                planned.cardFactor());
    }

    private GreyOutcome send(
            Purse purse, MeteredSam.LockSession session, PurchaseIntent intent, MeteredSam.LockAuthorisation given) {
        byte[] body = new ByteWriter()
                .u32(given.terminalSeq())
                .bytes(given.random())
                .bytes(intent.grey().time().bytes())
                .bytes(given.mac1())
                .toByteArray();
        ResponseApdu answer;
        try {
            answer = purse.lockGrey(body);
        } catch (CardException e) {
            return new GreyOutcome.InDoubt(new GreyLock(intent.grey()));
        }
        if (answer.is(StatusWord.OK) && answer.data().length == LOCK_ANSWER) {
            byte[] gtac = Arrays.copyOf(answer.data(), TAC);
            return confirm(session, intent, gtac, Arrays.copyOfRange(answer.data(), TAC, LOCK_ANSWER));
        }
        if (answer.is(StatusWord.OK) || PsamDebit.leavesDoubt(answer.sw())) {
            return new GreyOutcome.InDoubt(new GreyLock(intent.grey()));
        }
        return refused(intent, PurchaseRefusal.of(answer.sw()), answer.sw());
    }

    private GreyOutcome confirm(MeteredSam.LockSession session, PurchaseIntent intent, byte[] gtac, byte[] mac2) {
        GreyLock lock = new GreyLock(intent.debited(gtac, PurchaseRecord.State.GREY));
        return switch (verdict(session, intent, mac2)) {
            case GENUINE -> new GreyOutcome.Locked(lock);
            case WRONG -> refused(intent, PurchaseRefusal.CARD_MAC_WRONG, 0);
            // The card may well be genuine, and it is locked: the lock stays open until it is released.
            case CANNOT_TELL -> new GreyOutcome.InDoubt(lock);
        };
    }

    private static PurchaseSam.Verdict verdict(MeteredSam.LockSession session, PurchaseIntent intent, byte[] mac2) {
        try {
            return session.confirm(intent.grey().terminalSeq(), mac2);
        } catch (CardException e) {
            return PurchaseSam.Verdict.CANNOT_TELL;
        }
    }

    private GreyOutcome refused(PurchaseIntent intent, PurchaseRefusal reason, int sw) {
        journal.settled(intent.notDebited());
        return new GreyOutcome.Refused(reason, sw);
    }

    /**
     * Ends the service: debits and unlocks the purse.
     *
     * @param amount fen, 0 (nothing was used) to the balance at the lock
     * @return Paid for 0 too; InDoubt if the card left: {@link #resolve} asks it
     */
    public PurchaseOutcome debit(CardChannel card, GreyLock lock, long amount, LocalDateTime at) {
        CardTime time = CardTime.of(at);
        try {
            Purse purse = Purse.select(card);
            if (!isCardOf(lock, purse)) {
                return new PurchaseOutcome.Refused(PurchaseRefusal.OTHER_CARD, 0);
            }
            return send(purse, lock, amount, time);
        } catch (CardException e) {
            return new PurchaseOutcome.Refused(PurchaseRefusal.before(e), e.sw());
        }
    }

    private PurchaseOutcome send(Purse purse, GreyLock lock, long amount, CardTime time) {
        byte[] gmac;
        try {
            gmac = sam.debitMac(lock, amount);
        } catch (CardException e) {
            return new PurchaseOutcome.Refused(PurchaseRefusal.SAM_FAILED, e.sw());
        }
        int sequence = lock.record().offlineSeq() + 1;
        byte[] body = new ByteWriter()
                .u32(amount)
                .u16(sequence)
                .bytes(lock.record().terminal())
                .u32(lock.record().terminalSeq())
                .bytes(time.bytes())
                .bytes(gmac)
                .toByteArray();
        PurchaseIntent doubt = intended(lock, amount, sequence, time);
        ResponseApdu answer;
        try {
            answer = purse.debitGrey(body);
        } catch (CardException e) {
            return new PurchaseOutcome.InDoubt(doubt);
        }
        if (answer.is(StatusWord.OK) && answer.data().length == TAC) {
            return paid(doubt.debited(answer.data(), PurchaseRecord.State.PAID));
        }
        return answer.is(StatusWord.OK) || PsamDebit.leavesDoubt(answer.sw())
                ? new PurchaseOutcome.InDoubt(doubt)
                : new PurchaseOutcome.Refused(PurchaseRefusal.of(answer.sw()), answer.sw());
    }

    private static PurchaseIntent intended(GreyLock lock, long amount, int sequence, CardTime time) {
        var proof = new GreyProof(0, 0, 0, sequence, lock.record().terminal(), 0, time, new byte[TAC]);
        return new PurchaseIntent(lock.ended(
                TransactionType.EP_GREY_DEBIT, amount, lock.record().balance(), proof, PurchaseRecord.State.GREY));
    }

    private PurchaseOutcome paid(PurchaseRecord record) {
        journal.settled(record);
        return new PurchaseOutcome.Paid(record);
    }

    /**
     * Asks the card that lies there now where it stands.
     *
     * @return Paid or Refused with NOT_DEBITED if the lock has ended or never was, and it is settled; InDoubt if the purse is
     *     locked by this terminal: {@link #debit} goes on, with 0 if no service was given; Unconfirmed with GIVEN_UP if the
     *     card has been locked elsewhere since; every other Refused leaves it open
     */
    public PurchaseOutcome resolve(CardChannel card, GreyLock lock) {
        try {
            Purse purse = Purse.select(card);
            if (!isCardOf(lock, purse)) {
                return new PurchaseOutcome.Refused(PurchaseRefusal.OTHER_CARD, 0);
            }
            return judge(lock, purse.greyProof());
        } catch (CardException e) {
            return new PurchaseOutcome.Refused(PurchaseRefusal.before(e), e.sw());
        }
    }

    private PurchaseOutcome judge(GreyLock lock, GreyProof proof) {
        boolean locked = proof.state() == GreyProof.LOCKED;
        boolean debited = proof.type() == TransactionType.EP_GREY_DEBIT.id();
        if (!proof.isOf(lock) || !locked && !debited) {
            return withoutProof(lock, proof);
        }
        if (locked) {
            return new PurchaseOutcome.InDoubt(new PurchaseIntent(lock.record()));
        }
        long amount = lock.record().balance() - proof.balance();
        return paid(
                lock.ended(TransactionType.EP_GREY_DEBIT, amount, proof.balance(), proof, PurchaseRecord.State.PAID));
    }

    /** A lock whose GTAC came was there: who ended it is not known here. One whose answer never came may never have been. */
    private PurchaseOutcome withoutProof(GreyLock lock, GreyProof proof) {
        PurchaseIntent intent = new PurchaseIntent(lock.record());
        boolean wasThere = !Arrays.equals(lock.record().tac(), new byte[TAC]);
        if (wasThere || proof.state() != GreyProof.FREE) {
            journal.settled(lock.record());
            return new PurchaseOutcome.Unconfirmed(lock.record(), PurchaseRefusal.GIVEN_UP);
        }
        journal.settled(intent.notDebited());
        return new PurchaseOutcome.Refused(PurchaseRefusal.NOT_DEBITED, 0);
    }

    private static boolean isCardOf(GreyLock lock, Purse purse) {
        return Arrays.equals(purse.data().serial(), lock.record().cardSerial());
    }
}
