package io.zhitong.keyvault.module.sdf;

import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** Whether the vault's module goes on, on some library, after its sessions were lost (会话恢复). */
public final class SdfRecovery {
    private static final int BLOCK = 16;

    private SdfRecovery() {}

    /** What went wrong, if anything: the sessions are closed behind the module's back and the same key is used again. */
    public static Optional<String> finding(SdfSettings settings) {
        SecretBytes pin = SecretBytes.takeOver(settings.pin().export(SecretAccess.TOKEN));
        var own = new SdfSettings(settings.library(), pin, settings.keyIndex(), settings.kekIndex());
        try (SdfModule module = SdfModule.open(own)) {
            ModuleKey key = module.generate(KeyAlgorithm.SM4);
            byte[] before = mac(module, key);
            module.loseSessions();
            return MessageDigest.isEqual(before, mac(module, key)) ? Optional.empty() : Optional.of("another answer");
        } catch (ModuleException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] mac(SdfModule module, ModuleKey key) {
        return module.mac(new DerivedKey(key, List.of()), new byte[BLOCK], new byte[BLOCK]);
    }
}
