package io.zhitong.keyvault;

import io.zhitong.keyvault.custodian.PinCost;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.time.Clock;

/** A served vault of which PINs are asked at every step: a guess costs next to nothing, all else is as in any vault. */
public final class QuickPinVault {
    private QuickPinVault() {}

    public static VaultProcess serve(VaultProcess.Settings settings) throws IOException {
        var folder = new VaultFolder(settings.data(), new PinCost(8, 1));
        return VaultProcess.start(settings, folder, Clock.systemUTC(), RandomSource.secure());
    }
}
