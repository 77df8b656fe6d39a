package io.zhitong.cardspec;

import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Secure messaging (安全报文), docs/card.md: IV = challenge padded with zeros, MAC over CLA INS P1 P2 Lc data with Lc
 * counting the MAC, encryption of Ld ‖ data padded 80 00… where not aligned, ECB. Thread-safe.
 */
public final class SecureMessaging {
    /** Length of a MAC on the wire. */
    public static final int MAC = 4;

    private SecureMessaging() {}

    /** The challenge of 4, 8 or 16 bytes as the initial value of one block. */
    public static byte[] iv(CardAlgorithm algorithm, byte[] challenge) {
        return Arrays.copyOf(challenge, algorithm.block());
    }

    /** MAC4 of a command whose data (plain or already encrypted) come without the MAC. */
    public static byte[] commandMac(
            CardAlgorithm algorithm, byte[] key, byte[] challenge, byte[] header4, byte[] data) {
        byte[] covered = new ByteWriter()
                .bytes(header4)
                .u8(data.length + MAC)
                .bytes(data)
                .toByteArray();
        return algorithm.mac4(key, iv(algorithm, challenge), covered);
    }

    /** MAC4 of a protected answer: over the data only, under the same challenge. */
    public static byte[] answerMac(CardAlgorithm algorithm, byte[] key, byte[] challenge, byte[] data) {
        return algorithm.mac4(key, iv(algorithm, challenge), data);
    }

    /** The command with its MAC behind the data; CLA must have the secure messaging bit already. */
    public static CommandApdu protect(CardAlgorithm algorithm, byte[] key, byte[] challenge, CommandApdu command) {
        byte[] mac = commandMac(algorithm, key, challenge, command.header(), command.data());
        return command.with(new ByteWriter().bytes(command.data()).bytes(mac).toByteArray());
    }

    /** The command with encrypted data and MAC. */
    public static CommandApdu protectEncrypted(
            CardAlgorithm algorithm, byte[] key, byte[] challenge, CommandApdu command) {
        return protect(algorithm, key, challenge, command.with(encrypt(algorithm, key, command.data())));
    }

    /** ENC(Ld ‖ data ‖ 80 00… if not aligned). */
    public static byte[] encrypt(CardAlgorithm algorithm, byte[] key, byte[] data) {
        byte[] plain = new ByteWriter().u8(data.length).bytes(data).toByteArray();
        return BlockModes.ecbEncrypt(algorithm.cipher(key), BlockModes.padIfUnaligned(plain, algorithm.block()));
    }

    /**
     * The inverse of {@link #encrypt}.
     *
     * @throws MalformedInput if length byte or padding do not fit
     */
    public static byte[] decrypt(CardAlgorithm algorithm, byte[] key, byte[] encrypted) {
        if (encrypted.length == 0 || encrypted.length % algorithm.block() != 0) {
            throw new MalformedInput("expected whole encrypted blocks, came " + encrypted.length + " bytes");
        }
        byte[] plain = BlockModes.ecbDecrypt(algorithm.cipher(key), encrypted);
        int length = plain[0] & 0xFF;
        if (length >= plain.length) {
            throw new MalformedInput("expected a length byte inside the blocks");
        }
        byte[] head = Arrays.copyOf(plain, 1 + length);
        if (!Arrays.equals(BlockModes.padIfUnaligned(head, algorithm.block()), plain)) {
            throw new MalformedInput("expected padding 80 00 up to the block");
        }
        return Arrays.copyOfRange(plain, 1, 1 + length);
    }

    /** Constant-time comparison of two MACs. */
    public static boolean same(byte[] expected, byte[] found) {
        return MessageDigest.isEqual(expected, found);
    }
}
