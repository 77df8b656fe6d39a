package io.zhitong.keyvault.block;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.crypto.engines.SM4Engine;

/**
 * One key that came as a key block (密钥块). Version and length are checked before anything is decrypted, the MAC after, in
 * constant time; any changed character refuses the block, always with the same words.
 *
 * @param header what the block says about the key
 * @param key 16 bytes; the caller closes it
 */
public record KeyBlock(KeyBlockHeader header, SecretBytes key) implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int MOST = 256;
    private static final int TAIL = 2 * (KeyBlockSeal.PLAIN + KeyBlockSeal.BLOCK);

    /** The block of a key under a protection key of 16 bytes. */
    public static String seal(KeyBlockHeader header, SecretBytes key, SecretBytes protection, RandomSource random) {
        byte[] head = header.encode();
        byte[] out = new byte[KeyBlockSeal.blockLength(head.length)];
        byte[] bytes = key.export(SecretAccess.TOKEN);
        try (KeyBlockSeal seal = new KeyBlockSeal(protection)) {
            seal.seal(head, bytes, 0, random.bytes(KeyBlockSeal.FILL), 0, out, 0);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        return new String(out, StandardCharsets.US_ASCII);
    }

    /**
     * Opens a block.
     *
     * @throws KeyServiceException {@link KeyRefusal#BAD_KEY_BLOCK}
     */
    public static KeyBlock open(String block, SecretBytes protection) {
        KeyBlockHeader header = header(block);
        byte[] body;
        try {
            body = HEX.parseHex(block, block.length() - TAIL, block.length());
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        if (!block.endsWith(HEX.formatHex(body))) {
            throw refused();
        }
        byte[] plain = decrypted(body, protection);
        try (KeyBlockSeal seal = new KeyBlockSeal(protection)) {
            byte[] expected = seal.authenticate(header.encode(), plain);
            boolean right = MessageDigest.isEqual(
                    expected, Arrays.copyOfRange(body, KeyBlockSeal.PLAIN, KeyBlockSeal.PLAIN + KeyBlockSeal.BLOCK));
            boolean bits = plain[0] == 0 && (plain[1] & 0xFF) == 8 * KeyBlockSeal.KEY;
            if (!(right & bits)) {
                throw refused();
            }
            return new KeyBlock(header, SecretBytes.takeOver(Arrays.copyOfRange(plain, 2, 2 + KeyBlockSeal.KEY)));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * What a block says about its key; not proved before it is opened.
     *
     * @throws KeyServiceException {@link KeyRefusal#BAD_KEY_BLOCK}
     */
    public static KeyBlockHeader header(String block) {
        boolean plausible = block.length() > KeyBlockHeader.FIXED + TAIL
                && block.length() <= MOST
                && block.startsWith(String.format(Locale.ROOT, "4%04d", block.length()));
        if (!plausible) {
            throw refused();
        }
        try {
            KeyBlockHeader header = KeyBlockHeader.decode(block);
            if (KeyBlockSeal.blockLength(header.length()) != block.length()) {
                throw refused();
            }
            return header;
        } catch (IllegalArgumentException | IndexOutOfBoundsException | KeyServiceException e) {
            throw refused();
        }
    }

    private static byte[] decrypted(byte[] body, SecretBytes protection) {
        SM4Engine engine = KeyBlockSeal.decryption(protection);
        byte[] plain = new byte[KeyBlockSeal.PLAIN];
        for (int at = 0; at < plain.length; at += KeyBlockSeal.BLOCK) {
            engine.processBlock(body, at, plain, at);
            int chain = at == 0 ? KeyBlockSeal.PLAIN : at - KeyBlockSeal.BLOCK;
            for (int i = 0; i < KeyBlockSeal.BLOCK; i++) {
                plain[at + i] ^= body[chain + i];
            }
        }
        return plain;
    }

    private static KeyServiceException refused() {
        return new KeyServiceException(
                KeyRefusal.BAD_KEY_BLOCK, "expected an undamaged key block under this exchange key");
    }

    @Override
    public void close() {
        key.close();
    }
}
