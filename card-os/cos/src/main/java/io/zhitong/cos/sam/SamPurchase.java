package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.Pending;
import io.zhitong.smcrypto.SecretBytes;

/** A purchase between INIT SAM and CREDIT SAM (PSAM 消费中间状态): the session key and what MAC2 covers. */
record SamPurchase(StoredKey master, CardAlgorithm algorithm, SecretBytes sessionKey, long amount) implements Pending {}
