package io.zhitong.smcrypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Every algorithm of this module by the openssl command. Version 3.0 has no GCM and CCM of SM4: those are put together here
 * from its CTR and CBC by the definitions of NIST SP 800-38C and D.
 */
final class SmWitness {
    private static final String ZERO = "00".repeat(16);

    /** SEC 1 private key without its point: version 1, scalar, curve sm2p256v1. */
    private static final byte[] EC_HEAD = Hex.parse("30310201010420");

    private static final byte[] EC_TAIL = Hex.parse("a00a06082a811ccf5501822d");

    private final Path dir;

    SmWitness(Path dir) {
        this.dir = dir;
    }

    static byte[] sm3(byte[] message) {
        return OpenSsl.run(message, "dgst", "-sm3", "-binary");
    }

    static byte[] hmac(byte[] key, byte[] message) {
        return text(OpenSsl.run(message, "mac", "-digest", "SM3", "-macopt", "hexkey:" + Hex.of(key), "HMAC"));
    }

    static byte[] cmac(byte[] key, byte[] message) {
        return text(OpenSsl.run(message, "mac", "-cipher", "SM4-CBC", "-macopt", "hexkey:" + Hex.of(key), "CMAC"));
    }

    static byte[] kdf(byte[] z, int length) {
        return text(OpenSsl.run(
                new byte[0],
                "kdf",
                "-keylen",
                String.valueOf(length),
                "-kdfopt",
                "digest:SM3",
                "-kdfopt",
                "hexsecret:" + Hex.of(z),
                "X963KDF"));
    }

    static byte[] ecb(byte[] key, byte[] data) {
        return OpenSsl.run(data, "enc", "-sm4-ecb", "-nopad", "-K", Hex.of(key));
    }

    static byte[] cbc(byte[] key, byte[] iv, byte[] data) {
        return OpenSsl.run(data, "enc", "-sm4-cbc", "-nopad", "-K", Hex.of(key), "-iv", Hex.of(iv));
    }

    static byte[] ctr(byte[] key, byte[] iv, byte[] data) {
        return OpenSsl.run(data, "enc", "-sm4-ctr", "-K", Hex.of(key), "-iv", Hex.of(iv));
    }

    /** A block encrypted again and again is CBC over zeros from that block. */
    static byte[] repeated(byte[] key, byte[] block, int rounds) {
        return last(cbc(key, block, new byte[16 * rounds]));
    }

    static byte[] cbcMac(byte[] key, byte[] message) {
        byte[] padded = Arrays.copyOf(message, (message.length / 16 + 1) * 16);
        padded[message.length] = (byte) 0x80;
        return last(cbc(key, Hex.parse(ZERO), padded));
    }

    /** GCM: ciphertext ‖ tag 16. */
    static byte[] gcm(byte[] key, byte[] iv, byte[] aad, byte[] plain) {
        BigInteger h = new BigInteger(1, ecb(key, new byte[16]));
        byte[] j0 = iv.length == 12 ? new ByteWriter().bytes(iv).u32(1).toByteArray() : ghash(h, new byte[0], iv);
        byte[] cipher = plain.length == 0 ? plain : ctr(key, plusOne(j0), plain);
        return join(cipher, ctr(key, j0, ghash(h, aad, cipher)));
    }

    private static byte[] plusOne(byte[] block) {
        byte[] next = block.clone();
        for (int i = 15; i >= 12 && ++next[i] == 0; i--) {
            // the carry goes on, through the last four bytes only
        }
        return next;
    }

    private static byte[] ghash(BigInteger h, byte[] aad, byte[] cipher) {
        byte[] all = new ByteWriter()
                .bytes(wholeBlocks(aad))
                .bytes(wholeBlocks(cipher))
                .u64(8L * aad.length)
                .u64(8L * cipher.length)
                .toByteArray();
        BigInteger y = BigInteger.ZERO;
        for (int at = 0; at < all.length; at += 16) {
            y = times(y.xor(new BigInteger(1, Arrays.copyOfRange(all, at, at + 16))), h);
        }
        return Arrays.copyOfRange(Sm2.fixed32(y), 16, 32);
    }

    /** In GF(2^128) with the bits of GCM, the first bit being the lowest power. */
    private static BigInteger times(BigInteger x, BigInteger y) {
        BigInteger z = BigInteger.ZERO;
        BigInteger v = y;
        for (int bit = 127; bit >= 0; bit--) {
            z = x.testBit(bit) ? z.xor(v) : z;
            boolean carry = v.testBit(0);
            v = v.shiftRight(1);
            v = carry ? v.xor(BigInteger.valueOf(0xE1).shiftLeft(120)) : v;
        }
        return z;
    }

    /** CCM: ciphertext ‖ tag; up to 65279 bytes of additional data. */
    static byte[] ccm(byte[] key, byte[] iv, byte[] aad, byte[] plain, int tag) {
        int width = 15 - iv.length;
        byte[] counter =
                new ByteWriter().u8(width - 1).bytes(iv).bytes(new byte[width]).toByteArray();
        byte[] first = counter.clone();
        first[0] |= (byte) ((aad.length == 0 ? 0 : 0x40) | (tag - 2) / 2 << 3);
        first[14] |= (byte) (plain.length >> 8);
        first[15] |= (byte) plain.length;
        byte[] named =
                aad.length == 0 ? aad : join(new ByteWriter().u16(aad.length).toByteArray(), aad);
        byte[] covered = join(join(first, wholeBlocks(named)), wholeBlocks(plain));
        byte[] mac = last(cbc(key, new byte[16], covered));
        byte[] sealed = ctr(key, counter, join(mac, plain));
        return join(Arrays.copyOfRange(sealed, 16, sealed.length), Arrays.copyOf(sealed, tag));
    }

    byte[] point(byte[] scalar) {
        byte[] spki =
                OpenSsl.run(new byte[0], "ec", "-inform", "DER", "-in", key(scalar), "-pubout", "-outform", "DER");
        return Arrays.copyOfRange(spki, spki.length - 64, spki.length);
    }

    byte[] decrypted(byte[] scalar, byte[] sealed) {
        return OpenSsl.run(
                Sm2Encryption.toDer(sealed), "pkeyutl", "-decrypt", "-keyform", "DER", "-inkey", key(scalar));
    }

    byte[] encrypted(Sm2PublicKey to, byte[] plain) {
        byte[] der = OpenSsl.run(plain, "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", publicKey(to));
        return Sm2Encryption.fromDer(der);
    }

    boolean verifies(Sm2PublicKey key, byte[] identity, byte[] message, byte[] signature) {
        String id = "hexdistid:" + Hex.of(identity);
        String sig = file("signature", Sm2.toDer(signature));
        return OpenSsl.succeeds(
                message,
                "dgst",
                "-sm3",
                "-sigopt",
                id,
                "-keyform",
                "DER",
                "-verify",
                publicKey(key),
                "-signature",
                sig);
    }

    private String key(byte[] scalar) {
        return file("key", join(join(EC_HEAD, scalar), EC_TAIL));
    }

    private String publicKey(Sm2PublicKey key) {
        byte[] head = Hex.parse("3059301306072a8648ce3d020106082a811ccf5501822d03420004");
        return file("public", join(head, key.xy()));
    }

    private String file(String name, byte[] content) {
        try {
            return Files.write(dir.resolve(name), content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] wholeBlocks(byte[] data) {
        return Arrays.copyOf(data, (data.length + 15) / 16 * 16);
    }

    private static byte[] last(byte[] blocks) {
        return Arrays.copyOfRange(blocks, blocks.length - 16, blocks.length);
    }

    private static byte[] join(byte[] a, byte[] b) {
        return new ByteWriter().bytes(a).bytes(b).toByteArray();
    }

    private static byte[] text(byte[] digits) {
        return Hex.parse(
                new String(digits, StandardCharsets.US_ASCII).replace(":", "").toLowerCase(Locale.ROOT));
    }
}
