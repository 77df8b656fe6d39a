package io.zhitong.settlementfile;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SM2 public key as PEM (公钥文件), as OpenSSL reads and writes it: SubjectPublicKeyInfo with id-ecPublicKey and the
 * named curve 1.2.156.10197.1.301, point uncompressed.
 */
public final class PublicKeyPem {
    /** SEQUENCE { SEQUENCE { id-ecPublicKey, SM2 }, BIT STRING 04… }: the 27 bytes before x‖y are always these. */
    private static final byte[] PREFIX = Hex.parse("3059301306072a8648ce3d020106082a811ccf5501822d03420004");

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,400})-----END PUBLIC KEY-----");

    private PublicKeyPem() {}

    /** @param xy 64 bytes */
    public static String encode(byte[] xy) {
        byte[] point = Sm2PublicKey.decode(xy).xy();
        byte[] der = new ByteWriter().bytes(PREFIX).bytes(point).toByteArray();
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    /** @throws MalformedInput if the text holds no SM2 public key of that form */
    public static Sm2PublicKey decode(String pem) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new MalformedInput("expected a PEM block PUBLIC KEY, found none");
        }
        byte[] der = base64(block.group(1));
        int at = PREFIX.length;
        if (der.length != at + 64 || !Arrays.equals(Arrays.copyOf(der, at), PREFIX)) {
            throw new MalformedInput("expected an SM2 public key (named curve, uncompressed point), found another key");
        }
        return Sm2PublicKey.decode(Arrays.copyOfRange(der, at, der.length));
    }

    /** The key id of {@link PackageHeader}: left 8 bytes of SM3(x‖y). */
    public static String keyId(byte[] xy) {
        byte[] hash = Sm3.hash(xy);
        return CheckChain.hex(Arrays.copyOf(hash, 8));
    }

    private static byte[] base64(String body) {
        try {
            return Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new MalformedInput("expected base64 inside the PEM block");
        }
    }
}
