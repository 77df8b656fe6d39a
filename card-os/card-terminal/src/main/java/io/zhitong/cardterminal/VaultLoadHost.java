package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.VerifyRequest;
import java.util.List;
import java.util.Optional;

/**
 * The key vault as load host (密钥库圈存主机): MAC1 is verified and MAC2 made inside it, for purses with the key chain root →
 * city → card. A refusal of the vault ({@link io.zhitong.keyapi.KeyServiceException}) passes through. Thread-safe.
 */
public final class VaultLoadHost implements LoadHost {
    private final KeyService keys;
    private final byte[] city;

    /** @param cityFactor8 derivation factor of the city */
    public VaultLoadHost(KeyService keys, byte[] cityFactor8) {
        this.keys = keys;
        this.city = cityFactor8.clone();
    }

    @Override
    public Optional<byte[]> authorise(LoadRecord load) {
        return keys.verifyThenMac(
                key(isOurs(load) ? KeyUsage.DLK : KeyUsage.BOUGHT_DLK, load),
                load.sessionSeed(),
                load.mac1Data(),
                load.mac1(),
                load.mac2Data());
    }

    @Override
    public boolean tacHolds(LoadRecord load) {
        var request = new VerifyRequest(
                key(isOurs(load) ? KeyUsage.DTK : KeyUsage.BOUGHT_DTK, load), new byte[0], load.tacData(), load.tac());
        return keys.verifyMacs(List.of(request)).get(0);
    }

    /** Bought cards have keys of their own, under 3DES. */
    private static boolean isOurs(LoadRecord load) {
        return CardAlgorithm.of(load.algorithm()) == CardAlgorithm.SM4;
    }

    private KeyRef key(KeyUsage usage, LoadRecord load) {
        return KeyRef.of(usage, load.keyVersion(), city, load.cardFactor());
    }
}
