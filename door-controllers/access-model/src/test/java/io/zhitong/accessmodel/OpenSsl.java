package io.zhitong.accessmodel;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The openssl command as an independent witness. */
final class OpenSsl {

    /** SubjectPublicKeyInfo of an SM2 key up to the point: id-ecPublicKey, 1.2.156.10197.1.301, BIT STRING, 04. */
    private static final String SM2_SPKI = "3059301306072A8648CE3D020106082A811CCF5501822D03420004";

    private OpenSsl() {}

    static String sm3(byte[] data) throws IOException, InterruptedException {
        Path file = Files.createTempFile("sm3", ".bin");
        try {
            Files.write(file, data);
            String line = run(List.of("openssl", "dgst", "-sm3", file.toString()));
            return line.substring(line.lastIndexOf(' ') + 1).trim().toUpperCase(Locale.ROOT);
        } finally {
            Files.delete(file);
        }
    }

    static boolean verifies(Sm2PublicKey key, byte[] message, byte[] signature)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sm2");
        Path pem = folder.resolve("key.pem");
        Path text = folder.resolve("message");
        Path der = folder.resolve("signature");
        byte[] spki = Hex.parse(SM2_SPKI + Hex.of(key.xy()));
        Files.writeString(
                pem,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki)
                        + "\n-----END PUBLIC KEY-----\n");
        Files.write(text, message);
        Files.write(der, Sm2.toDer(signature));
        return run(List.of(
                        "openssl",
                        "dgst",
                        "-sm3",
                        "-sigopt",
                        "distid:1234567812345678",
                        "-verify",
                        pem.toString(),
                        "-signature",
                        der.toString(),
                        text.toString()))
                .contains("Verified OK");
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("openssl did not end within 20 s");
        }
        return output;
    }
}
