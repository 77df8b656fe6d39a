package io.zhitong.keyvault.custodian;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.keyvault.store.KeptSection;

/** A section whose nth write fails. */
final class FailingAt implements KeptSection {
    private final KeptSection inner;
    private int left;

    FailingAt(KeptSection inner, int nth) {
        this.inner = inner;
        this.left = nth;
    }

    @Override
    public byte[] load() {
        return inner.load();
    }

    @Override
    public void save(byte[] encoded) {
        if (--left == 0) {
            throw new VaultException(VaultFault.FILE, "planted");
        }
        inner.save(encoded);
    }
}
