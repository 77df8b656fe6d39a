package io.zhitong.backend.settlement;

import io.zhitong.backend.commerce.StoredPurchase;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.settlementfile.SettlementRecord;
import io.zhitong.settlementfile.TacState;
import io.zhitong.smcrypto.Hex;
import java.util.Locale;

/** A purchase as its line in a settlement file (清算记录转换). */
final class SettlementRecords {
    private SettlementRecords() {}

    static SettlementRecord of(StoredPurchase p) {
        PurchaseRecord r = p.record();
        return new SettlementRecord(
                p.card(),
                r.offlineSeq(),
                hex(r.terminal()),
                p.psam(),
                r.terminalSeq(),
                r.type().id(),
                r.amount(),
                r.balance(),
                p.time(),
                hex(r.tac()),
                r.keyVersion(),
                TacState.V);
    }

    private static String hex(byte[] bytes) {
        return Hex.of(bytes).toUpperCase(Locale.ROOT);
    }
}
