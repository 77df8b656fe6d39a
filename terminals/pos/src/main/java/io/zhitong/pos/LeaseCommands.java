package io.zhitong.pos;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.LeaseChallenge;
import io.zhitong.accessmodel.LeaseRenewal;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.cardspec.CardException;
import io.zhitong.link.CommandAnswer;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renewal of the PSAM's lease as the backend asks for it (PSAM 租约指令), docs/pos.md. */
final class LeaseCommands {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseCommands.class);

    private final TillLease lease;

    LeaseCommands(TillLease lease) {
        this.lease = lease;
    }

    /** LEASE_CHALLENGE: the answer's detail is a {@link LeaseChallenge}. */
    void challenge(CommandOrder order, Consumer<CommandAnswer> answers) {
        answers.accept(answer(order, () -> lease.challenge().map(LeaseChallenge::detail)));
    }

    /** LEASE_RENEWAL. */
    void renew(CommandOrder order, Consumer<CommandAnswer> answers) {
        LeaseRenewal renewal;
        try {
            renewal = LeaseRenewal.decode(order.args());
        } catch (ModelException e) {
            answers.accept(CommandAnswer.refused(order, CommandRefusal.MALFORMED));
            return;
        }
        answers.accept(answer(order, () -> lease.renew(renewal).map(LeaseState::words)));
    }

    private interface AtTill {
        Optional<String> detail();
    }

    private static CommandAnswer answer(CommandOrder order, AtTill work) {
        try {
            return work.detail()
                    .map(detail -> new CommandAnswer(
                            order.idempotencyKey(), CommandAnswer.Stage.EXECUTED, CommandRefusal.NONE, detail))
                    .orElseGet(() -> CommandAnswer.refused(order, CommandRefusal.BUSY));
        } catch (CardException e) {
            LOG.warn("lease command {}: {}", order.kind(), e.getMessage());
            return CommandAnswer.refused(order, CommandRefusal.FAILED);
        }
    }
}
