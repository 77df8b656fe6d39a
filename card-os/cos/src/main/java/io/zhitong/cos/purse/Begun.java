package io.zhitong.cos.purse;

import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.Pending;

/**
 * A purse transaction between its INIT and its credit or debit (交易中间状态).
 *
 * @param sequence as answered by INIT
 * @param key the load, unload or purchase key
 * @param tacKey the DTK of the same algorithm
 */
record Begun(
        TransactionType type,
        PurseFile purse,
        long amount,
        byte[] terminal6,
        byte[] random4,
        int sequence,
        StoredKey key,
        StoredKey tacKey)
        implements Pending {}
