package io.zhitong.backend.cards;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.LeaseChallenge;
import io.zhitong.accessmodel.LeaseRenewal;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Octets;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.keyapi.LeaseRequest;
import io.zhitong.link.CommandAnswer;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Looks at one till's lease and renews it where it is due (PSAM 续租): till, vault, till. */
final class LeaseKeeper {
    /** How it went. */
    enum Outcome {
        /** The lease reaches far enough. */
        GOOD,
        RENEWED,
        /** A sale came between, or goes on: soon again. */
        AGAIN,
        /** There is nothing to renew: no PSAM, or one without a lease. */
        NO_LEASE
    }

    private final BiFunction<CommandKind, Octets, CommandAnswer> till;
    private final Function<LeaseRequest, byte[]> vault;

    /**
     * For one till.
     *
     * @param till carries out a command and answers it
     * @param vault MAC of a lease; throws where the register refuses
     */
    LeaseKeeper(BiFunction<CommandKind, Octets, CommandAnswer> till, Function<LeaseRequest, byte[]> vault) {
        this.till = till;
        this.vault = vault;
    }

    Outcome look(LocalDate today) {
        CommandAnswer asked = till.apply(CommandKind.LEASE_CHALLENGE, Octets.EMPTY);
        if (asked.refusal() == CommandRefusal.BUSY) {
            return Outcome.AGAIN;
        }
        Optional<LeaseChallenge> told = told(asked);
        if (told.isEmpty()) {
            return Outcome.NO_LEASE;
        }
        return LeaseRule.due(told.get(), today)
                .map(terms -> renewed(told.get(), terms))
                .orElse(Outcome.GOOD);
    }

    private static Optional<LeaseChallenge> told(CommandAnswer answer) {
        if (answer.stage() != CommandAnswer.Stage.EXECUTED) {
            return Optional.empty();
        }
        try {
            return Optional.of(LeaseChallenge.parse(answer.detail()));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    private Outcome renewed(LeaseChallenge told, LeaseTerms terms) {
        byte[] mac = vault.apply(new LeaseRequest(
                told.serial().toByteArray(),
                told.terminal().toByteArray(),
                terms.encode(),
                told.challenge().toByteArray()));
        var renewal = new LeaseRenewal(terms, Octets.of(mac));
        CommandAnswer done = till.apply(CommandKind.LEASE_RENEWAL, renewal.encode());
        return done.stage() == CommandAnswer.Stage.EXECUTED ? Outcome.RENEWED : Outcome.AGAIN;
    }
}
