package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a key comes from (密钥谱系). On the wire: <i>ref</i> asked for ‖ master as in the key list ‖ batch of KCV 3.
 *
 * @param key what was asked for
 * @param master the stored master it comes from, or is
 * @param kcvs check value of the key behind each further factor, in their order; none where the master is destroyed
 */
public record KeyLineage(KeyRef key, KeyListing master, List<byte[]> kcvs) {
    private static final int KCV = 3;

    public KeyLineage {
        kcvs = kcvs.stream().map(kcv -> Checks.length("KCV", kcv, KCV)).toList();
        if (!master.key().leadsTo(key)) {
            throw Checks.malformed("expected a master that leads to the key");
        }
    }

    /**
     * The check value behind a factor, with its method: {@code CMAC 52FC10}; a card's own key of 3DES has {@code 3DES}.
     *
     * @param step 0 for the first factor behind the master
     */
    public String kcvText(int step) {
        boolean des = key.usage().tripleDes()
                && master.level() + step + 1 == key.usage().chain().depth();
        return (des ? "3DES " : "CMAC ") + Hex.of(kcvs.get(step)).toUpperCase(Locale.ROOT);
    }

    void encode(ByteWriter out) {
        key.encode(out);
        master.encode(out);
        Lists.encode(out, kcvs, (kcv, to) -> to.bytes(kcv));
    }

    static KeyLineage decode(ByteReader in) {
        return new KeyLineage(
                KeyRef.decode(in), KeyListing.decode(in), new ArrayList<>(Lists.decode(in, from -> from.bytes(KCV))));
    }
}
