package io.zhitong.keyvault.block;

import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Writes key blocks under one protection key (密钥块封装), one after another into the caller's buffers, without an object for
 * each key. Block: header ‖ hex of SM4-CBC(KBEK, IV = MAC, 0080 ‖ key 16 ‖ fill 14) ‖ hex of MAC 16 = SM4-CMAC(KBMK, header ‖
 * plain). Not thread-safe: one for each thread.
 */
public final class KeyBlockSeal implements AutoCloseable {
    /** Bytes of a key. */
    public static final int KEY = 16;

    /** Random bytes behind each key. */
    public static final int FILL = 14;

    static final int BLOCK = 16;
    static final int PLAIN = 2 + KEY + FILL;

    /** Room for the longest header, the plain and its padding. */
    private static final int TEXT = 128;

    private static final int KEY_BITS = 128;
    private static final int ENCRYPTS = 0;
    private static final int AUTHENTICATES = 1;
    private static final int REDUCTION = 0x87;
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };

    private final SM4Engine encryption;
    private final SM4Engine authentication;
    private final byte[] whole;
    private final byte[] padded;
    private final byte[] mac = new byte[BLOCK];
    private final byte[] plain = new byte[PLAIN];
    private final byte[] text = new byte[TEXT];
    private final byte[] body = new byte[PLAIN];

    /** @param protection KBPK, an SM4 key of 16 bytes, which stays the caller's */
    public KeyBlockSeal(SecretBytes protection) {
        byte[] bytes = protection.export(SecretAccess.TOKEN);
        SM4Engine above = engine(bytes, true);
        encryption = derived(above, ENCRYPTS, true);
        authentication = derived(above, AUTHENTICATES, true);
        Arrays.fill(bytes, (byte) 0);
        whole = subkey(authentication);
        padded = doubled(whole);
    }

    /** Characters of a block behind a header of so many. */
    public static int blockLength(int header) {
        return header + 2 * PLAIN + 2 * BLOCK;
    }

    /**
     * A header of which only the last characters change from block to block.
     *
     * @param header the characters
     * @param chain state of the MAC behind the whole blocks before them
     * @param covered how many characters these are
     */
    record Begun(byte[] header, byte[] chain, int covered) {}

    /** Works out once what the MACs of many blocks have in common. */
    Begun begin(byte[] header, int changing) {
        byte[] chain = new byte[BLOCK];
        int covered = (header.length - changing) / BLOCK * BLOCK;
        chained(chain, header, covered);
        return new Begun(header, chain, covered);
    }

    /**
     * Writes one block, {@code blockLength(header.length)} characters.
     *
     * @param header as its MAC shall cover it
     * @param key holds the 16 bytes at {@code keyAt}
     * @param fill holds 14 fresh random bytes at {@code fillAt}
     */
    public void seal(byte[] header, byte[] key, int keyAt, byte[] fill, int fillAt, byte[] out, int outAt) {
        seal(new Begun(header, new byte[BLOCK], 0), key, keyAt, fill, fillAt, out, outAt);
    }

    /** As the other one; the header's last characters may have changed since {@link #begin}. */
    void seal(Begun begun, byte[] key, int keyAt, byte[] fill, int fillAt, byte[] out, int outAt) {
        byte[] header = begun.header();
        plain[0] = (byte) (KEY_BITS >> 8);
        plain[1] = (byte) KEY_BITS;
        System.arraycopy(key, keyAt, plain, 2, KEY);
        System.arraycopy(fill, fillAt, plain, 2 + KEY, FILL);
        authenticate(begun, plain);
        System.arraycopy(mac, 0, body, 0, BLOCK);
        encryptBlock(body, 0, 0);
        System.arraycopy(body, 0, body, BLOCK, BLOCK);
        encryptBlock(body, BLOCK, BLOCK);
        System.arraycopy(header, 0, out, outAt, header.length);
        int at = hex(body, 0, PLAIN, out, outAt + header.length);
        hex(mac, 0, BLOCK, out, at);
    }

    /** The chain value that stands at {@code at}, with the plain block added, becomes the ciphertext block there. */
    private void encryptBlock(byte[] chain, int at, int plainAt) {
        for (int i = 0; i < BLOCK; i++) {
            chain[at + i] ^= plain[plainAt + i];
        }
        encryption.processBlock(chain, at, chain, at);
    }

    /** CMAC over header ‖ plain; the answer is this object's own array, valid until the next call. */
    byte[] authenticate(byte[] header, byte[] covered) {
        return authenticate(new Begun(header, new byte[BLOCK], 0), covered);
    }

    private byte[] authenticate(Begun begun, byte[] covered) {
        int rest = begun.header().length - begun.covered();
        int length = rest + covered.length;
        int last = (length - 1) / BLOCK * BLOCK;
        System.arraycopy(begun.header(), begun.covered(), text, 0, rest);
        System.arraycopy(covered, 0, text, rest, covered.length);
        Arrays.fill(text, length, last + BLOCK, (byte) 0);
        boolean aligned = length % BLOCK == 0;
        if (!aligned) {
            text[length] = (byte) 0x80;
        }
        byte[] subkey = aligned ? whole : padded;
        for (int i = 0; i < BLOCK; i++) {
            text[last + i] ^= subkey[i];
        }
        System.arraycopy(begun.chain(), 0, mac, 0, BLOCK);
        chained(mac, text, last + BLOCK);
        return mac;
    }

    /** CBC over whole blocks, going on from a chain value. */
    private void chained(byte[] chain, byte[] blocks, int length) {
        for (int at = 0; at < length; at += BLOCK) {
            for (int i = 0; i < BLOCK; i++) {
                chain[i] ^= blocks[at + i];
            }
            authentication.processBlock(chain, 0, chain, 0);
        }
    }

    /** KBEK ready to decrypt. */
    static SM4Engine decryption(SecretBytes protection) {
        byte[] bytes = protection.export(SecretAccess.TOKEN);
        try {
            return derived(engine(bytes, true), ENCRYPTS, false);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** SM4-CMAC(KBPK, 01 ‖ purpose 2 ‖ 00 ‖ 8004 ‖ 0080), one padded block. */
    private static SM4Engine derived(SM4Engine above, int purpose, boolean encrypts) {
        byte[] block = {1, 0, (byte) purpose, 0, (byte) 0x80, 4, 0, (byte) 0x80, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0};
        byte[] padded = doubled(subkey(above));
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= padded[i];
        }
        above.processBlock(block, 0, block, 0);
        SM4Engine made = engine(block, encrypts);
        Arrays.fill(block, (byte) 0);
        return made;
    }

    private static SM4Engine engine(byte[] key, boolean encrypts) {
        SM4Engine engine = new SM4Engine();
        engine.init(encrypts, new KeyParameter(key));
        return engine;
    }

    /** First subkey of CMAC: 2·E(0). */
    private static byte[] subkey(SM4Engine engine) {
        byte[] zero = new byte[BLOCK];
        engine.processBlock(zero, 0, zero, 0);
        return doubled(zero);
    }

    /** Times x in GF(2^128). */
    private static byte[] doubled(byte[] in) {
        byte[] out = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            int carry = i + 1 < BLOCK ? (in[i + 1] & 0xFF) >> 7 : 0;
            out[i] = (byte) (in[i] << 1 | carry);
        }
        out[BLOCK - 1] ^= (byte) (-((in[0] & 0xFF) >> 7) & REDUCTION);
        return out;
    }

    static int hex(byte[] bytes, int from, int length, byte[] out, int at) {
        int next = at;
        for (int i = from; i < from + length; i++) {
            out[next++] = DIGITS[bytes[i] >> 4 & 0xF];
            out[next++] = DIGITS[bytes[i] & 0xF];
        }
        return next;
    }

    /** Wipes what lay between two blocks. */
    @Override
    public void close() {
        Arrays.fill(plain, (byte) 0);
        Arrays.fill(text, (byte) 0);
        Arrays.fill(whole, (byte) 0);
        Arrays.fill(padded, (byte) 0);
    }
}
