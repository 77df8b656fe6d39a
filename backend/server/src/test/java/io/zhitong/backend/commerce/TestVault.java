package io.zhitong.backend.commerce;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A vault that checks TACs and signs settlement files in this process, and can be sealed; for tests of every module. */
public final class TestVault {
    private static final Sm2PrivateKey SETTLEMENT = Sm2PrivateKey.of(scalar());

    private final Function<KeyRef, byte[]> keys;
    private volatile boolean sealed;
    private volatile boolean foreign;

    /** @param keys answers the card's own key */
    public TestVault(Function<KeyRef, byte[]> keys) {
        this.keys = keys;
    }

    /** Keys derived from one root along the factors. */
    public static TestVault derivingFrom(byte[] root) {
        return new TestVault(key -> key.usage() == KeyUsage.BOUGHT_DTK
                ? TestSales.bought(root, key.factors())
                : CardAlgorithm.SM4.diversify(root, key.factors()));
    }

    public void seal(boolean value) {
        sealed = value;
    }

    /** Whether the purse is another issuer's. */
    public void foreign(boolean value) {
        foreign = value;
    }

    public KeyService service() {
        return (KeyService) Proxy.newProxyInstance(
                KeyService.class.getClassLoader(), new Class<?>[] {KeyService.class}, (proxy, method, arguments) -> {
                    if (sealed) {
                        throw new KeyServiceException(KeyRefusal.SEALED, "test");
                    }
                    return switch (method.getName()) {
                        case "verifyMacs" -> verify((List<?>) arguments[0]);
                        case "sign" -> sign((SigningKey) arguments[0], (byte[]) arguments[1]);
                        case "publicKey" -> SETTLEMENT.publicKey().xy();
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private List<Boolean> verify(List<?> requests) {
        List<VerifyRequest> checked =
                requests.stream().map(VerifyRequest.class::cast).toList();
        if (foreign) {
            throw new KeyServiceException(KeyRefusal.NOT_ISSUER, "test");
        }
        if (checked.stream().anyMatch(r -> r.key().version() != 1)) {
            throw new KeyServiceException(KeyRefusal.UNKNOWN_KEY, "test");
        }
        return checked.stream()
                .map(r -> Arrays.equals(algorithm(r).tac4(keys.apply(r.key()), r.data()), r.mac()))
                .toList();
    }

    private static CardAlgorithm algorithm(VerifyRequest request) {
        return request.key().usage() == KeyUsage.BOUGHT_DTK ? CardAlgorithm.TRIPLE_DES : CardAlgorithm.SM4;
    }

    private static byte[] sign(SigningKey key, byte[] message) {
        if (key != SigningKey.SETTLEMENT) {
            throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "test");
        }
        return Sm2.sign(SETTLEMENT, message, TestVault::random);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static byte[] scalar() {
        byte[] scalar = new byte[32];
        Arrays.fill(scalar, (byte) 0x2B);
        return scalar;
    }
}
