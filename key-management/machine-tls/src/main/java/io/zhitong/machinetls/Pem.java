package io.zhitong.machinetls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text encoding of certificates and keys (RFC 7468), strict: unknown labels and stray text are refused. */
public final class Pem {
    private static final int MAX_BYTES = 64 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("\\s*-----BEGIN ([A-Z0-9 ]+)-----\\s+([A-Za-z0-9+/=\\s]+?)-----END \\1-----\\s*");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String REVOCATION_LIST = "X509 CRL";
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private Pem() {}

    /** The certificates, one block each, in the order given. */
    public static String ofCertificates(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(block(CERTIFICATE, encoded(certificate)));
        }
        return text.toString();
    }

    /** A revocation list. */
    public static String ofRevocationList(byte[] der) {
        return block(REVOCATION_LIST, der);
    }

    static String ofPrivateKey(byte[] pkcs8) {
        return block(PRIVATE_KEY, pkcs8);
    }

    /**
     * One certificate or more.
     *
     * @throws MachineTlsException {@link MachineTlsError#BAD_FILE} when there is anything else or nothing
     */
    public static List<X509Certificate> certificates(String text) {
        List<X509Certificate> found = new ArrayList<>();
        for (byte[] der : blocks(CERTIFICATE, text)) {
            found.add(certificate(der));
        }
        return List.copyOf(found);
    }

    /** One certificate in DER. */
    public static X509Certificate certificate(byte[] der) {
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(der);
            X509Certificate certificate =
                    (X509Certificate) Providers.certificates().generateCertificate(in);
            if (certificate == null || in.available() != 0) {
                throw new MachineTlsException(MachineTlsError.BAD_FILE, "expected exactly one certificate");
            }
            return certificate;
        } catch (CertificateException e) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "expected an X.509 certificate", e);
        }
    }

    static byte[] privateKey(String text) {
        List<byte[]> found = blocks(PRIVATE_KEY, text);
        if (found.size() != 1) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "expected exactly one private key");
        }
        return found.get(0);
    }

    private static List<byte[]> blocks(String label, String text) {
        if (text.length() > MAX_BYTES) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "expected at most 64 KiB of PEM text");
        }
        List<byte[]> found = new ArrayList<>();
        Matcher at = BLOCK.matcher(text);
        int from = 0;
        // Only at this place: a search onwards from each blank or half-begun block would take minutes.
        while (from < text.length() && at.region(from, text.length()).lookingAt() && label.equals(at.group(1))) {
            found.add(decoded(at.group(2)));
            from = at.end();
        }
        if (found.isEmpty() || from != text.length()) {
            throw new MachineTlsException(
                    MachineTlsError.BAD_FILE, "expected PEM blocks '" + label + "' and nothing else");
        }
        return found;
    }

    private static byte[] decoded(String body) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "expected base 64 in a PEM block", e);
        }
    }

    private static String block(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw new MachineTlsException(MachineTlsError.PROVIDER, "certificate not encoded", e);
        }
    }
}
