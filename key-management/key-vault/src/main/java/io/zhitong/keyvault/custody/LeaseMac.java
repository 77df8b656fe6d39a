package io.zhitong.keyvault.custody;

import io.zhitong.keyapi.KeyRef;

/** Makes the MAC of a lease's renewal with the SAM's own key (续租MAC). */
@FunctionalInterface
public interface LeaseMac {
    /**
     * Left 4 of SM4-CBC-MAC, data padded 80 00… always.
     *
     * @param key a SAM's lease key
     * @param iv the SAM's challenge, 16 bytes
     */
    byte[] of(KeyRef key, byte[] iv, byte[] command);
}
