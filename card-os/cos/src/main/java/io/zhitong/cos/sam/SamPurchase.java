package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.Pending;
import io.zhitong.smcrypto.SecretBytes;

/**
 * A purchase or grey lock between its INIT and MAC2 (PSAM 交易中间状态).
 *
 * @param grey whether it is a lock, which another command ends
 */
record SamPurchase(StoredKey master, CardAlgorithm algorithm, SecretBytes sessionKey, byte[] mac2Covers, boolean grey)
        implements Pending {}
