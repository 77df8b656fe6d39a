package io.zhitong.zt.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.settlementfile.PublicKeyPem;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code zt card evidence} on the sealed case of test-vectors/access.json, put together by hand from the layout of
 * docs/card.md; the openssl command checks both signatures a second time.
 */
final class EvidenceCommandTest {
    private static final JsonNode FILE = vectors();
    private static final JsonNode SEALED = FILE.get("cases").get(0);
    private static final String FCI = FILE.get("fci").asString();
    private static final String COMMAND = SEALED.get("command").asString();
    private static final String HEADER = COMMAND.substring(0, 10);
    private static final String DATA = COMMAND.substring(10, 10 + 2 * 0x5E);
    private static final String E = SEALED.get("response").asString().substring(0, 66);
    private static final String CERTIFICATE = FILE.get("cardCertificate").asString();
    private static final String EVIDENCE = "01" + "001c" + FCI + "00" + HEADER + "5e" + DATA + E + CERTIFICATE
            + SEALED.get("signature").asString();
    private static final String ISSUER = FILE.get("points").get("issuer").asString();

    @TempDir
    private Path directory;

    private Path issuer = Path.of("");

    private static JsonNode vectors() {
        return JsonMapper.builder()
                .build()
                .readTree(Path.of("../../test-vectors/access.json").toFile());
    }

    @BeforeEach
    void writeIssuer() throws IOException {
        issuer = Files.writeString(directory.resolve("issuer.pem"), PublicKeyPem.encode(Hex.parse(ISSUER)));
    }

    private Told check(byte[] evidence) throws IOException {
        Path file = Files.write(directory.resolve("evidence"), evidence);
        return Told.to(new EvidenceCommand(), file, "--issuer", issuer);
    }

    @Test
    void evidence_holds_and_says_who_where_and_when() throws IOException {
        Told told = check(Hex.parse(EVIDENCE));
        assertEquals(0, told.code(), told.out() + told.err());
        assertTrue(
                told.out().contains("credential 凭证 4403000112345678, certificate 证书 1, valid 有效期 20260101..20271231"));
        assertTrue(told.out().contains("point 通行点 0000002a00000007, door time 门钟 2026-10-21T08:40:01Z"), told.out());
        assertTrue(told.out().endsWith("HOLDS 证据有效" + System.lineSeparator()), told.out());
    }

    @Test
    void hex_text_and_a_bare_point_do_as_well() throws IOException {
        issuer = Files.writeString(directory.resolve("issuer.hex"), ISSUER + "\n");
        assertEquals(
                0,
                check((EVIDENCE + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .code());
    }

    @Test
    void evidence_with_one_byte_changed_does_not_hold() throws IOException {
        byte[] good = Hex.parse(EVIDENCE);
        for (int i = 0; i < good.length; i += 3) {
            byte[] bad = good.clone();
            bad[i] ^= 0x04;
            Told told = check(bad);
            assertEquals(1, told.code(), "byte " + i + ": " + told.out() + told.err());
        }
        assertEquals(1, check(java.util.Arrays.copyOf(good, good.length - 1)).code());
        assertEquals(1, check(java.util.Arrays.copyOf(good, good.length + 1)).code());
        assertEquals(1, check(new byte[] {1}).code());
    }

    @Test
    void evidence_does_not_hold_under_another_issuer() throws IOException {
        issuer = Files.writeString(
                directory.resolve("other.hex"), FILE.get("points").get("card").asString());
        Told told = check(Hex.parse(EVIDENCE));
        assertEquals(1, told.code());
        assertTrue(told.out().endsWith("DOES NOT HOLD 证据无效" + System.lineSeparator()), told.out());
    }

    @Test
    void what_cannot_be_read_is_one_line_and_3_or_2() throws IOException {
        Told absent = Told.to(new EvidenceCommand(), directory.resolve("absent"), "--issuer", issuer);
        assertEquals(3, absent.code());
        assertEquals(1, absent.err().lines().count());
        assertEquals(3, check(new byte[0]).code());
        assertEquals(3, check(new byte[5000]).code());
        assertEquals(
                2, Told.to(new EvidenceCommand(), directory.resolve("absent")).code());
        issuer = Files.writeString(directory.resolve("issuer.bad"), "no key");
        assertEquals(3, check(Hex.parse(EVIDENCE)).code());
    }

    @Test
    void openssl_agrees_on_both_signatures_and_on_a_changed_one() throws Exception {
        String th = sm3("5a545331" + "001c" + FCI + "00" + HEADER + DATA + E);
        assertEquals(SEALED.get("th").asString(), th);
        String message = "5a5453312d63617264" + th + CERTIFICATE;
        String cardPoint = FILE.get("points").get("card").asString();
        String signature = EVIDENCE.substring(EVIDENCE.length() - 128);
        assertTrue(verifies(cardPoint, message, signature));
        assertEquals(false, verifies(cardPoint, message.replace("4403000112345678", "4403000112345679"), signature));
        assertTrue(verifies(ISSUER, "5a544331" + CERTIFICATE.substring(0, 114), CERTIFICATE.substring(114)));
    }

    private String sm3(String hex) throws Exception {
        Path file = Files.write(directory.resolve("hashed"), Hex.parse(hex));
        Process openssl = new ProcessBuilder("openssl", "dgst", "-sm3", "-r", file.toString()).start();
        String out = new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        assertEquals(0, openssl.waitFor());
        return out.substring(0, 64);
    }

    private boolean verifies(String point, String message, String signature) throws Exception {
        Path key = Files.writeString(directory.resolve("key.pem"), PublicKeyPem.encode(Hex.parse(point)));
        Path signed = Files.write(directory.resolve("signed"), Hex.parse(message));
        Path der = Files.write(directory.resolve("der"), der(signature));
        Process openssl = new ProcessBuilder(List.of(
                        "openssl",
                        "dgst",
                        "-sm3",
                        "-sigopt",
                        "distid:1234567812345678",
                        "-verify",
                        key.toString(),
                        "-signature",
                        der.toString(),
                        signed.toString()))
                .redirectErrorStream(true)
                .start();
        openssl.getInputStream().readAllBytes();
        assertTrue(openssl.waitFor(20, TimeUnit.SECONDS));
        return openssl.exitValue() == 0;
    }

    /** SEQUENCE of two INTEGERs, each with a zero before a high bit; r and s of the vectors begin with no zero byte. */
    private static byte[] der(String rs) {
        String r = integer(rs.substring(0, 64));
        String s = integer(rs.substring(64));
        return Hex.parse(String.format("30%02x", (r.length() + s.length()) / 2) + r + s);
    }

    private static String integer(String digits) {
        return Integer.parseInt(digits.substring(0, 1), 16) < 8 ? "0220" + digits : "022100" + digits;
    }
}
