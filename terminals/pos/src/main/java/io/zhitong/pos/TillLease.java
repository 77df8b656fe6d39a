package io.zhitong.pos;

import io.zhitong.accessmodel.LeaseChallenge;
import io.zhitong.accessmodel.LeaseRenewal;
import io.zhitong.accessmodel.Octets;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.cardterminal.Psam;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease of the till's PSAM (PSAM 租约): refuses a sale that it does not cover, warns before, is renewed between sales. */
final class TillLease {
    private static final Logger LOG = LoggerFactory.getLogger(TillLease.class);

    private final SamSlot slot;
    private final ReentrantLock selling;
    private final Supplier<LocalDateTime> clock;

    /** @param selling held by a sale */
    TillLease(SamSlot slot, ReentrantLock selling, Supplier<LocalDateTime> clock) {
        this.slot = slot;
        this.selling = selling;
        this.clock = clock;
    }

    /** Called by a sale; the result with which it ends if the lease is over. */
    Optional<SaleResult> refused(Psam psam) {
        Optional<LeaseState> lease = of(psam);
        lease.filter(LeaseState::endsSoon).ifPresent(state -> LOG.warn("PSAM {}", state.words()));
        return lease.filter(LeaseState::over).map(state -> SaleResult.Refused.of(SaleRefusal.LEASE_OVER));
    }

    /**
     * How long the PSAM still sells; empty if it is not leased or a sale is going on.
     *
     * @throws CardException the PSAM is not usable
     */
    Optional<LeaseState> state() {
        return betweenSales(() -> of(slot.psam())).flatMap(state -> state);
    }

    /**
     * Draws a challenge for a renewal; empty if a sale is going on.
     *
     * @throws CardException the PSAM is not usable or not leased
     */
    Optional<LeaseChallenge> challenge() {
        return betweenSales(() -> {
            Psam psam = slot.psam();
            LeaseTerms terms = slot.lease().orElseThrow(TillLease::notLeased);
            return new LeaseChallenge(
                    Octets.of(psam.serial()),
                    Octets.of(psam.terminal()),
                    terms,
                    psam.next(),
                    Octets.of(psam.leaseChallenge()));
        });
    }

    /** Writes a renewed lease; empty if a sale is going on. Throws as {@link Psam#renew}. */
    Optional<LeaseState> renew(LeaseRenewal renewal) {
        return betweenSales(() -> {
            slot.renew(renewal.terms(), renewal.mac().toByteArray());
            LeaseState state = of(slot.psam()).orElseThrow(TillLease::notLeased);
            LOG.info("PSAM renewed: {}", state.words());
            return state;
        });
    }

    private Optional<LeaseState> of(Psam psam) {
        return slot.lease()
                .map(terms -> new LeaseState(terms, psam.next(), clock.get().toLocalDate()));
    }

    private <T> Optional<T> betweenSales(Supplier<T> work) {
        if (!selling.tryLock()) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } catch (CardException e) {
            slot.forget();
            throw e;
        } finally {
            selling.unlock();
        }
    }

    private static CardException notLeased() {
        return new CardException(CardException.Reason.MALFORMED, "the PSAM is not leased");
    }
}
