package io.zhitong.keyvault.custodian;

import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;

/** Does nothing but write down what it was told to do; can be sealed, refuse, and die before or after the deed. */
final class CountingExecutor implements OrderExecutor {
    /** What kill -9 looks like from inside. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final List<String> deeds = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();
    boolean sealed;
    boolean impossible;
    boolean killBefore;
    boolean killAfter;

    @Override
    public void check(KeyOrder order) {
        if (sealed) {
            throw new KeyServiceException(KeyRefusal.SEALED, "planted");
        }
    }

    @Override
    public boolean done(byte[] number) {
        return numbers.contains(Hex.of(number));
    }

    @Override
    public String execute(byte[] number, KeyOrder order) {
        if (killBefore) {
            throw new Killed();
        }
        if (impossible) {
            throw new KeyServiceException(KeyRefusal.UNKNOWN_KEY, "planted");
        }
        deeds.add(order.english());
        numbers.add(Hex.of(number));
        if (killAfter) {
            throw new Killed();
        }
        return "v2";
    }
}
