package io.zhitong.keyvault;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyvault.module.LayeredModule;
import io.zhitong.keyvault.module.SoftModule;
import io.zhitong.keyvault.module.sdf.SdfModule;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the masters of a vault live and how they get there (主密钥归宿). With a device the store keeps blobs that only the
 * device opens; masters of 3DES cards and exchange keys stay in the process, because the device has no 3DES and key blocks are
 * made here (docs/keys.md, "Homes of the module").
 */
final class MasterHome {
    private final RandomSource random;
    private final Optional<ModuleChoice> device;

    private MasterHome(RandomSource random, Optional<ModuleChoice> device) {
        this.random = random;
        this.device = device;
    }

    /** As the folder's {@code module.conf} says. */
    static MasterHome of(Path folder, RandomSource random) {
        return new MasterHome(random, ModuleChoice.of(folder));
    }

    /** A module for one content. */
    CryptoModule open() {
        return device.isPresent() ? layered(device.get()) : new SoftModule(random);
    }

    private LayeredModule layered(ModuleChoice choice) {
        return new LayeredModule(SdfModule.open(choice.settings()), new SoftModule(random));
    }

    /** A first content as it is kept: masters in the device, and signing pairs that the device made. */
    VaultContent born(VaultContent first) {
        if (device.isEmpty()) {
            return first;
        }
        try (LayeredModule module = layered(device.get())) {
            VaultContent kept = enclosed(first, module);
            for (SigningKey key : first.signers().keySet()) {
                byte[] blob = module.wrapped(module.generate(KeyAlgorithm.SM2));
                kept = kept.withNote(pair(key), blob);
            }
            first.signers().values().forEach(SecretBytes::close);
            return kept.withSigners(Map.of());
        }
    }

    /** A content as it is kept: what is still in clear and belongs into the device goes there. */
    VaultContent kept(VaultContent content) {
        if (device.isEmpty() || content.masters().stream().noneMatch(MasterHome::belongsInside)) {
            return content;
        }
        try (LayeredModule module = layered(device.get())) {
            return enclosed(content, module);
        }
    }

    /** The clear keys are taken over and wiped. */
    private static VaultContent enclosed(VaultContent content, LayeredModule module) {
        List<StoredMaster> masters = content.masters().stream()
                .map(each -> belongsInside(each) ? each.with(SecretBytes.takeOver(module.enclose(each.key()))) : each)
                .toList();
        return content.withMasters(masters);
    }

    private static boolean belongsInside(StoredMaster master) {
        return master.inClear() && !master.usage().tripleDes() && master.usage() != KeyUsage.EXCHANGE;
    }

    private static String pair(SigningKey key) {
        return "device-pair-" + key.code();
    }

    /** The signing keys of a content in its module. */
    static Map<SigningKey, ModuleKey> signers(VaultContent content, CryptoModule module) {
        Map<SigningKey, ModuleKey> signers = new EnumMap<>(SigningKey.class);
        content.signers().forEach((key, scalar) -> signers.put(key, module.loadSm2(OpenMasters.copy(scalar))));
        for (SigningKey key : SigningKey.values()) {
            content.note(pair(key)).ifPresent(blob -> signers.put(key, module.importWrapped(blob)));
        }
        return signers;
    }
}
