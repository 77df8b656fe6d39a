package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The batch transport keys of a demo (演示用批次运输密钥), which its simulated factory makes its cards with, as a real one would
 * with its own. Those that went into a device lie there since the demo was made.
 */
final class FactoryKeys {
    private FactoryKeys() {}

    static void write(Path folder, List<StoredMaster> masters) {
        write(folder.resolve("factory/transport.key"), KeyUsage.TRANSPORT, masters);
        write(folder.resolve("factory/bought-transport.key"), KeyUsage.BOUGHT_TRANSPORT, masters);
    }

    private static void write(Path file, KeyUsage usage, List<StoredMaster> masters) {
        masters.stream()
                .filter(master -> master.usage() == usage)
                .findFirst()
                .filter(StoredMaster::inClear)
                .ifPresent(master -> {
                    byte[] key = master.key().export(SecretAccess.TOKEN);
                    SafeFiles.write(file, (Hex.of(key) + "\n").getBytes(StandardCharsets.US_ASCII));
                    Arrays.fill(key, (byte) 0);
                });
    }
}
