package io.zhitong.zt.vectors;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.GreyCryptograms;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.TransactionType;
import java.util.Map;

/** Kinds of vectors of metered use (灰锁向量), docs/card.md "Grey lock", algorithm SM4. */
final class GreyKinds {
    static final Map<String, CaseCheck> ALL = Map.of(
            "grey-lock", GreyKinds::lock,
            "grey-debit", GreyKinds::debit,
            "grey-unlock", GreyKinds::unlock);

    private static final CardAlgorithm SM4 = CardAlgorithm.SM4;

    private GreyKinds() {}

    private static void lock(Fields vector) {
        int sequence = PurseKinds.sequence(vector, "offlineSeq");
        long terminalSeq = PurseKinds.u32(vector.hex("terminalSeq", 4));
        long balance = vector.number("balance");
        TransactionType type = PurseKinds.type(vector);
        byte[] terminal = vector.hex("terminal", 6);
        CardTime time = PurseKinds.time(vector);
        byte[] session = GreyCryptograms.lockKey(
                SM4,
                vector.hex("DPK", 16),
                vector.hex("random", 4),
                sequence,
                terminalSeq,
                vector.hex("terminalRandom", 4));
        vector.expect("sessionKey", session);
        vector.expect("MAC1", SM4.mac4(session, GreyCryptograms.lockMac1(type, terminal, time)));
        vector.expect("MAC2", SM4.mac4(session, GreyCryptograms.lockMac2(balance, sequence)));
        byte[] covered = GreyCryptograms.lockTac(balance, sequence, type, terminal, terminalSeq, time);
        vector.expect("GTAC", SM4.tac4(vector.hex("DTK", 16), covered));
    }

    private static void debit(Fields vector) {
        long amount = vector.number("amount");
        long terminalSeq = PurseKinds.u32(vector.hex("terminalSeq", 4));
        TransactionType type = PurseKinds.type(vector);
        byte[] terminal = vector.hex("terminal", 6);
        byte[] session =
                GreyCryptograms.debitKey(SM4, vector.hex("DPK", 16), PurseKinds.sequence(vector, "lockSeq"), terminal);
        vector.expect("sessionKey", session);
        vector.expect("GMAC", SM4.mac4(session, GreyCryptograms.debitMac(amount, type)));
        byte[] covered = PurseCryptograms.purchaseTac(amount, type, terminal, terminalSeq, PurseKinds.time(vector));
        vector.expect("TAC", SM4.tac4(vector.hex("DTK", 16), covered));
    }

    private static void unlock(Fields vector) {
        int online = PurseKinds.sequence(vector, "onlineSeq");
        int offline = PurseKinds.sequence(vector, "offlineSeq");
        long balance = vector.number("balance");
        long amount = vector.number("amount");
        TransactionType type = PurseKinds.type(vector);
        byte[] terminal = vector.hex("terminal", 6);
        CardTime time = PurseKinds.time(vector);
        byte[] session =
                SM4.sessionKey(vector.hex("DLK", 16), PurseCryptograms.onlineSeed(vector.hex("random", 4), online));
        vector.expect("sessionKey", session);
        vector.expect("MAC1", SM4.mac4(session, GreyCryptograms.unlockMac1(balance, offline, type, terminal)));
        vector.expect("MAC2", SM4.mac4(session, PurseCryptograms.hostMac(amount, type, terminal, time)));
        byte[] covered = PurseCryptograms.loadTac(balance - amount, online, amount, type, terminal, time);
        vector.expect("MAC3", SM4.mac4(session, covered));
    }
}
