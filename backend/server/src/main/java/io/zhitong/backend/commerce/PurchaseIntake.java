package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.events.EventConsumer;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes payment records from the event store (消费入库): each identity (PSAM serial, terminal sequence) once, then it waits for
 * the vault. It never asks the vault itself, so that a sealed vault holds up nothing but the check.
 */
@Component
class PurchaseIntake implements EventConsumer {
    private static final byte[] NO_TAC = new byte[4];

    private final PurchaseRows rows;
    private final Suspense suspense;
    private final CommerceAccounts accounts;

    PurchaseIntake(PurchaseRows rows, Suspense suspense, CommerceAccounts accounts) {
        this.rows = rows;
        this.suspense = suspense;
        this.accounts = accounts;
    }

    @Override
    public String name() {
        return "commerce";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.PURCHASE, EventKind.PURCHASE_IN_DOUBT, EventKind.PURCHASE_REFUSED);
    }

    @Override
    public void consume(CommunityId community, List<StoredEvent> events) {
        accounts.open(community);
        events.forEach(event -> take(community, event));
    }

    private void take(CommunityId community, StoredEvent event) {
        byte[] body = event.record().body().toByteArray();
        if (body.length == 0) {
            // A sale that ended before the PSAM gave a number explains nothing and moves nothing.
            return;
        }
        long device = event.record().device().value();
        Optional<PurchaseRecord> record = parse(body);
        if (record.isEmpty()) {
            suspense.noteMalformed(community, device, body);
            return;
        }
        StoredPurchase fresh = new StoredPurchase(
                community,
                record.get(),
                device,
                event.position(),
                event.received(),
                stateOf(record.get()),
                Optional.empty(),
                Optional.empty());
        if (!rows.insert(fresh)) {
            meet(rows.lock(fresh), fresh);
        } else if (fresh.state() == PurchaseState.IN_DOUBT) {
            suspense.note(fresh, SuspenseReason.IN_DOUBT);
        }
    }

    private void meet(StoredPurchase known, StoredPurchase fresh) {
        if (known.record().equals(fresh.record())) {
            return;
        }
        if (known.state() == PurchaseState.IN_DOUBT && sameSale(known.record(), fresh.record())) {
            rows.replace(fresh);
            return;
        }
        if (numberStayedInThePsam(known.record(), fresh.record())) {
            rows.replace(fresh);
            if (fresh.state() == PurchaseState.IN_DOUBT) {
                suspense.note(fresh, SuspenseReason.IN_DOUBT);
            }
            return;
        }
        if (known.state() == PurchaseState.POSTED) {
            suspense.hold(
                    known,
                    SuspenseReason.OTHER_CONTENT,
                    AccountKey.merchant(known.merchant().orElseThrow()));
        } else if (known.state() == PurchaseState.QUEUED) {
            suspense.hold(known, SuspenseReason.OTHER_CONTENT, AccountKey.FLOAT);
        }
        rows.suspend(known);
        suspense.hold(fresh, SuspenseReason.OTHER_CONTENT, AccountKey.FLOAT);
    }

    /** Everything that was agreed before the card left; state, balance and TAC came to light afterwards. */
    private static boolean sameSale(PurchaseRecord a, PurchaseRecord b) {
        return Arrays.equals(a.tacData(), b.tacData())
                && Arrays.equals(a.cardSerial(), b.cardSerial())
                && a.offlineSeq() == b.offlineSeq()
                && a.keyVersion() == b.keyVersion();
    }

    /**
     * A terminal that stopped, or whose PSAM failed, between its intent and INIT SAM has named a number that was not given
     * yet: no card can have been debited under it, and the next sale rightly has it. A sale of the same second is no later one.
     */
    private static boolean numberStayedInThePsam(PurchaseRecord known, PurchaseRecord fresh) {
        return Arrays.equals(known.tac(), NO_TAC)
                && !Arrays.equals(known.time().bytes(), fresh.time().bytes());
    }

    private static PurchaseState stateOf(PurchaseRecord record) {
        if (record.amount() == 0) {
            // A compound purchase that only writes on the card, such as the way into a car park, moves nothing.
            return PurchaseState.NOT_DEBITED;
        }
        return switch (record.state()) {
            case PAID -> PurchaseState.QUEUED;
            // A grey record with a TAC: the terminal could not check the card, the vault can.
            case GREY -> Arrays.equals(record.tac(), NO_TAC) ? PurchaseState.IN_DOUBT : PurchaseState.QUEUED;
            case NOT_DEBITED -> PurchaseState.NOT_DEBITED;
        };
    }

    private static Optional<PurchaseRecord> parse(byte[] body) {
        try {
            return Optional.of(PurchaseRecord.parse(body));
        } catch (MalformedInput e) {
            return Optional.empty();
        }
    }
}
