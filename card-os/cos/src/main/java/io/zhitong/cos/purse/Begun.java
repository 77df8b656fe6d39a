package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.Pending;
import java.util.ArrayList;
import java.util.List;

/**
 * A purse transaction between its INIT and its credit or debit (交易中间状态).
 *
 * @param sequence as answered by INIT
 * @param key the load, unload or purchase key
 * @param tacKey the DTK of the same algorithm
 * @param records of a CAPP purchase, to be written with the debit
 */
record Begun(
        TransactionType type,
        PurseFile purse,
        long amount,
        byte[] terminal6,
        byte[] random4,
        int sequence,
        StoredKey key,
        StoredKey tacKey,
        List<CappRecord> records)
        implements Pending {
    /** What the host's MAC2 or the PSAM's MAC1 covers. */
    byte[] hostMac(CardTime time) {
        return PurseCryptograms.hostMac(amount, type, terminal6, time);
    }

    /** The same with the amount that came later. */
    Begun of(long later) {
        return new Begun(type, purse, later, terminal6, random4, sequence, key, tacKey, records);
    }

    /** The same with one record more. */
    Begun with(CappRecord record) {
        List<CappRecord> all = new ArrayList<>(records);
        all.add(record);
        return new Begun(type, purse, amount, terminal6, random4, sequence, key, tacKey, List.copyOf(all));
    }
}
