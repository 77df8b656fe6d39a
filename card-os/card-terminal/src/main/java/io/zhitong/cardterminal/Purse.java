package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;

/**
 * The commands of the city purse on a card that lies on a reader (电子钱包命令), docs/card.md. One object per selection;
 * not for concurrent use.
 */
public final class Purse {
    private static final int FILE_0015_TAG = 0x9F0C;
    private static final int EP = 0x02;
    private static final int KEY_ID = 0x01;

    private final CardChannel card;
    private final PurseData data;

    private Purse(CardChannel card, PurseData data) {
        this.card = card;
        this.data = data;
    }

    /**
     * Selects the purse.
     *
     * @throws CardException STATUS if the card has none or it is blocked, MALFORMED if its 0015 is not of our layout
     */
    public static Purse select(CardChannel card) {
        ResponseApdu answer = card.send(new CommandApdu(0x00, 0xA4, 0x04, 0x00, CardFiles.purseAid(), 256));
        byte[] fci = answer.expectOk("SELECT purse");
        try {
            byte[] file = Fci.parse(fci)
                    .proprietary(FILE_0015_TAG)
                    .orElseThrow(() -> new MalformedInput("expected 9F0C in the purse's FCI"));
            return new Purse(card, PurseData.parse(file));
        } catch (MalformedInput e) {
            throw new CardException(CardException.Reason.MALFORMED, "SELECT purse: " + e.getMessage(), e);
        }
    }

    /** Public data read at selection. */
    public PurseData data() {
        return data;
    }

    /** Balance in fen. */
    public long balance() {
        byte[] answer =
                card.send(new CommandApdu(0x80, 0x5C, 0x00, EP, new byte[0], 4)).expect("GET BALANCE", 4);
        return new ByteReader(answer).u32();
    }

    /** INIT PURCHASE; the card changes nothing yet. */
    PurchaseOffer initPurchase(long amount, byte[] terminal6) {
        return PurchaseOffer.parse(
                init(0x01, amount, terminal6, PurchaseOffer.LENGTH).expect("INIT PURCHASE", PurchaseOffer.LENGTH));
    }

    /** INIT LOAD; the card changes nothing yet. */
    LoadOffer initLoad(long amount, byte[] terminal6) {
        return LoadOffer.parse(init(0x00, amount, terminal6, LoadOffer.LENGTH).expect("INIT LOAD", LoadOffer.LENGTH));
    }

    private ResponseApdu init(int p1, long amount, byte[] terminal6, int le) {
        byte[] body = new ByteWriter().u8(KEY_ID).u32(amount).bytes(terminal6).toByteArray();
        return card.send(new CommandApdu(0x80, 0x50, p1, EP, body, le));
    }

    /** DEBIT FOR PURCHASE: answer TAC4 ‖ MAC2. */
    ResponseApdu debit(byte[] body) {
        return card.send(new CommandApdu(0x80, 0x54, 0x01, 0x00, body, 8));
    }

    /** CREDIT FOR LOAD: answer TAC4. */
    ResponseApdu credit(byte[] body) {
        return card.send(new CommandApdu(0x80, 0x52, 0x00, 0x00, body, 4));
    }

    /** GET TRANSACTION PROVE for the transaction whose INIT answered {@code sequence}: answer MAC4 ‖ TAC4. */
    ResponseApdu prove(TransactionType type, int sequence) {
        byte[] body = new ByteWriter().u16(sequence).toByteArray();
        return card.send(new CommandApdu(0x80, 0x5A, 0x00, type.id(), body, 8));
    }
}
