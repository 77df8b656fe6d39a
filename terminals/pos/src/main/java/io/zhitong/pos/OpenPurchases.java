package io.zhitong.pos;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardterminal.PurchaseIntent;
import io.zhitong.cardterminal.PurchaseJournal;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The purchases of this till in its journal (消费流水), and those whose end is not known: the intent is written and no end, or
 * the end is grey without a TAC. They are asked about when their card comes again. Thread-safe.
 */
final class OpenPurchases implements PurchaseJournal {
    private record Open(PurchaseIntent intent, boolean greyWritten) {}

    private final PaymentLog log;
    private final Map<String, Open> open = new LinkedHashMap<>();

    private OpenPurchases(PaymentLog log) {
        this.log = log;
    }

    /** Reads the journal; an intent that the last run left without an end becomes grey at once. */
    static OpenPurchases read(PaymentLog log) {
        OpenPurchases purchases = new OpenPurchases(log);
        log.replay(purchases::replay);
        purchases.unsettled().forEach(intent -> purchases.settled(intent.grey()));
        return purchases;
    }

    private synchronized void replay(EventKind kind, byte[] body) {
        if (body.length != PurchaseRecord.LENGTH) {
            return;
        }
        PurchaseRecord record = PurchaseRecord.parse(body);
        if (kind == EventKind.PURCHASE_INTENT) {
            open.put(key(record), new Open(new PurchaseIntent(record), false));
        } else {
            remember(record);
        }
    }

    @Override
    public synchronized void intent(PurchaseIntent intent) {
        log.append(EventKind.PURCHASE_INTENT, intent.encode());
        open.put(key(intent.grey()), new Open(intent, false));
    }

    @Override
    public synchronized void settled(PurchaseRecord record) {
        Open known = open.get(key(record));
        boolean nothingNew = known != null && known.greyWritten() && withoutProof(record);
        if (!nothingNew) {
            log.append(kindOf(record), record.encode());
            remember(record);
        }
    }

    private void remember(PurchaseRecord record) {
        if (withoutProof(record)) {
            open.computeIfPresent(key(record), (key, was) -> new Open(was.intent(), true));
        } else {
            open.remove(key(record));
        }
    }

    /** Purchases of this card whose end is not known, oldest first. */
    synchronized List<PurchaseIntent> of(byte[] cardSerial) {
        return open.values().stream()
                .map(Open::intent)
                .filter(intent -> Arrays.equals(intent.grey().cardSerial(), cardSerial))
                .toList();
    }

    /** Whether that purchase was begun and has no end in the journal yet. */
    synchronized boolean isUnsettled(PurchaseIntent intent) {
        Open known = open.get(key(intent.grey()));
        return known != null && !known.greyWritten();
    }

    /** Purchases that were begun and have no end in the journal yet. */
    synchronized List<PurchaseIntent> unsettled() {
        return open.values().stream()
                .filter(each -> !each.greyWritten())
                .map(Open::intent)
                .toList();
    }

    synchronized int inDoubt() {
        return open.size();
    }

    boolean hasRoom() {
        return log.hasRoom();
    }

    private static boolean withoutProof(PurchaseRecord record) {
        return record.state() == PurchaseRecord.State.GREY && Arrays.equals(record.tac(), new byte[4]);
    }

    private static EventKind kindOf(PurchaseRecord record) {
        return switch (record.state()) {
            case PAID -> EventKind.PURCHASE;
            case GREY -> EventKind.PURCHASE_IN_DOUBT;
            case NOT_DEBITED -> EventKind.PURCHASE_REFUSED;
        };
    }

    private static String key(PurchaseRecord record) {
        return Hex.of(record.psamSerial()) + ":" + record.terminalSeq();
    }
}
