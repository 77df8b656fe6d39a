package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.smcrypto.ByteWriter;

/**
 * A purchase that is about to take a terminal sequence (消费意图). Written to the terminal's journal before the PSAM is
 * asked, so that every number the PSAM ever gives is explained.
 *
 * <p>Its bytes are those of a {@link PurchaseRecord} in state GREY with TAC 00000000: the balance in it is the one before.
 */
public record PurchaseIntent(PurchaseRecord grey) {
    private static final byte[] NO_TAC = new byte[4];

    public PurchaseIntent {
        if (grey.state() != PurchaseRecord.State.GREY) {
            throw new IllegalArgumentException("an intent is a record in state GREY");
        }
    }

    static PurchaseIntent of(
            byte[] psam, byte[] terminal, long terminalSeq, PurseData card, PsamDebit.Opened opened, CardTime time) {
        PurchaseOffer offer = opened.offer();
        return new PurchaseIntent(new PurchaseRecord(
                opened.type(),
                CardAlgorithm.of(offer.algorithm()),
                offer.keyVersion(),
                psam,
                terminalSeq,
                terminal,
                card.issuer(),
                card.serial(),
                offer.offlineSeq(),
                opened.amount(),
                offer.balance(),
                time,
                NO_TAC,
                PurchaseRecord.State.GREY));
    }

    /** As read back from a journal. */
    public static PurchaseIntent parse(byte[] bytes) {
        return new PurchaseIntent(PurchaseRecord.parse(bytes));
    }

    /** For the journal: 64 bytes. */
    public byte[] encode() {
        return grey.encode();
    }

    /** DEBIT FOR PURCHASE's data: terminalSeq4 ‖ date4 ‖ time3 ‖ MAC1. */
    byte[] debitData(byte[] mac1) {
        return new ByteWriter()
                .u32(grey.terminalSeq())
                .bytes(grey.time().bytes())
                .bytes(mac1)
                .toByteArray();
    }

    PurchaseRecord debited(byte[] tac, PurchaseRecord.State state) {
        return with(Math.max(0, grey.balance() - grey.amount()), tac, state);
    }

    PurchaseRecord notDebited() {
        return with(grey.balance(), NO_TAC, PurchaseRecord.State.NOT_DEBITED);
    }

    private PurchaseRecord with(long balance, byte[] tac, PurchaseRecord.State state) {
        return new PurchaseRecord(
                grey.type(),
                grey.algorithm(),
                grey.keyVersion(),
                grey.psamSerial(),
                grey.terminalSeq(),
                grey.terminal(),
                grey.issuer(),
                grey.cardSerial(),
                grey.offlineSeq(),
                grey.amount(),
                balance,
                grey.time(),
                tac,
                state);
    }
}
