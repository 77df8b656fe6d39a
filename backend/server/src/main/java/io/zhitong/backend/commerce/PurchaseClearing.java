package io.zhitong.backend.commerce;

import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.EntryKind;
import io.zhitong.backend.ledger.Ledger;
import io.zhitong.backend.ledger.Posted;
import io.zhitong.backend.ledger.Posting;
import io.zhitong.backend.ledger.Transfer;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides queued purchases (消费清分): TAC right → purse float to merchant; wrong → suspense. The vault is asked outside the
 * transaction; a record that changed meanwhile is left for the next round.
 */
@Component
class PurchaseClearing {
    static final int BATCH = 500;

    private final PurchaseRows rows;
    private final TacCheck tacs;
    private final Merchants merchants;
    private final Ledger ledger;
    private final Suspense suspense;
    private final TransactionTemplate transactions;

    PurchaseClearing(
            PurchaseRows rows,
            TacCheck tacs,
            Merchants merchants,
            Ledger ledger,
            Suspense suspense,
            TransactionTemplate transactions) {
        this.rows = rows;
        this.tacs = tacs;
        this.merchants = merchants;
        this.ledger = ledger;
        this.suspense = suspense;
        this.transactions = transactions;
    }

    /**
     * Decides one batch; answers how many records it had.
     *
     * @throws io.zhitong.keyapi.KeyServiceException the vault is sealed or away; the queue stays as it is
     */
    int clearBatch() {
        List<StoredPurchase> batch = rows.queued(BATCH);
        List<Optional<SuspenseReason>> answers = tacs.check(batch);
        if (!batch.isEmpty()) {
            transactions.executeWithoutResult(status -> {
                for (int i = 0; i < batch.size(); i++) {
                    decide(batch.get(i), answers.get(i));
                }
            });
        }
        return batch.size();
    }

    private void decide(StoredPurchase p, Optional<SuspenseReason> wrong) {
        Optional<Merchant> merchant = merchants.ofDevice(p.community(), p.device());
        Optional<SuspenseReason> reason =
                wrong.isEmpty() && merchant.isEmpty() ? Optional.of(SuspenseReason.NO_MERCHANT) : wrong;
        PurchaseState state = reason.isPresent() ? PurchaseState.SUSPENSE : PurchaseState.POSTED;
        if (!rows.decide(p, state, ledger.today(p.community()))) {
            return;
        }
        if (reason.isPresent()) {
            suspense.hold(p, reason.get(), AccountKey.FLOAT);
        } else {
            pay(p, merchant.orElseThrow());
        }
    }

    private void pay(StoredPurchase p, Merchant merchant) {
        String key = "purchase:" + p.psam() + ":" + p.record().terminalSeq();
        String reference = "卡 " + p.card() + " · " + merchant.name();
        Transfer transfer = new Transfer(
                AccountKey.FLOAT,
                AccountKey.merchant(merchant.code()),
                p.record().amount());
        Posted posted = ledger.post(new Posting(p.community(), key, EntryKind.PURCHASE, reference, List.of(transfer)));
        rows.posted(p, merchant.code(), posted);
    }
}
