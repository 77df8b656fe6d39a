package io.zhitong.bench;

import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyvault.block.KeySetRun;
import io.zhitong.keyvault.module.KeySetMaster;
import io.zhitong.keyvault.module.SoftModule;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import java.util.List;

/** A soft module with the eight masters of a purse (一张卡的八个密钥), and cards to make sets for. */
final class KeySetMasters implements AutoCloseable {
    /** Blocks of SM4 a key takes: derivation, six of the MAC over 53 + 32 bytes less two that all cards share, encryption. */
    static final int BLOCKS = 1 + 6 - 2 + 2;

    private static final byte[] CITY = {0x44, 0x03, -1, 0, 0, 0, 0, 0};
    private static final List<KeyUsage> USAGES = List.of(
            KeyUsage.PURSE_CONTROL,
            KeyUsage.DACK,
            KeyUsage.DAMK,
            KeyUsage.DPK,
            KeyUsage.DLK,
            KeyUsage.DTK,
            KeyUsage.DPUK,
            KeyUsage.DRPK);
    static final int KEYS = USAGES.size();

    private final SoftModule module = new SoftModule(RandomSource.secure());
    private final ModuleKey protection = module.generate(KeyAlgorithm.SM4);
    private final List<KeySetMaster> masters = USAGES.stream()
            .map(usage -> new KeySetMaster(
                    KeyRef.of(usage, 1, CITY), new DerivedKey(module.generate(KeyAlgorithm.SM4), List.of(CITY))))
            .toList();

    KeySetRun run(int threads) {
        return module.keySets(masters, protection, threads);
    }

    static byte[] cards(int count) {
        ByteWriter cards = new ByteWriter();
        for (int i = 0; i < count; i++) {
            cards.u64(4_403_0001_0000_0000L + i);
        }
        return cards.toByteArray();
    }

    @Override
    public void close() {
        module.close();
    }
}
