package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.smcrypto.MalformedInput;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * The load of the purse (钱包圈存), docs/card.md: SELECT, INIT LOAD, [host checks MAC1 and makes MAC2], CREDIT FOR LOAD,
 * [host checks the TAC]. Exceptions of host and journal pass through; before CREDIT nothing has happened to the card.
 */
public final class Load {
    private static final int TAC = 4;
    private static final int PROOF = 8;

    private final LoadHost host;
    private final LoadJournal journal;
    private final byte[] terminal;

    /** @param terminal6 number of the loading terminal */
    public Load(LoadHost host, LoadJournal journal, byte[] terminal6) {
        this.host = host;
        this.journal = journal;
        this.terminal = terminal6.clone();
    }

    /**
     * Loads.
     *
     * @param amount fen, at least 1
     * @param at local time of the community
     */
    public LoadOutcome load(CardChannel card, long amount, LocalDateTime at) {
        return load(card, amount, at, Pin.NONE);
    }

    /** The same for a card that wants its PIN first. */
    public LoadOutcome load(CardChannel card, long amount, LocalDateTime at, Pin pin) {
        CardTime time = CardTime.of(at);
        try {
            Purse purse = Purse.select(card);
            if (!purse.data().validOn(time.date4())) {
                return new LoadOutcome.Refused(LoadRefusal.NOT_VALID_TODAY, 0);
            }
            purse.verify(pin);
            return authorise(purse, purse.initOnline(TransactionType.EP_LOAD, amount, terminal), amount, time);
        } catch (CardException e) {
            return new LoadOutcome.Refused(LoadRefusal.of(e), e.sw());
        }
    }

    private LoadOutcome authorise(Purse purse, LoadOffer offer, long amount, CardTime time) {
        LoadRecord load;
        try {
            load = LoadRecord.of(purse.data(), offer, amount, terminal, time);
        } catch (MalformedInput e) {
            return new LoadOutcome.Refused(LoadRefusal.AMOUNT_TOO_LARGE, 0);
        }
        Optional<byte[]> mac2 = host.authorise(load);
        if (mac2.isEmpty()) {
            return new LoadOutcome.Refused(LoadRefusal.CARD_MAC_WRONG, 0);
        }
        journal.intent(load);
        return credit(purse, load, mac2.get());
    }

    private LoadOutcome credit(Purse purse, LoadRecord load, byte[] mac2) {
        ResponseApdu answer;
        try {
            answer = purse.credit(load.creditData(mac2));
        } catch (CardException e) {
            return new LoadOutcome.InDoubt(load);
        }
        if (answer.is(StatusWord.OK) && answer.data().length == TAC) {
            return settle(load.withTac(answer.data()));
        }
        if (answer.is(StatusWord.OK) || PsamDebit.leavesDoubt(answer.sw())) {
            return new LoadOutcome.InDoubt(load);
        }
        journal.settled(load, false);
        return new LoadOutcome.Refused(LoadRefusal.CARD_REFUSED, answer.sw());
    }

    private LoadOutcome settle(LoadRecord load) {
        if (!host.tacHolds(load)) {
            return new LoadOutcome.Refused(LoadRefusal.TAC_WRONG, 0);
        }
        journal.settled(load, true);
        return new LoadOutcome.Loaded(load);
    }

    /**
     * Asks the card that lies there now whether it was credited.
     *
     * @return Loaded and Refused with NOT_CREDITED have settled it; everything else leaves the load open
     */
    public LoadOutcome resolve(CardChannel card, LoadRecord open) {
        return resolve(card, open, Pin.NONE);
    }

    /** The same for a card that shows its counter only after its PIN. */
    public LoadOutcome resolve(CardChannel card, LoadRecord open, Pin pin) {
        try {
            Purse purse = Purse.select(card);
            if (!Arrays.equals(purse.data().serial(), open.cardSerial())) {
                return new LoadOutcome.Refused(LoadRefusal.OTHER_CARD, 0);
            }
            ResponseApdu proof = purse.prove(TransactionType.EP_LOAD, open.onlineSeq());
            if (proof.is(StatusWord.NO_PROOF)) {
                return withoutProof(purse, open, pin);
            }
            byte[] macAndTac = proof.expect("GET TRANSACTION PROVE", PROOF);
            return settle(open.withTac(Arrays.copyOfRange(macAndTac, 4, PROOF)));
        } catch (CardException e) {
            return new LoadOutcome.Refused(LoadRefusal.of(e), e.sw());
        }
    }

    private LoadOutcome withoutProof(Purse purse, LoadRecord open, Pin pin) {
        purse.verify(pin);
        if (purse.initOnline(TransactionType.EP_LOAD, open.amount(), terminal).onlineSeq() != open.onlineSeq()) {
            return new LoadOutcome.InDoubt(open);
        }
        journal.settled(open, false);
        return new LoadOutcome.Refused(LoadRefusal.NOT_CREDITED, StatusWord.NO_PROOF.value());
    }
}
