package io.zhitong.keyapi;

import java.util.ArrayList;
import java.util.List;

/**
 * A key named by where it comes from (分散密钥): a module's key, the steps {@code SM4(K, f8 ‖ ~f8)} still to be taken, and
 * behind them those of a card of 3DES. A session key is one more step, with the session seed as its factor. The bytes exist
 * only while the module works.
 *
 * @param master a key of the module
 * @param factors 8 bytes each, in order; empty means the key itself
 * @param tripleDes steps of 3DES behind them: 8 bytes first, {@code 3DES(K, f8) ‖ 3DES(K, ~f8)}; no bytes, left half ⊕ right
 *     half; 8 bytes again, {@code 3DES(K, seed)}. Empty for a key of SM4.
 */
public record DerivedKey(ModuleKey master, List<byte[]> factors, List<byte[]> tripleDes) {
    private static final byte[] HALVES_ADDED = new byte[0];

    public DerivedKey {
        factors = List.copyOf(factors);
        tripleDes = List.copyOf(tripleDes);
    }

    /** A key of SM4. */
    public DerivedKey(ModuleKey master, List<byte[]> factors) {
        this(master, factors, List.of());
    }

    /** The key one step further down. */
    public DerivedKey then(byte[] factor) {
        return isTripleDes()
                ? new DerivedKey(master, factors, longer(tripleDes, factor))
                : new DerivedKey(master, longer(factors, factor), tripleDes);
    }

    /** The card's own key of 3DES below this one. */
    public DerivedKey thenCard(byte[] factor) {
        return new DerivedKey(master, factors, longer(tripleDes, factor));
    }

    /** The single DES key of 8 bytes with which a card of 3DES makes TACs. */
    public DerivedKey halvesAdded() {
        return new DerivedKey(master, factors, longer(tripleDes, HALVES_ADDED));
    }

    /** Whether what is done with it is 3DES. */
    public boolean isTripleDes() {
        return !tripleDes.isEmpty();
    }

    private static List<byte[]> longer(List<byte[]> steps, byte[] step) {
        List<byte[]> longer = new ArrayList<>(steps);
        longer.add(step);
        return longer;
    }
}
