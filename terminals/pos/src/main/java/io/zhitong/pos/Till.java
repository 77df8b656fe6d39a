package io.zhitong.pos;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cardterminal.Purchase;
import io.zhitong.cardterminal.PurchaseIntent;
import io.zhitong.cardterminal.PurchaseOutcome;
import io.zhitong.cardterminal.PurchaseRecovery;
import io.zhitong.cardterminal.PurchaseRefusal;
import io.zhitong.cardterminal.Purse;
import io.zhitong.cardterminal.air.AirLink;
import io.zhitong.cardterminal.air.CardClock;
import io.zhitong.edge.EdgeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The till (收款台): one sale at a time, with or without a backend. A torn tap waits for the same card and proves what
 * happened; if it does not come back, the record stays grey and is asked about whenever that card comes again.
 */
final class Till implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Till.class);
    /** A card that was there and failed is looked at again after this. */
    private static final Duration AGAIN = Duration.ofMillis(300);

    /**
     * How long a till waits.
     *
     * @param card for a card
     * @param back for the card of a torn tap to come back
     */
    record Patience(Duration card, Duration back) {
        static final Patience DEFAULT = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(15));
    }

    private final CardReader reader;
    private final SamSlot slot;
    private final OpenPurchases journal;
    private final CardAcceptance acceptance;
    private final Supplier<LocalDateTime> clock;
    private final Patience patience;
    private final ReentrantLock selling = new ReentrantLock();
    private final TillLease lease;
    private volatile boolean stopping;

    Till(
            CardReader reader,
            SamSlot slot,
            OpenPurchases journal,
            CardAcceptance acceptance,
            Supplier<LocalDateTime> clock,
            Patience patience) {
        this.reader = reader;
        this.slot = slot;
        this.journal = journal;
        this.acceptance = acceptance;
        this.clock = clock;
        this.patience = patience;
        this.lease = new TillLease(slot, selling, clock);
    }

    /** Waits for a card and sells; answers what the cashier is to do. */
    SaleResult sell(long fen) {
        if (fen <= 0 || fen > Integer.MAX_VALUE) {
            return SaleResult.Refused.of(SaleRefusal.AMOUNT);
        }
        if (!selling.tryLock()) {
            return SaleResult.Refused.of(SaleRefusal.BUSY);
        }
        try {
            SaleResult result = prepared(fen);
            LOG.info("sale fen={} result={}", fen, result.line());
            return result;
        } finally {
            selling.unlock();
        }
    }

    boolean busy() {
        return selling.isLocked();
    }

    /** The PSAM's lease; asked and renewed between two sales. */
    TillLease lease() {
        return lease;
    }

    private SaleResult prepared(long fen) {
        Psam psam;
        try {
            if (!journal.hasRoom()) {
                return SaleResult.Refused.of(SaleRefusal.JOURNAL_FULL);
            }
            psam = slot.psam();
        } catch (CardException e) {
            slot.forget();
            LOG.warn("PSAM not usable: {}", e.getMessage());
            return SaleResult.Refused.of(SaleRefusal.NO_SAM);
        } catch (EdgeException e) {
            LOG.error("journal not usable: {}", e.getMessage());
            return SaleResult.Refused.of(SaleRefusal.JOURNAL_FULL);
        }
        return lease.refused(psam).orElseGet(() -> new Sale(psam, fen).run());
    }

    /** Ends the wait of a sale that goes on; a purchase at the card is brought to its end. */
    @Override
    public void close() {
        stopping = true;
        selling.lock();
        try {
            slot.close();
            reader.close();
        } finally {
            selling.unlock();
        }
    }

    /** One sale. */
    private final class Sale {
        private final Psam psam;
        private final long fen;
        private final PurchaseRecovery recovery;
        private Deadline deadline = Deadline.in(patience.card());

        Sale(Psam psam, long fen) {
            this.psam = psam;
            this.fen = fen;
            recovery = new PurchaseRecovery(psam, journal);
        }

        SaleResult run() {
            while (true) {
                if (!cardComes(deadline)) {
                    return SaleResult.Refused.of(stopping ? SaleRefusal.STOPPING : SaleRefusal.NO_CARD);
                }
                Optional<SaleResult> end = atCard();
                if (end.isPresent()) {
                    return end.get();
                }
                pause();
            }
        }

        /** Empty: the card left before anything was debited, wait for it again. */
        private Optional<SaleResult> atCard() {
            PurchaseOutcome outcome;
            try (CardSession card = reader.connect()) {
                settleEarlier(card);
                CardClock counted = CardClock.around(card);
                outcome = new Purchase(psam, journal, acceptance).pay(counted, fen, clock.get());
                LOG.info("purchase on air {}", AirLink.USUAL.report(counted.take()));
            } catch (CardException e) {
                return Optional.empty();
            } catch (EdgeException e) {
                return Optional.of(journalFailed(e));
            }
            return end(outcome);
        }

        private Optional<SaleResult> end(PurchaseOutcome outcome) {
            if (outcome instanceof PurchaseOutcome.Paid paid) {
                return Optional.of(new SaleResult.Paid(paid.record()));
            }
            if (outcome instanceof PurchaseOutcome.Unconfirmed unconfirmed) {
                if (unconfirmed.reason() == PurchaseRefusal.CHECK_NOT_POSSIBLE) {
                    slot.forget(); // it may have been pulled out: the next sale must not find that out
                }
                return Optional.of(SaleResult.Unknown.of(unconfirmed.reason()));
            }
            if (outcome instanceof PurchaseOutcome.InDoubt doubt) {
                return torn(doubt.intent());
            }
            PurchaseRefusal reason = ((PurchaseOutcome.Refused) outcome).reason();
            if (reason == PurchaseRefusal.SAM_FAILED) {
                slot.forget();
            }
            return reason == PurchaseRefusal.CARD_LEFT ? Optional.empty() : Optional.of(SaleResult.Refused.of(reason));
        }

        /** What an earlier sale left open with this card is settled first: its proof is gone after the next purchase. */
        private void settleEarlier(CardSession card) {
            if (journal.inDoubt() > 0) {
                byte[] serial = Purse.select(card).data().serial();
                journal.of(serial).forEach(intent -> {
                    PurchaseOutcome outcome = recovery.resolve(card, intent);
                    LOG.info(
                            "earlier sale in doubt number={} outcome={}",
                            intent.grey().terminalSeq(),
                            outcome);
                });
            }
        }

        /** Empty: proved not debited, the sale goes on with the card that is there. */
        private Optional<SaleResult> torn(PurchaseIntent intent) {
            LOG.info(
                    "torn tap number={}, the same card is wanted back",
                    intent.grey().terminalSeq());
            Deadline back = Deadline.in(patience.back());
            try {
                while (cardComes(back)) {
                    Optional<PurchaseOutcome> proved = prove(intent);
                    if (proved.isPresent()) {
                        deadline = Deadline.in(patience.card());
                        return afterProof(proved.get());
                    }
                    pause();
                }
                recovery.giveUp(intent);
            } catch (EdgeException e) {
                return Optional.of(journalFailed(e));
            }
            return Optional.of(SaleResult.Unknown.of(PurchaseRefusal.GIVEN_UP));
        }

        private Optional<SaleResult> afterProof(PurchaseOutcome outcome) {
            boolean untouched = outcome instanceof PurchaseOutcome.Refused refused
                    && refused.reason() == PurchaseRefusal.NOT_DEBITED;
            return untouched ? Optional.empty() : end(outcome);
        }

        /** Empty: not the same card, or it left again. */
        private Optional<PurchaseOutcome> prove(PurchaseIntent intent) {
            try (CardSession card = reader.connect()) {
                PurchaseOutcome outcome = recovery.resolve(card, intent);
                return journal.isUnsettled(intent) ? Optional.empty() : Optional.of(outcome);
            } catch (CardException e) {
                return Optional.empty();
            }
        }

        private SaleResult journalFailed(EdgeException e) {
            LOG.error("journal failed in a sale: {}", e.getMessage());
            return journal.unsettled().isEmpty()
                    ? SaleResult.Refused.of(SaleRefusal.JOURNAL_FULL)
                    : SaleResult.Unknown.of(PurchaseRefusal.GIVEN_UP);
        }

        private boolean cardComes(Deadline until) {
            try {
                boolean there = reader.cardPresent();
                while (!there && !stopping && !until.over()) {
                    there = reader.awaitChange(false, until.atMost(Duration.ofMillis(500)));
                }
                return there && !stopping && !until.over();
            } catch (CardException e) {
                LOG.warn("reader {} does not answer: {}", reader.name(), e.getMessage());
                return false;
            }
        }

        private void pause() {
            try {
                reader.awaitChange(true, AGAIN);
            } catch (CardException e) {
                LOG.debug("reader {} does not answer: {}", reader.name(), e.getMessage());
            }
        }
    }
}
