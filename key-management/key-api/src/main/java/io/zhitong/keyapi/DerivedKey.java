package io.zhitong.keyapi;

import java.util.ArrayList;
import java.util.List;

/**
 * A key named by where it comes from (分散密钥): a module's key and the steps {@code SM4(K, f8 ‖ ~f8)} still to be taken.
 * A session key is one more step, with the session seed as its factor. The bytes exist only while the module works.
 *
 * @param master a key of the module
 * @param factors 8 bytes each, in order; empty means the key itself
 */
public record DerivedKey(ModuleKey master, List<byte[]> factors) {
    public DerivedKey {
        factors = List.copyOf(factors);
    }

    /** The key one step further down. */
    public DerivedKey then(byte[] factor) {
        List<byte[]> longer = new ArrayList<>(factors);
        longer.add(factor);
        return new DerivedKey(master, longer);
    }
}
