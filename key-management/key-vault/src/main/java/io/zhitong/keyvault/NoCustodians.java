package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.custody.CustodyPins;
import io.zhitong.smcrypto.SecretBytes;
import java.util.List;

/** A vault whose custodians have no PINs (无保管人口令): nobody confirms as one. */
final class NoCustodians implements CustodyPins {
    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public String authenticate(int custodian, SecretBytes pin) {
        throw new KeyServiceException(KeyRefusal.UNKNOWN_CUSTODIAN, "this vault's custodians have no PINs");
    }
}
