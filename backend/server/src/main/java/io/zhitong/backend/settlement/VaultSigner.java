package io.zhitong.backend.settlement;

import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.settlementfile.PackageSigner;
import org.springframework.stereotype.Component;

/** Signs settlement files with the vault's settlement key (清算签名). */
@Component
class VaultSigner implements PackageSigner {
    private final KeyService vault;

    VaultSigner(KeyService vault) {
        this.vault = vault;
    }

    @Override
    public byte[] sign(byte[] message) {
        return vault.sign(SigningKey.SETTLEMENT, message);
    }

    @Override
    public byte[] publicKey() {
        return vault.publicKey(SigningKey.SETTLEMENT);
    }
}
