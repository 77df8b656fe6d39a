package io.zhitong.zt.vectors;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.smcrypto.ByteWriter;
import java.util.HashMap;
import java.util.Map;

/** Kinds of purse vectors (钱包向量), docs/card.md "Cryptograms", algorithm SM4. */
final class PurseKinds {
    static final Map<String, CaseCheck> ALL = all();

    private static final CardAlgorithm SM4 = CardAlgorithm.SM4;

    private PurseKinds() {}

    private static Map<String, CaseCheck> all() {
        Map<String, CaseCheck> kinds = new HashMap<>(KeyKinds.ALL);
        kinds.putAll(GreyKinds.ALL);
        kinds.put("load", PurseKinds::load);
        kinds.put("purchase", PurseKinds::purchase);
        kinds.put("cash", PurseKinds::purchase);
        kinds.put("capp", PurseKinds::purchase);
        kinds.put("unload", PurseKinds::unload);
        kinds.put("overdraft", PurseKinds::overdraft);
        return Map.copyOf(kinds);
    }

    private static void load(Fields vector) {
        Online online = Online.read(vector, "DLK");
        long newBalance = online.oldBalance + online.amount;
        vector.expect("TAC", SM4.tac4(vector.hex("DTK", 16), online.tacData(newBalance)));
    }

    private static void unload(Fields vector) {
        Online online = Online.read(vector, "DULK");
        long newBalance = online.oldBalance - online.amount;
        vector.expect("MAC3", SM4.mac4(online.sessionKey, online.tacData(newBalance)));
    }

    private static void purchase(Fields vector) {
        long amount = vector.number("amount");
        long terminalSeq = u32(vector.hex("terminalSeq", 4));
        TransactionType type = type(vector);
        byte[] terminal = vector.hex("terminal", 6);
        CardTime time = time(vector);
        byte[] seed =
                PurseCryptograms.offlineSeed(vector.hex("random", 4), sequence(vector, "offlineSeq"), terminalSeq);
        byte[] session = SM4.sessionKey(vector.hex("DPK", 16), seed);
        vector.expect("sessionKey", session);
        vector.expect("MAC1", SM4.mac4(session, PurseCryptograms.hostMac(amount, type, terminal, time)));
        vector.expect("MAC2", SM4.mac4(session, PurseCryptograms.purchaseMac2(amount)));
        byte[] covered = PurseCryptograms.purchaseTac(amount, type, terminal, terminalSeq, time);
        vector.expect("TAC", SM4.tac4(vector.hex("DTK", 16), covered));
    }

    private static void overdraft(Fields vector) {
        long oldBalance = vector.number("oldBalance");
        int oldLimit = (int) vector.number("oldLimit");
        int newLimit = (int) vector.number("newLimit");
        byte[] terminal = vector.hex("terminal", 6);
        CardTime time = time(vector);
        int sequence = sequence(vector, "onlineSeq");
        byte[] session =
                SM4.sessionKey(vector.hex("DUK", 16), PurseCryptograms.onlineSeed(vector.hex("random", 4), sequence));
        vector.expect("sessionKey", session);
        vector.expect("MAC1", SM4.mac4(session, PurseCryptograms.overdraftMac1(oldBalance, oldLimit, terminal)));
        vector.expect("MAC2", SM4.mac4(session, PurseCryptograms.overdraftMac2(newLimit, terminal, time)));
        long newBalance = vector.number("newBalance");
        if (newBalance != oldBalance - oldLimit + newLimit) {
            throw new BadVector("newBalance expected " + (oldBalance - oldLimit + newLimit) + ", is " + newBalance);
        }
        byte[] covered = PurseCryptograms.overdraftTac(newBalance, sequence, newLimit, terminal, time);
        vector.expect("TAC", SM4.tac4(vector.hex("DTK", 16), covered));
    }

    static TransactionType type(Fields vector) {
        return TransactionType.of(vector.hex("type", 1)[0] & 0xFF);
    }

    static CardTime time(Fields vector) {
        return new CardTime(new ByteWriter()
                .bytes(vector.hex("date", 4))
                .bytes(vector.hex("time", 3))
                .toByteArray());
    }

    static int sequence(Fields vector, String name) {
        byte[] bytes = vector.hex(name, 2);
        return (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    }

    static long u32(byte[] bytes) {
        return new io.zhitong.smcrypto.ByteReader(bytes).u32();
    }

    /** What load and unload have in common; reading it checks session key, MAC1 and MAC2. */
    private record Online(
            byte[] sessionKey,
            long oldBalance,
            long amount,
            TransactionType type,
            int sequence,
            byte[] terminal,
            CardTime time) {
        static Online read(Fields vector, String keyName) {
            int sequence = PurseKinds.sequence(vector, "onlineSeq");
            byte[] seed = PurseCryptograms.onlineSeed(vector.hex("random", 4), sequence);
            byte[] session = SM4.sessionKey(vector.hex(keyName, 16), seed);
            vector.expect("sessionKey", session);
            var online = new Online(
                    session,
                    vector.number("oldBalance"),
                    vector.number("amount"),
                    PurseKinds.type(vector),
                    sequence,
                    vector.hex("terminal", 6),
                    PurseKinds.time(vector));
            vector.expect("MAC1", SM4.mac4(session, online.mac1Data()));
            vector.expect("MAC2", SM4.mac4(session, online.mac2Data()));
            return online;
        }

        private byte[] mac1Data() {
            return PurseCryptograms.loadMac1(oldBalance, amount, type, terminal);
        }

        private byte[] mac2Data() {
            return PurseCryptograms.hostMac(amount, type, terminal, time);
        }

        byte[] tacData(long newBalance) {
            return PurseCryptograms.loadTac(newBalance, sequence, amount, type, terminal, time);
        }
    }
}
