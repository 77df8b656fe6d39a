package io.zhitong.keyvault.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The home in this process passes the whole suite. */
class SoftModuleTest implements SmConformance, LegacyConformance {
    private final SecretBytes storage =
            SecretBytes.takeOver(RandomSource.secure().bytes(16));
    private final CryptoModule module = reopened();

    @Override
    public CryptoModule module() {
        return module;
    }

    @Override
    public CryptoModule reopened() {
        return new SoftModule(RandomSource.secure(), SecretBytes.takeOver(storage.export(SecretAccess.TOKEN)));
    }

    @AfterEach
    void close() {
        module.close();
    }

    @Test
    void closed_module_holds_no_key_any_more() {
        ModuleKey key = module.generate(KeyAlgorithm.SM4);
        module.close();

        assertThrows(IllegalStateException.class, () -> module.kcv(key));
    }

    @Test
    void a_blob_made_under_another_storage_key_is_foreign() {
        byte[] blob = module.wrapped(module.generate(KeyAlgorithm.SM4));
        try (SoftModule other = new SoftModule(RandomSource.secure())) {
            assertEquals(
                    ModuleRefusal.FOREIGN_BLOB,
                    assertThrows(ModuleException.class, () -> other.importWrapped(blob))
                            .reason());
        }
    }
}
