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
import java.util.Arrays;

/**
 * The commands of the city purse on a card that lies on a reader (电子钱包命令), docs/card.md. One object per selection;
 * not for concurrent use.
 */
public final class Purse {
    private static final int FILE_0015_TAG = 0x9F0C;
    private static final int ED = 0x01;
    private static final int EP = 0x02;
    private static final int PIN_ID = 0x00;
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

    /** Balance of the purse in fen. */
    public long balance() {
        return balance(EP);
    }

    /** Balance of the deposit in fen, the overdraft included; the card wants its PIN first where it has one. */
    public long depositBalance() {
        return balance(ED);
    }

    private long balance(int which) {
        byte[] answer = card.send(new CommandApdu(0x80, 0x5C, 0x00, which, new byte[0], 4))
                .expect("GET BALANCE", 4);
        return new ByteReader(answer).u32();
    }

    /** VERIFY PIN; nothing is sent for {@link Pin#NONE}. */
    public void verify(Pin pin) {
        if (pin.isNone()) {
            return;
        }
        byte[] digits = pin.bytes();
        try {
            card.send(new CommandApdu(0x00, 0x20, 0x00, PIN_ID, digits, CommandApdu.NO_LE))
                    .expectOk("VERIFY PIN");
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    /** INIT of a purchase, cash withdrawal or CAPP; the card changes nothing yet. */
    PurchaseOffer init(TransactionType type, long amount, byte[] terminal6) {
        return PurchaseOffer.parse(
                initFor(type, amount, terminal6, PurchaseOffer.LENGTH).expect("INIT", PurchaseOffer.LENGTH));
    }

    /** INIT of a load or unload; the card changes nothing yet. */
    LoadOffer initOnline(TransactionType type, long amount, byte[] terminal6) {
        return LoadOffer.parse(
                initFor(type, amount, terminal6, LoadOffer.LENGTH).expect("INIT", LoadOffer.LENGTH));
    }

    /** INIT OVERDRAFT; the card changes nothing yet. */
    HostOffer initOverdraft(byte[] terminal6) {
        byte[] body = new ByteWriter().u8(KEY_ID).bytes(terminal6).toByteArray();
        return HostOffer.overdraft(card.send(new CommandApdu(0x80, 0x50, 0x04, ED, body, HostOffer.OVERDRAFT))
                .expect("INIT OVERDRAFT", HostOffer.OVERDRAFT));
    }

    /** INIT GREY UNLOCK; the card changes nothing yet. */
    HostOffer initGreyUnlock(byte[] terminal6) {
        byte[] body = new ByteWriter().u8(KEY_ID).bytes(terminal6).toByteArray();
        return HostOffer.greyUnlock(card.send(new CommandApdu(0xE0, 0x7A, 0x09, EP, body, HostOffer.GREY_UNLOCK))
                .expect("INIT GREY UNLOCK", HostOffer.GREY_UNLOCK));
    }

    private ResponseApdu initFor(TransactionType type, long amount, byte[] terminal6, int le) {
        byte[] body = new ByteWriter().u8(KEY_ID).u32(amount).bytes(terminal6).toByteArray();
        int parameters = parameters(type);
        return card.send(new CommandApdu(0x80, 0x50, parameters >> 8, parameters & 0xFF, body, le));
    }

    /** P1 P2 of INIT. */
    private static int parameters(TransactionType type) {
        return switch (type) {
            case ED_LOAD -> 0x0001;
            case EP_LOAD -> 0x0002;
            case ED_PURCHASE -> 0x0101;
            case EP_PURCHASE -> 0x0102;
            case CASH -> 0x0201;
            case CAPP_PURCHASE -> 0x0302;
            case UNLOAD -> 0x0501;
            default -> throw new IllegalArgumentException("expected a type with an INIT 80 50, came " + type);
        };
    }

    /** READ RECORD. */
    byte[] readRecord(int shortId, int number) {
        return card.send(new CommandApdu(0x00, 0xB2, number, shortId << 3 | 4, new byte[0], 256))
                .expectOk("READ RECORD");
    }

    /** UPDATE CAPP DATA CACHE behind INIT for CAPP; written with the debit. */
    void cache(CappUpdate update) {
        card.send(new CommandApdu(0x80, 0xDC, update.type(), update.shortId() << 3, update.record(), CommandApdu.NO_LE))
                .expectOk("UPDATE CAPP DATA CACHE");
    }

    /** DEBIT FOR PURCHASE: answer TAC4 ‖ MAC2. */
    ResponseApdu debit(byte[] body) {
        return card.send(new CommandApdu(0x80, 0x54, 0x01, 0x00, body, 8));
    }

    /** CREDIT FOR LOAD: answer TAC4. */
    ResponseApdu credit(byte[] body) {
        return card.send(new CommandApdu(0x80, 0x52, 0x00, 0x00, body, 4));
    }

    /** CREDIT FOR LOAD, DEBIT FOR UNLOAD or UPDATE OVERDRAW: answer TAC4 or MAC3. */
    ResponseApdu commit(TransactionType type, byte[] body) {
        return switch (type) {
            case UNLOAD -> card.send(new CommandApdu(0x80, 0x54, 0x03, 0x00, body, 4));
            case OVERDRAFT -> card.send(new CommandApdu(0x80, 0x58, 0x00, 0x00, body, 4));
            case EP_GREY_UNLOCK -> card.send(new CommandApdu(0xE0, 0x7E, 0x09, 0x00, body, 4));
            default -> credit(body);
        };
    }

    /** GET TRANSACTION PROVE for the transaction whose INIT answered {@code sequence}: answer MAC4 ‖ TAC4. */
    ResponseApdu prove(TransactionType type, int sequence) {
        byte[] body = new ByteWriter().u16(sequence).toByteArray();
        return card.send(new CommandApdu(0x80, 0x5A, 0x00, type.id(), body, 8));
    }

    /** INIT GREY LOCK; the card changes nothing yet. */
    PurchaseOffer initGreyLock(byte[] terminal6) {
        byte[] body = new ByteWriter().u8(KEY_ID).bytes(terminal6).toByteArray();
        return PurchaseOffer.parse(card.send(new CommandApdu(0xE0, 0x7A, 0x08, EP, body, PurchaseOffer.LENGTH))
                .expect("INIT GREY LOCK", PurchaseOffer.LENGTH));
    }

    /** GREY LOCK: answer GTAC4 ‖ MAC2. */
    ResponseApdu lockGrey(byte[] body) {
        return card.send(new CommandApdu(0xE0, 0x7C, 0x08, 0x00, body, 8));
    }

    /** DEBIT FOR UNLOCK: answer TAC4. */
    ResponseApdu debitGrey(byte[] body) {
        return card.send(new CommandApdu(0xE0, 0x7E, 0x08, EP, body, 4));
    }

    /** GET LOCK PROOF of the purse; its TAC stays to be asked again. */
    GreyProof greyProof() {
        return GreyProof.parse(card.send(new CommandApdu(0xE0, 0xCA, 0x00, EP, new byte[0], GreyProof.LENGTH))
                .expect("GET LOCK PROOF", GreyProof.LENGTH));
    }
}
