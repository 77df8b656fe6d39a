package io.zhitong.keyvault;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** A public SM2 key as a PEM file (公钥文件): SubjectPublicKeyInfo, uncompressed point, nothing else. */
final class PublicKeyFile {
    /** Up to the point: id-ecPublicKey, sm2p256v1, uncompressed (GB/T 35276). */
    private static final byte[] SM2_KEY_INFO = Hex.parse("3059301306072a8648ce3d020106082a811ccf5501822d03420004");

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final int POINT = 64;
    private static final int MOST = 1024;

    private PublicKeyFile() {}

    /** The file's text for a point x ‖ y. */
    static String text(byte[] point) {
        byte[] der = new ByteWriter().bytes(SM2_KEY_INFO).bytes(point).toByteArray();
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return BEGIN + "\n" + body + "\n" + END + "\n";
    }

    /**
     * Reads such a file.
     *
     * @throws VaultException {@link VaultFault#FILE} when it is another one
     */
    static Sm2PublicKey read(Path path) throws IOException {
        if (Files.size(path) > MOST) {
            throw another(path);
        }
        String text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.length() < BEGIN.length() + END.length()) {
            throw another(path);
        }
        try {
            String body = text.substring(BEGIN.length(), text.length() - END.length());
            byte[] der = Base64.getDecoder().decode(body.replaceAll("\\s", ""));
            if (der.length != SM2_KEY_INFO.length + POINT
                    || !Arrays.equals(SM2_KEY_INFO, Arrays.copyOf(der, SM2_KEY_INFO.length))) {
                throw another(path);
            }
            return Sm2PublicKey.decode(Arrays.copyOfRange(der, SM2_KEY_INFO.length, der.length));
        } catch (IllegalArgumentException | MalformedInput e) {
            throw another(path);
        }
    }

    private static VaultException another(Path path) {
        return new VaultException(VaultFault.FILE, "expected a PEM file with one public SM2 key: " + path);
    }
}
