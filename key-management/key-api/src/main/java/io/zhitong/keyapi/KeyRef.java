package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Names a key by usage, version and the factors that lead to it (密钥引用); carries no key. On the wire: usage 1 ‖ version 1
 * ‖ number of factors 1 ‖ factors, 8 bytes each.
 *
 * @param usage what the key is for
 * @param version 1–255
 * @param factors 8 bytes each in the order of derivation, city → (community) → card; the root is implied. Fewer than the
 *     chain's depth name a master.
 */
public record KeyRef(KeyUsage usage, int version, List<byte[]> factors) {
    private static final int FACTOR = 8;
    private static final int MOST_FACTORS = 4;

    public KeyRef {
        Checks.range("key version", version, 1, 255);
        Checks.range("number of factors", factors.size(), 0, MOST_FACTORS);
        factors = factors.stream()
                .map(factor -> Checks.length("factor", factor, FACTOR))
                .toList();
    }

    /** The key of that usage and version behind these factors. */
    public static KeyRef of(KeyUsage usage, int version, byte[]... factors) {
        return new KeyRef(usage, version, List.of(factors));
    }

    /** True when the factors lead all the way to a card's own key. */
    public boolean cardLevel() {
        return factors.size() == usage.chain().depth();
    }

    /** Whether both name the same key; two references are not equal by {@link #equals}, which knows no bytes. */
    public boolean same(KeyRef other) {
        return factors.size() == other.factors.size() && leadsTo(other);
    }

    /** Whether this is the other key or a master above it, of the same usage and version. */
    public boolean leadsTo(KeyRef other) {
        return usage == other.usage && version == other.version && above(other.factors);
    }

    /** Whether these factors are the beginning of the others. */
    public boolean above(List<byte[]> others) {
        if (factors.size() > others.size()) {
            return false;
        }
        for (int i = 0; i < factors.size(); i++) {
            if (!Arrays.equals(factors.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Usage 1 ‖ version 1 ‖ number of factors 1 ‖ factors. */
    public void encode(ByteWriter out) {
        out.u8(usage.code()).u8(version).u8(factors.size());
        factors.forEach(out::bytes);
    }

    /** Reads what {@link #encode} writes. */
    public static KeyRef decode(ByteReader in) {
        KeyUsage usage = KeyUsage.of(in.u8());
        int version = in.u8();
        int count = Checks.range("number of factors", in.u8(), 0, MOST_FACTORS);
        List<byte[]> factors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            factors.add(in.bytes(FACTOR));
        }
        return new KeyRef(usage, version, factors);
    }

    /** For people: {@code DPK/2:4403ff0000000000}, a colon before each factor. */
    public String text() {
        StringBuilder out = new StringBuilder().append(usage).append('/').append(version);
        factors.forEach(factor -> out.append(':').append(Hex.of(factor)));
        return out.toString();
    }

    /**
     * Reads what {@link #text} writes.
     *
     * @throws KeyServiceException MALFORMED
     */
    public static KeyRef parse(String text) {
        String[] parts = text.split(":", -1);
        String[] name = parts[0].split("/", 2);
        try {
            KeyUsage usage = KeyUsage.valueOf(name[0].toUpperCase(Locale.ROOT));
            List<byte[]> factors = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                factors.add(Hex.parse(parts[i]));
            }
            return new KeyRef(usage, Integer.parseInt(name[1]), factors);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | MalformedInput e) {
            throw new KeyServiceException(
                    KeyRefusal.MALFORMED,
                    "expected USAGE/VERSION or USAGE/VERSION:FACTOR:… with 16 hex digits each",
                    e);
        }
    }

    /** Usage, version and depth; factors are card numbers and stay out of logs. */
    @Override
    public String toString() {
        return usage + "/" + version + "(" + factors.size() + " factors)";
    }
}
