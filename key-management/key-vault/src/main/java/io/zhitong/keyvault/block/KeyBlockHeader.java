package io.zhitong.keyvault.block;

import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What a key block says about its key in the clear (密钥块头), bound to it by the block's MAC. 16 characters and the lineage
 * block; layout in docs/keys.md, "Key blocks" (after ANSI X9.143, whose numeric versions are proprietary).
 *
 * @param key usage, version and the factors that were applied to the root
 * @param exportability whether the receiver may pass it on
 */
public record KeyBlockHeader(KeyRef key, Exportability exportability) {
    /** Characters before the lineage block. */
    static final int FIXED = 16;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int FACTOR = 8;
    private static final int LINEAGE_HEAD = 5;

    /** Lineage of a key: LN ‖ length 2 hex ‖ number of factors 1 ‖ factors 16 hex each. */
    private static final String LINEAGE = "LN";

    public KeyBlockHeader {
        if (key.factors().size() > key.usage().chain().depth()) {
            throw new IllegalArgumentException("expected at most the factors of the usage's chain");
        }
    }

    /** Characters of the whole header. */
    int length() {
        return FIXED + LINEAGE_HEAD + 2 * FACTOR * key.factors().size();
    }

    /** ASCII; the length field counts the whole block. */
    byte[] encode() {
        StringBuilder out = new StringBuilder(length());
        out.append('4').append(String.format(Locale.ROOT, "%04d", KeyBlockSeal.blockLength(length())));
        out.append(String.format(Locale.ROOT, "%02d", key.usage().code()));
        out.append(algorithm()).append(mode());
        out.append(HEX.toHexDigits((byte) key.version())).append(exportability.letter());
        out.append("0100").append(LINEAGE);
        out.append(HEX.toHexDigits((byte) (length() - FIXED)))
                .append(key.factors().size());
        key.factors().forEach(factor -> out.append(HEX.formatHex(factor)));
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads what {@link #encode} writes, character by character.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    static KeyBlockHeader decode(String block) {
        KeyUsage usage = KeyUsage.of(Integer.parseInt(block, 5, 7, 10));
        int version = Integer.parseInt(block, 9, 11, 16);
        Exportability exportability = Exportability.of(block.charAt(11));
        int factors = Character.digit(block.charAt(FIXED + LINEAGE_HEAD - 1), 10);
        List<byte[]> path = new ArrayList<>();
        for (int i = 0; i < factors; i++) {
            int at = FIXED + LINEAGE_HEAD + 2 * FACTOR * i;
            path.add(HEX.parseHex(block, at, at + 2 * FACTOR));
        }
        KeyBlockHeader header = new KeyBlockHeader(new KeyRef(usage, version, path), exportability);
        if (!block.startsWith(new String(header.encode(), StandardCharsets.US_ASCII))) {
            throw new IllegalArgumentException("not the header of a key block");
        }
        return header;
    }

    /** SM4, or double-length 3DES, which only a card's own key can be. */
    private char algorithm() {
        return key.usage().tripleDes() && key.cardLevel() ? 'T' : '4';
    }

    /** Mode of use after X9.143; a master only derives. */
    private char mode() {
        if (!key.cardLevel()) {
            return 'X';
        }
        KeyUsage usage = key.usage();
        if (usage.allows(KeyOperation.WRAP_UNDER)) {
            return 'B';
        }
        if (usage.allows(KeyOperation.VERIFY_THEN_MAC)) {
            return 'C';
        }
        if (usage.allows(KeyOperation.MAC)) {
            return 'G';
        }
        if (usage.allows(KeyOperation.VERIFY)) {
            return 'V';
        }
        return usage.allows(KeyOperation.AUTHENTICATE) ? 'E' : 'N';
    }
}
