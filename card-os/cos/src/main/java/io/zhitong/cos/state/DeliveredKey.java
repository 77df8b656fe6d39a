package io.zhitong.cos.state;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.KeyType;
import io.zhitong.smcrypto.SecretBytes;

/**
 * A diversified key in the working register of a SAM (工作密钥), until the next DELIVER KEY, SELECT or reset.
 *
 * @param type of the master it came from: it decides what CIPHER may do
 */
public record DeliveredKey(KeyType type, CardAlgorithm algorithm, SecretBytes key) {}
