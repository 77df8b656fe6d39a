package io.zhitong.keyvault;

import io.zhitong.smcrypto.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Looks for a key in bytes: as it is, as hex in either case, as base 64. */
final class Leaks {
    private Leaks() {}

    static boolean found(byte[] hay, byte[] key) {
        String text = new String(hay, StandardCharsets.ISO_8859_1);
        String hex = Hex.of(key);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(key);
        return text.contains(new String(key, StandardCharsets.ISO_8859_1))
                || text.toLowerCase(Locale.ROOT).contains(hex)
                || text.contains(base64);
    }
}
