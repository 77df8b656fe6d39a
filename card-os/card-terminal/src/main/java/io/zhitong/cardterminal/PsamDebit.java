package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.smcrypto.MalformedInput;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Set;

/**
 * What purchase, cash withdrawal and CAPP have in common: SELECT, INIT, [INIT SAM], DEBIT, [CREDIT SAM].
 *
 * <p>Order of what is durable: intent, then the PSAM's number, then the card's debit, then the record, then "paid".
 * Exceptions of the {@link PurchaseJournal} pass through: before the debit nothing happened; after it the intent stays open
 * and is settled by {@link PurchaseRecovery}. Thread-safe as far as its parts are.
 */
final class PsamDebit {
    /** Status words after which the card may or may not have debited. */
    private static final Set<Integer> UNSURE =
            Set.of(StatusWord.MEMORY_FAILED.value(), StatusWord.INTERNAL.value(), StatusWord.STATE_UNCHANGED.value());

    private static final int DEBIT_ANSWER = 8;

    private final PurchaseSam sam;
    private final PurchaseJournal journal;
    private final CardAcceptance acceptance;

    PsamDebit(PurchaseSam sam, PurchaseJournal journal, CardAcceptance acceptance) {
        this.sam = sam;
        this.journal = journal;
        this.acceptance = acceptance;
    }

    /** What is done at the card between its selection and the PSAM. */
    interface Opening {
        /**
         * Sends INIT and what belongs behind it.
         *
         * @throws PurchaseRefused if the sale is not to go on
         */
        Opened open(Purse purse, byte[] terminal6, CardTime time);
    }

    /** INIT of one kind for an amount already known; a PIN is verified before where there is one. */
    static Opening simply(TransactionType type, long amount, Pin pin) {
        if (amount <= 0 || amount > 0xFFFFFFFFL) {
            throw new IllegalArgumentException("expected an amount of 1 fen to 2^32-1");
        }
        return (purse, terminal6, time) -> {
            purse.verify(pin);
            return new Opened(type, amount, purse.init(type, amount, terminal6));
        };
    }

    /** A debit that the card is ready for; amount in fen. */
    record Opened(TransactionType type, long amount, PurchaseOffer offer) {}

    /** Runs the transaction; {@code at} is local time of the terminal's community. */
    PurchaseOutcome run(CardChannel card, LocalDateTime at, Opening opening) {
        Purse purse;
        Opened opened;
        CardTime time = CardTime.of(at);
        try {
            purse = Purse.select(card);
            if (!purse.data().validOn(time.date4())) {
                return new PurchaseOutcome.Refused(PurchaseRefusal.NOT_VALID_TODAY, 0);
            }
            if (!acceptance.accepts(purse.data())) {
                return new PurchaseOutcome.Refused(PurchaseRefusal.BLACKLISTED, 0);
            }
            opened = opening.open(purse, sam.terminal(), time);
        } catch (PurchaseRefused e) {
            return new PurchaseOutcome.Refused(e.reason(), 0);
        } catch (CardException e) {
            return new PurchaseOutcome.Refused(PurchaseRefusal.before(e), e.sw());
        }
        try (PurchaseSam.Session session = sam.begin()) {
            return charge(purse, opened, session, time);
        }
    }

    private PurchaseOutcome charge(Purse purse, Opened opened, PurchaseSam.Session session, CardTime time) {
        PurchaseIntent intent;
        try {
            intent =
                    PurchaseIntent.of(sam.serial(), sam.terminal(), session.nextSequence(), purse.data(), opened, time);
        } catch (MalformedInput e) {
            return new PurchaseOutcome.Refused(PurchaseRefusal.CARD_ANSWER_MALFORMED, 0);
        }
        journal.intent(intent);
        byte[] mac1;
        try {
            mac1 = mac1(session, intent, opened.offer());
        } catch (CardException e) {
            journal.settled(intent.notDebited());
            return new PurchaseOutcome.Refused(PurchaseRefusal.ofSam(e), e.sw());
        }
        return debit(purse, session, intent, mac1);
    }

    private byte[] mac1(PurchaseSam.Session session, PurchaseIntent intent, PurchaseOffer offer) {
        PurchaseRecord planned = intent.grey();
        PurchaseSam.Authorisation given = session.authorise(new PurchaseSam.Demand(
                offer.random(),
                offer.offlineSeq(),
                planned.amount(),
                planned.type(),
                planned.time(),
                offer.keyVersion(),
                offer.algorithm(),
                planned.cardFactor()));
        if (given.terminalSeq() != planned.terminalSeq()) {
            throw new CardException(
                    CardException.Reason.MALFORMED,
                    "PSAM gave sequence " + given.terminalSeq() + ", expected " + planned.terminalSeq()
                            + ": open it again");
        }
        return given.mac1();
    }

    private PurchaseOutcome debit(Purse purse, PurchaseSam.Session session, PurchaseIntent intent, byte[] mac1) {
        ResponseApdu answer;
        try {
            answer = purse.debit(intent.debitData(mac1));
        } catch (CardException e) {
            return new PurchaseOutcome.InDoubt(intent);
        }
        boolean complete = answer.is(StatusWord.OK) && answer.data().length == DEBIT_ANSWER;
        if (complete) {
            byte[] tac = Arrays.copyOf(answer.data(), 4);
            return confirm(session, intent, tac, Arrays.copyOfRange(answer.data(), 4, DEBIT_ANSWER));
        }
        if (answer.is(StatusWord.OK) || leavesDoubt(answer.sw())) {
            return new PurchaseOutcome.InDoubt(intent);
        }
        journal.settled(intent.notDebited());
        return new PurchaseOutcome.Refused(PurchaseRefusal.of(answer.sw()), answer.sw());
    }

    static boolean leavesDoubt(int sw) {
        return UNSURE.contains(sw);
    }

    private PurchaseOutcome confirm(PurchaseSam.Session session, PurchaseIntent intent, byte[] tac, byte[] mac2) {
        return settle(journal, verdict(session, intent, mac2), intent, tac);
    }

    /** What the PSAM says about MAC2. */
    static PurchaseSam.Verdict verdict(PurchaseSam.Session session, PurchaseIntent intent, byte[] mac2) {
        try {
            return session.confirm(intent.grey().terminalSeq(), mac2);
        } catch (CardException e) {
            return PurchaseSam.Verdict.CANNOT_TELL;
        }
    }

    /** Journals the record in the state that follows from the PSAM's word, and only then says so. */
    static PurchaseOutcome settle(
            PurchaseJournal journal, PurchaseSam.Verdict verdict, PurchaseIntent intent, byte[] tac) {
        boolean genuine = verdict == PurchaseSam.Verdict.GENUINE;
        PurchaseRecord record = intent.debited(tac, genuine ? PurchaseRecord.State.PAID : PurchaseRecord.State.GREY);
        journal.settled(record);
        return switch (verdict) {
            case GENUINE -> new PurchaseOutcome.Paid(record);
            case WRONG -> new PurchaseOutcome.Unconfirmed(record, PurchaseRefusal.CARD_MAC_WRONG);
            case CANNOT_TELL -> new PurchaseOutcome.Unconfirmed(record, PurchaseRefusal.CHECK_NOT_POSSIBLE);
        };
    }
}
