package io.zhitong.keyvault;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The master compartment while it is open (已开启的主密钥区): one content, loaded into a module of its own. A change makes a new
 * one; closing destroys the module's keys. What it hands out is used within {@link MasterCompartment#use} only.
 */
final class OpenMasters implements AutoCloseable {
    private final VaultContent content;
    private final CryptoModule module;
    private final MasterKeys masters;
    private final Map<SigningKey, ModuleKey> signers;

    /** Loads copies of the keys; the content stays its store's. */
    OpenMasters(VaultContent content, CryptoModule module, Clock clock) {
        this.content = content;
        this.module = module;
        this.signers = MasterHome.signers(content, module);
        List<StoredMaster> copies =
                content.masters().stream().map(OpenMasters::copy).toList();
        this.masters = new MasterKeys(module, copies, clock);
    }

    VaultContent content() {
        return content;
    }

    CryptoModule module() {
        return module;
    }

    MasterKeys masters() {
        return masters;
    }

    CardKeyWork work() {
        return new CardKeyWork(module, masters);
    }

    DataKeyWork dataWork() {
        return new DataKeyWork(module, masters);
    }

    Map<SigningKey, ModuleKey> signers() {
        return signers;
    }

    ModuleKey signer(SigningKey key) {
        ModuleKey signer = signers.get(key);
        if (signer == null) {
            throw new IllegalStateException("the master compartment holds no key for " + key);
        }
        return signer;
    }

    CardCertificates cardCertificates() {
        return new CardCertificates(module, signer(SigningKey.CARD_ISSUER));
    }

    /** The module wipes what it is given; the store's copy must live on for the next generation. */
    static SecretBytes copy(SecretBytes secret) {
        return SecretBytes.takeOver(secret.export(SecretAccess.TOKEN));
    }

    private static StoredMaster copy(StoredMaster master) {
        return master.with(copy(master.key()));
    }

    @Override
    public void close() {
        module.close();
    }
}
