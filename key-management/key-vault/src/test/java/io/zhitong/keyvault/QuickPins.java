package io.zhitong.keyvault;

import io.zhitong.keyvault.custodian.PinCost;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Vaults of tests that ask for a PIN at every step: a guess costs next to nothing, all else is as in any vault. */
final class QuickPins {
    private static final PinCost LEAST = new PinCost(8, 1);

    private QuickPins() {}

    static VaultFolder folder(Path data) {
        return new VaultFolder(data, LEAST);
    }

    static VaultProcess serve(VaultProcess.Settings settings) throws IOException {
        return VaultProcess.start(settings, folder(settings.data()), Clock.systemUTC(), RandomSource.secure());
    }
}
