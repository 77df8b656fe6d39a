package io.zhitong.cardterminal;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.VerifyRequest;
import java.util.List;
import java.util.Optional;

/**
 * The key vault as host of the deposit (密钥库联机主机), for purses with the key chain root → city → card. A refusal of the
 * vault ({@link io.zhitong.keyapi.KeyServiceException}) passes through. Thread-safe.
 */
public final class VaultMoneyHost implements MoneyHost {
    private static final byte[] NO_SEED = new byte[0];

    private final KeyService keys;
    private final byte[] city;

    /** @param cityFactor8 derivation factor of the city */
    public VaultMoneyHost(KeyService keys, byte[] cityFactor8) {
        this.keys = keys;
        this.city = cityFactor8.clone();
    }

    @Override
    public Optional<byte[]> authorise(HostRecord t) {
        return keys.verifyThenMac(key(usage(t), t), t.sessionSeed(), t.mac1Data(), t.mac1(), t.mac2Data());
    }

    @Override
    public boolean proofHolds(HostRecord t) {
        var request = t.provesBySession()
                ? new VerifyRequest(key(usage(t), t), t.sessionSeed(), t.proofData(), t.proof())
                : new VerifyRequest(key(KeyUsage.DTK, t), NO_SEED, t.proofData(), t.proof());
        return keys.verifyMacs(List.of(request)).get(0);
    }

    private static KeyUsage usage(HostRecord transaction) {
        return switch (transaction.type()) {
            case UNLOAD -> KeyUsage.DULK;
            case OVERDRAFT -> KeyUsage.DUK;
            default -> KeyUsage.DLK;
        };
    }

    private KeyRef key(KeyUsage usage, HostRecord transaction) {
        return KeyRef.of(usage, transaction.keyVersion(), city, transaction.cardFactor());
    }
}
