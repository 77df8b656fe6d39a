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
 * What load, unload and overdraft of the deposit have in common: SELECT, VERIFY PIN, INIT, [host checks MAC1 and makes
 * MAC2], the command that does it, [host checks TAC or MAC3]. Exceptions of host and journal pass through; before MAC2 is
 * sent nothing has happened to the card.
 */
final class HostTransaction {
    private static final int PROOF = 4;
    private static final int MAC_AND_TAC = 8;
    private static final byte[] NO_PROOF = new byte[PROOF];

    private final TransactionType type;
    private final MoneyHost host;
    private final MoneyJournal journal;
    private final byte[] terminal;

    HostTransaction(TransactionType type, MoneyHost host, MoneyJournal journal, byte[] terminal6) {
        this.type = type;
        this.host = host;
        this.journal = journal;
        this.terminal = terminal6.clone();
    }

    MoneyOutcome run(CardChannel card, long value, LocalDateTime at, Pin pin) {
        CardTime time = CardTime.of(at);
        HostRecord begun;
        Purse purse;
        try {
            purse = Purse.select(card);
            if (!purse.data().validOn(time.date4())) {
                return new MoneyOutcome.Refused(MoneyRefusal.NOT_VALID_TODAY, 0);
            }
            purse.verify(pin);
            begun = init(purse, value, time);
        } catch (CardException e) {
            return new MoneyOutcome.Refused(MoneyRefusal.of(e), e.sw());
        } catch (MalformedInput e) {
            return new MoneyOutcome.Refused(MoneyRefusal.AMOUNT_NOT_POSSIBLE, 0);
        }
        Optional<byte[]> mac2 = host.authorise(begun);
        if (mac2.isEmpty()) {
            return new MoneyOutcome.Refused(MoneyRefusal.CARD_MAC_WRONG, 0);
        }
        journal.intent(begun);
        return commit(purse, begun, mac2.get());
    }

    /** @throws MalformedInput if the value is not possible on this card */
    private HostRecord init(Purse purse, long value, CardTime time) {
        HostOffer o = offer(purse, value);
        byte[] serial = purse.data().serial();
        return new HostRecord(
                type,
                o.keyVersion(),
                o.algorithm(),
                serial,
                o.onlineSeq(),
                o.balance(),
                o.limit(),
                value,
                terminal,
                time,
                o.random(),
                o.mac1(),
                NO_PROOF);
    }

    private HostOffer offer(Purse purse, long value) {
        return switch (type) {
            case OVERDRAFT -> purse.initOverdraft(terminal);
            case EP_GREY_UNLOCK -> purse.initGreyUnlock(terminal);
            default -> {
                LoadOffer o = purse.initOnline(type, value, terminal);
                yield new HostOffer(o.balance(), o.onlineSeq(), 0, o.keyVersion(), o.algorithm(), o.random(), o.mac1());
            }
        };
    }

    private MoneyOutcome commit(Purse purse, HostRecord begun, byte[] mac2) {
        ResponseApdu answer;
        try {
            answer = purse.commit(type, begun.commitData(mac2));
        } catch (CardException e) {
            return new MoneyOutcome.InDoubt(begun);
        }
        if (answer.is(StatusWord.OK) && answer.data().length == PROOF) {
            return settle(begun.withProof(answer.data()));
        }
        if (answer.is(StatusWord.OK) || PsamDebit.leavesDoubt(answer.sw())) {
            return new MoneyOutcome.InDoubt(begun);
        }
        journal.settled(begun, false);
        return new MoneyOutcome.Refused(MoneyRefusal.of(answer.sw()), answer.sw());
    }

    private MoneyOutcome settle(HostRecord done) {
        if (!host.proofHolds(done)) {
            return new MoneyOutcome.Refused(MoneyRefusal.PROOF_WRONG, 0);
        }
        journal.settled(done, true);
        return new MoneyOutcome.Done(done);
    }

    /** As the public classes say. */
    MoneyOutcome resolve(CardChannel card, HostRecord open, Pin pin) {
        try {
            Purse purse = Purse.select(card);
            if (!Arrays.equals(purse.data().serial(), open.cardSerial())) {
                return new MoneyOutcome.Refused(MoneyRefusal.OTHER_CARD, 0);
            }
            if (type == TransactionType.EP_GREY_UNLOCK) {
                return resolveRelease(purse.greyProof(), open);
            }
            ResponseApdu proof = purse.prove(type, open.onlineSeq());
            if (proof.is(StatusWord.NO_PROOF)) {
                return withoutProof(purse, open, pin);
            }
            byte[] macAndTac = proof.expect("GET TRANSACTION PROVE", MAC_AND_TAC);
            int at = open.provesBySession() ? 0 : PROOF;
            return settle(open.withProof(Arrays.copyOfRange(macAndTac, at, at + PROOF)));
        } catch (CardException e) {
            return new MoneyOutcome.Refused(MoneyRefusal.of(e), e.sw());
        }
    }

    /** A purse under the same lock was not released; one that is free tells by which number, as long as nobody locks it. */
    private MoneyOutcome resolveRelease(GreyProof proof, HostRecord open) {
        if (proof.type() == type.id() && proof.sequence() == open.onlineSeq()) {
            return settle(open.withProof(proof.tac()));
        }
        boolean sameLock = proof.state() == GreyProof.LOCKED && proof.sequence() + 1 == open.oldLimit();
        if (!sameLock) {
            return new MoneyOutcome.InDoubt(open);
        }
        journal.settled(open, false);
        return new MoneyOutcome.Refused(MoneyRefusal.NOT_DONE, 0);
    }

    /** "No proof" means "not done" only while the card's counter still stands at that number. */
    private MoneyOutcome withoutProof(Purse purse, HostRecord open, Pin pin) {
        purse.verify(pin);
        if (offer(purse, open.value()).onlineSeq() != open.onlineSeq()) {
            return new MoneyOutcome.InDoubt(open);
        }
        journal.settled(open, false);
        return new MoneyOutcome.Refused(MoneyRefusal.NOT_DONE, StatusWord.NO_PROOF.value());
    }
}
