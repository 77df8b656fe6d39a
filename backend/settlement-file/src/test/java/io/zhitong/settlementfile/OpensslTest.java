package io.zhitong.settlementfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSL is the second implementation: it reads our key and checks our signature, and we check its. */
class OpensslTest {
    private static final String DISTID = "distid:1234567812345678";

    @TempDir
    Path dir;

    private SignedPackage pack = Samples.signed(5);
    private Path file = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void files_as_a_partner_gets_them() throws IOException {
        new PackageFolder(dir).put(pack);
        file = dir.resolve(pack.name().toString());
        key = dir.resolve("settlement.pem");
        Files.writeString(key, PublicKeyPem.encode(Samples.KEY.publicKey().xy()));
    }

    @Test
    void openssl_accepts_our_signature_over_the_file() throws Exception {
        assertEquals("Verified OK", verify());
    }

    @Test
    void openssl_refuses_the_file_with_one_bit_changed() throws Exception {
        byte[] content = pack.content();
        content[100] ^= 1;
        Files.write(file, content);
        assertNotEquals("Verified OK", verify());
    }

    @Test
    void file_signed_by_openssl_is_accepted_by_us() throws Exception {
        Path theirs = dir.resolve("theirs.key");
        Path theirPublic = dir.resolve("theirs.pem");
        Path theirSignature = dir.resolve("theirs.sig");
        openssl("ecparam", "-name", "SM2", "-genkey", "-noout", "-out", theirs.toString());
        openssl("pkey", "-in", theirs.toString(), "-pubout", "-out", theirPublic.toString());
        var publicKey = PublicKeyPem.decode(Files.readString(theirPublic));
        byte[] content =
                PackageWriter.write(Samples.NAME, "SHOP0001", PublicKeyPem.keyId(publicKey.xy()), Samples.records(4));
        Files.write(file, content);
        openssl(
                "dgst",
                "-sm3",
                "-sigopt",
                DISTID,
                "-sign",
                theirs.toString(),
                "-out",
                theirSignature.toString(),
                file.toString());
        var verdict =
                PackageVerifier.verify(Samples.NAME.toString(), content, Files.readAllBytes(theirSignature), publicKey);
        assertEquals(List.of(), verdict.findings());
    }

    @Test
    void openssl_reads_and_rewrites_our_public_key_unchanged() throws Exception {
        assertEquals(Files.readString(key).strip(), openssl("pkey", "-pubin", "-in", key.toString()));
    }

    private String verify() throws Exception {
        return run(List.of(
                        "openssl",
                        "dgst",
                        "-sm3",
                        "-sigopt",
                        DISTID,
                        "-verify",
                        key.toString(),
                        "-signature",
                        file + ".sig",
                        file.toString()))
                .lines()
                .findFirst()
                .orElse("");
    }

    private String openssl(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "openssl ends");
        return output.strip();
    }
}
