package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.AuditMark;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code zt keys audit}, with a second verifier in Node that knows docs/keys.md only. */
@Timeout(120)
class AuditCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path vault() {
        return folder.resolve("vault");
    }

    private Path key() {
        return vault().resolve("public/audit.pem");
    }

    private int audit(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Programs.commandLine(new KeysAuditCommand().command());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
    }

    private String newest() {
        String text = out.toString().strip();
        return text.substring(text.lastIndexOf(' ') + 1);
    }

    @Test
    void running_vaults_audit_is_shown_exported_to_its_signed_end_and_verified_without_it() throws IOException {
        Path export = folder.resolve("all.export");
        Path tail = folder.resolve("tail.export");
        try (RunningVault vault = RunningVault.start(vault())) {
            for (int i = 0; i < 120; i++) {
                vault.vault().newToken();
            }
            assertEquals(0, audit("show", "--data", vault(), "--from", 1, "--most", 3), err.toString());
            assertTrue(out.toString().contains("vault  开启 opened  operational compartment"), out.toString());
            assertEquals(4, out.toString().lines().count());
            assertEquals(0, audit("export", "--data", vault(), "--out", export), err.toString());
            assertEquals(0, audit("export", "--data", vault(), "--out", tail, "--from", 100), err.toString());
            assertEquals(2, audit("export", "--data", vault(), "--out", tail, "--from", 100_000));
        }
        assertEquals(0, audit("verify", "--file", export, "--key", key()), err.toString());
        assertTrue(out.toString().contains("are intact 完整"), out.toString());
        assertEquals(0, audit("verify", "--file", tail, "--key", key()), err.toString());
        assertFalse(out.toString().contains("chained only"), out.toString());
        assertEquals(0, audit("verify", "--data", vault()), err.toString());
        String known = newest();
        assertEquals(0, audit("verify", "--data", vault(), "--known", known), err.toString());
        assertEquals(1, audit("verify", "--file", export, "--key", key(), "--known", known));
        assertTrue(err.toString().contains("are missing: the file was cut off behind record"), err.toString());
    }

    @Test
    void stopped_vaults_file_is_read_by_itself() throws IOException {
        OpenVault.make(vault()).close();
        Path export = folder.resolve("a.export");
        assertEquals(0, audit("show", "--data", vault()), err.toString());
        assertTrue(out.toString().contains("签名检查点 signed checkpoint"), out.toString());
        String newest = newest();
        assertEquals(0, audit("export", "--data", vault(), "--out", export), err.toString());
        assertEquals(newest, newest());

        Path log = vault().resolve("audit.log");
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        assertEquals(1, audit("show", "--data", vault()));
        assertEquals(3, audit("show", "--data", folder.resolve("nowhere")));
    }

    @Test
    void checkpoint_that_a_backend_keeps_is_a_known_place() throws IOException {
        AuditCheckpoint kept;
        try (RunningVault vault = RunningVault.start(vault())) {
            kept = vault.vault().audit().newestCheckpoint().orElseThrow();
        }
        String place = new AuditMark(kept.number() - 1, kept.hash()).toString();
        assertEquals(0, audit("verify", "--data", vault(), "--known", place), err.toString());
        String wrong = new AuditMark(kept.number(), kept.hash()).toString();
        assertEquals(1, audit("verify", "--data", vault(), "--known", wrong));
        assertTrue(err.toString().contains("has another hash than the known one"), err.toString());
    }

    @Test
    void command_line_without_file_or_with_another_key_or_place_is_refused() throws IOException {
        OpenVault.make(vault()).close();
        assertEquals(2, audit("verify"));
        assertEquals(2, audit("verify", "--file", "x"));
        assertEquals(2, audit("verify", "--data", vault(), "--known", "7"));
        Path log = vault().resolve("audit.log");
        for (String text : List.of(
                "",
                "-----BEGIN PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----!-----END PUBLIC KEY-----",
                "x".repeat(2000))) {
            Path wrong = Files.writeString(folder.resolve("wrong.pem"), text);
            assertEquals(3, audit("verify", "--file", log, "--key", wrong), text);
        }
        Path other = folder.resolve("other.pem");
        Files.writeString(
                other,
                PublicKeyFile.text(Sm2PrivateKey.generate(RandomSource.secure())
                        .publicKey()
                        .xy()));
        assertEquals(1, audit("verify", "--file", log, "--key", other));
        assertTrue(err.toString().contains("the signature of checkpoint"), err.toString());
    }

    @Test
    void public_key_file_is_what_openssl_reads_and_ours_reads_back() throws IOException, InterruptedException {
        byte[] point = Sm2PrivateKey.generate(RandomSource.secure()).publicKey().xy();
        Path pem = Files.writeString(folder.resolve("k.pem"), PublicKeyFile.text(point));
        assertEquals(0, OpenSsl.run("pkey", "-pubin", "-in", pem.toString(), "-noout"));
        assertArrayEquals(point, PublicKeyFile.read(pem).xy());
    }

    @Test
    void page_outside_the_chain_is_refused() throws IOException {
        try (RunningVault vault = RunningVault.start(vault());
                KeyAdministration client = ServedVault.connect(vault())) {
            long newest = client.evidence().audit(1, 1).newest().number();
            assertEquals(vault.vault().audit().position().number(), newest);
            assertEquals(0, client.evidence().audit(newest + 1, 5).records().length);
            assertTrue(client.evidence().checkpoint().number() == newest + 1);
            for (long from : List.of(0L, -1L, newest + 3, Long.MAX_VALUE)) {
                assertEquals(
                        KeyRefusal.MALFORMED,
                        assertThrows(
                                        KeyServiceException.class,
                                        () -> client.evidence().audit(from, 5))
                                .reason());
            }
        }
    }

    @Test
    void second_verifier_agrees_on_a_real_export_and_on_every_planted_change()
            throws IOException, InterruptedException {
        Path export = folder.resolve("all.export");
        try (RunningVault vault = RunningVault.start(vault())) {
            vault.vault().newToken();
            assertEquals(0, audit("export", "--data", vault(), "--out", export), err.toString());
        }
        byte[] whole = Files.readAllBytes(export);
        assertEquals(0, audit("verify", "--file", export, "--key", key()));
        String known = newest();
        Process node = new ProcessBuilder("node", "src/test/node/audit.mjs", "--listen")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers =
                        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.US_ASCII));
                PrintWriter asked = new PrintWriter(node.getOutputStream(), true, StandardCharsets.US_ASCII)) {
            asked.println(export + " " + key());
            String answer = answers.readLine();
            assertTrue(answer.startsWith("OK 1 "), answer);
            assertTrue(known.endsWith(answer.substring(answer.lastIndexOf(' ') + 1)), answer);
            Path changed = folder.resolve("changed.export");
            for (int at = 0; at < whole.length; at += 13) {
                byte[] bytes = whole.clone();
                bytes[at] ^= 4;
                Files.write(changed, bytes);
                asked.println(changed + " " + key() + " " + known);
                String said = answers.readLine();
                assertTrue(said.startsWith("WRONG"), "byte " + at + ": " + said);
                assertEquals(1, audit("verify", "--file", changed, "--key", key(), "--known", known), "byte " + at);
            }
            Files.write(changed, Arrays.copyOf(whole, 45));
            asked.println(changed + " " + key() + " " + known);
            assertTrue(answers.readLine().contains("is missing"), "a cut is found by the known place");
            Files.write(changed, exchanged(whole));
            asked.println(changed + " " + key());
            assertEquals("WRONG record 1 was changed", answers.readLine(), "the first two records change places");
            Path other = Files.writeString(
                    folder.resolve("other.pem"),
                    PublicKeyFile.text(Sm2PrivateKey.generate(RandomSource.secure())
                            .publicKey()
                            .xy()));
            asked.println(export + " " + other);
            assertEquals("WRONG record 2 has a wrong signature", answers.readLine(), "a checkpoint by another key");
        } finally {
            node.destroy();
            node.waitFor();
        }
    }

    /** The same export with its first two records in the other order. */
    private static byte[] exchanged(byte[] export) {
        int first = 45;
        int second = end(export, first);
        int third = end(export, second);
        byte[] other = export.clone();
        System.arraycopy(export, second, other, first, third - second);
        System.arraycopy(export, first, other, first + third - second, second - first);
        return other;
    }

    private static int end(byte[] export, int at) {
        return at + 2 + ((export[at] & 0xFF) << 8 | export[at + 1] & 0xFF) + 32;
    }
}
