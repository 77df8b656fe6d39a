package io.zhitong.keyvault.module;

import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyRef;
import java.util.Objects;

/**
 * A master of the module that gives every card of a delivery one key (批量分散的主密钥).
 *
 * @param ref its usage, version and factors, one level above the card
 * @param key the same key inside the module
 */
public record KeySetMaster(KeyRef ref, DerivedKey key) {
    public KeySetMaster {
        Objects.requireNonNull(ref);
        Objects.requireNonNull(key);
    }
}
