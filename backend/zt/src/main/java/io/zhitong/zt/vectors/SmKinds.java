package io.zhitong.zt.vectors;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2Encryption;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import io.zhitong.smcrypto.Sm4;
import io.zhitong.smcrypto.Sm4Aead;
import io.zhitong.smcrypto.Sm4Cipher;
import java.util.Arrays;
import java.util.Map;

/** Kinds of published examples of the algorithms themselves (国密算法标准示例): SM2, SM3, SM4 and what is built of them. */
final class SmKinds {
    private static final int MOST_ROUNDS = 10_000_000;

    static final Map<String, CaseCheck> ALL = Map.ofEntries(
            Map.entry("sm3", v -> v.expect("hash", Sm3.hash(v.hex("message")))),
            Map.entry("hmac-sm3", v -> v.expect("mac", Sm3.hmac(v.hex("key"), v.hex("message")))),
            Map.entry("sm4-ecb", SmKinds::ecb),
            Map.entry("sm4-repeated", SmKinds::repeated),
            Map.entry("sm4-cbc", SmKinds::cbc),
            Map.entry("sm4-ctr", SmKinds::ctr),
            Map.entry("sm4-gcm", v -> aead(v, Sm4Aead.GCM)),
            Map.entry("sm4-ccm", v -> aead(v, Sm4Aead.CCM)),
            Map.entry("sm4-cmac", v -> mac(v, Sm4.cmac(v.hex("key", 16), v.hex("message")))),
            Map.entry("sm4-cbc-mac", v -> mac(v, Sm4.cbcMac(v.hex("key", 16), new byte[16], v.hex("message")))),
            Map.entry("sm2-key", v -> v.expect("point", scalar(v).publicKey().xy())),
            Map.entry("sm2-signature", SmKinds::signature),
            Map.entry("sm2-encryption", v -> v.expect("plain", Sm2Encryption.decrypt(scalar(v), v.hex("cipher")))),
            Map.entry("sm2-kdf", v -> v.expect("derived", Sm2.kdf(v.hex("z"), v.hex("derived").length))));

    private SmKinds() {}

    private static void ecb(Fields v) {
        byte[] key = v.hex("key", 16);
        v.expect("cipher", Sm4.ecbEncrypt(key, v.blocks("plain")));
        v.expect("plain", Sm4.ecbDecrypt(key, v.blocks("cipher")));
    }

    private static void repeated(Fields v) {
        long rounds = v.number("rounds");
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new BadVector("rounds must be from 1 to " + MOST_ROUNDS);
        }
        var cipher = new Sm4Cipher(v.hex("key", 16));
        byte[] block = v.hex("plain", 16);
        for (long i = 0; i < rounds; i++) {
            block = cipher.encryptBlock(block);
        }
        v.expect("cipher", block);
    }

    private static void cbc(Fields v) {
        byte[] key = v.hex("key", 16);
        byte[] iv = v.hex("iv", 16);
        v.expect("cipher", Sm4.cbcEncrypt(key, iv, v.blocks("plain")));
        v.expect("plain", Sm4.cbcDecrypt(key, iv, v.blocks("cipher")));
    }

    private static void ctr(Fields v) {
        v.expect("cipher", Sm4.ctr(v.hex("key", 16), v.hex("iv", 16), v.hex("plain")));
    }

    private static void aead(Fields v, Sm4Aead mode) {
        byte[] key = v.hex("key", 16);
        byte[] iv = v.hex("iv");
        byte[] aad = v.hex("aad");
        byte[] tag = v.hex("tag");
        byte[] sealed = mode.seal(key, iv, aad, v.hex("plain"), tag.length);
        int length = sealed.length - tag.length;
        v.expect("cipher", Arrays.copyOf(sealed, length));
        v.expect("tag", Arrays.copyOfRange(sealed, length, sealed.length));
        v.expect("plain", mode.open(key, iv, aad, sealed, tag.length));
    }

    /** A standard may print the left half only. */
    private static void mac(Fields v, byte[] computed) {
        int length = v.hex("mac").length;
        if (length != 8 && length != 16) {
            throw new BadVector("mac must have 8 or 16 bytes, has " + length);
        }
        v.expect("mac", Arrays.copyOf(computed, length));
    }

    private static Sm2PrivateKey scalar(Fields v) {
        return Sm2PrivateKey.of(v.hex("scalar", 32));
    }

    private static void signature(Fields v) {
        Sm2PublicKey key = Sm2PublicKey.decode(v.hex("point", 64));
        byte[] identity = v.hex("identity");
        byte[] message = v.hex("message");
        byte[] za = Sm2.za(key, identity);
        v.expect("za", za);
        v.expect("e", Sm3.hash(new ByteWriter().bytes(za).bytes(message).toByteArray()));
        Sm2.fault(key, identity, message, v.hex("signature", 64)).ifPresent(fault -> {
            throw new BadVector("signature " + Hex.of(v.hex("signature")) + ": " + fault.english());
        });
    }
}
