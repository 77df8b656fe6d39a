package io.zhitong.pos;

import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardterminal.PurchaseRefusal;
import io.zhitong.smcrypto.Hex;

/** What the cashier is told (收款结果), also as the one line of the cashier protocol, docs/pos.md. */
sealed interface SaleResult {
    /** One line, without line end. */
    String line();

    /** The record is on disk: goods may be given. */
    record Paid(PurchaseRecord record) implements SaleResult {
        @Override
        public String line() {
            return "paid " + record.amount() + " balance " + record.balance() + " card "
                    + Hex.of(record.cardSerial()) + " psam " + Hex.of(record.psamSerial()) + " number "
                    + record.terminalSeq() + " time " + Hex.of(record.time().bytes());
        }
    }

    /** Nothing was debited. */
    record Refused(String reason, String chinese, String english) implements SaleResult {
        static Refused of(SaleRefusal refusal) {
            return new Refused(refusal.name(), refusal.chinese(), refusal.english());
        }

        static Refused of(PurchaseRefusal refusal) {
            return new Refused(refusal.name(), refusal.zh(), refusal.en());
        }

        @Override
        public String line() {
            return "refused " + reason + " " + chinese + " · " + english;
        }
    }

    /** The card may have been debited: no goods; the record decides later. */
    record Unknown(String reason, String chinese, String english) implements SaleResult {
        static Unknown of(PurchaseRefusal refusal) {
            return new Unknown(refusal.name(), refusal.zh(), refusal.en());
        }

        @Override
        public String line() {
            return "unknown " + reason + " " + chinese + " · " + english;
        }
    }
}
