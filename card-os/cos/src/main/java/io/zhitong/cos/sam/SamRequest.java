package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a terminal brings to its PSAM for a transaction (PSAM 交易初始化数据): rnd4‖seq2‖money4‖type‖date4‖time3‖keyVer‖alg‖
 * serial8[‖factor8…]; money is the amount, or the balance that a grey lock holds.
 */
record SamRequest(
        byte[] random4,
        int sequence,
        long money,
        TransactionType type,
        CardTime time,
        int version,
        CardAlgorithm algorithm,
        byte[] factors) {
    /** Bytes in front of the factors. */
    static final int FIXED = 20;

    /** 6A80 for another type than these, and for what is no date, time or algorithm. */
    static SamRequest parse(byte[] data, Set<TransactionType> types) {
        ByteReader in = new ByteReader(data);
        try {
            SamRequest request = new SamRequest(
                    in.bytes(4),
                    in.u16(),
                    in.u32(),
                    TransactionType.of(in.u8()),
                    new CardTime(in.bytes(7)),
                    in.u8(),
                    CardAlgorithm.of(in.u8()),
                    in.rest());
            CommandRefused.unless(types.contains(request.type), StatusWord.WRONG_DATA);
            return request;
        } catch (MalformedInput e) {
            throw new CommandRefused(StatusWord.WRONG_DATA);
        }
    }

    /** What follows from the card's own key, which is wiped. */
    byte[] fromCardKey(StoredKey master, UnaryOperator<byte[]> formula) {
        byte[] key = Factors.derive(master, algorithm, factors);
        try {
            return formula.apply(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
