package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code zt keys evidence}, drawn from vaults that run. */
@Timeout(120)
class KeysEvidenceTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path vault() {
        return folder.resolve("vault");
    }

    private Path pack() {
        return folder.resolve("pack");
    }

    private int evidence() {
        return run(new KeysEvidenceCommand().command(), "--data", vault().toString(), "--out", pack().toString());
    }

    private int run(Object command, String... arguments) {
        CommandLine line = Programs.commandLine(command);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private JsonNode json() throws IOException {
        return new JsonMapper().readTree(Files.readString(pack().resolve("evidence.json")));
    }

    private List<JsonNode> rows(String table) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode section : json().get("sections")) {
            for (JsonNode each : section.get("tables")) {
                if (each.get("key").asString().equals(table)) {
                    each.get("rows").forEach(rows::add);
                }
            }
        }
        return rows;
    }

    private List<String> deviations() throws IOException {
        return rows("deviations").stream().map(row -> row.get("key").asString()).toList();
    }

    @Test
    void demo_vaults_pack_shows_every_master_and_says_that_it_is_a_demo() throws IOException {
        try (RunningVault running = RunningVault.start(vault())) {
            assertEquals(0, evidence(), err.toString());
            assertEquals(KeyUsage.values().length, rows("masters").size());
            assertTrue(rows("masters").get(0).get("kcv").asString().matches("CMAC [0-9A-F]{6}"));
            assertEquals(2, rows("authorities").size());
            List<String> machines = rows("issued").stream()
                    .map(row -> row.get("machine").asString())
                    .toList();
            assertTrue(machines.containsAll(List.of("vault/vault", "admin/local")), machines.toString());
            assertTrue(deviations()
                    .containsAll(
                            List.of("soft-module", "soft-operational", "demo-quorum", "no-ceremony", "legacy-3des")));
            assertTrue(running.vault().audit().position().number() > 3);
        }
        assertEquals(
                0,
                run(
                        new KeysAuditCommand().command(),
                        "verify",
                        "--file",
                        pack().resolve("audit.export").toString(),
                        "--key",
                        pack().resolve("audit.pem").toString()),
                err.toString());
        assertEquals(
                4,
                out.toString().lines().filter(line -> line.startsWith("SM3 ")).count());
        assertEquals(3, evidence(), "nothing is drawn from a vault that does not run");
    }

    @Test
    void sealed_vault_lists_no_masters_and_says_so() throws IOException {
        try (RunningVault running = RunningVault.start(vault());
                KeyAdministration people = ServedVault.connect(vault())) {
            people.door().seal();
            assertFalse(running.vault().masters().isOpen());
            assertEquals(0, evidence(), err.toString());
        }
        assertEquals(List.of(), rows("masters"));
        assertTrue(deviations().contains("masters-closed"));
        assertEquals(5, rows("signing-keys").size());
    }

    @Test
    void vault_that_was_set_back_shows_itself_and_signs_nothing_for_it() throws IOException {
        try (RunningVault running = RunningVault.start(vault())) {
            running.vault().setBack("backend/b");
            long before = running.vault().audit().position().number();
            assertEquals(0, evidence(), err.toString());
            assertEquals(before, running.vault().audit().position().number());
        }
        assertTrue(deviations().contains("restored"), deviations().toString());
    }

    @Test
    void vault_of_a_ceremony_shows_its_custodians_its_quorum_and_a_transcript_that_holds() throws IOException {
        ceremony(false);
        assertFalse(deviations().contains("no-ceremony"), deviations().toString());
        assertFalse(deviations().contains("no-custodians"));
        assertFalse(deviations().contains("rehearsal"));
        assertEquals("王芳", rows("custodians").get(0).get("name").asString());
        assertEquals("2", rows("quorum").get(0).get("needed").asString());
        String fingerprint = rows("transcript").get(1).get("value").asString();
        assertFalse(fingerprint.isEmpty());
        assertEquals("intact", rows("transcript").get(3).at("/value/en").asString());
        assertTrue(Files.readString(pack().resolve("transcript.txt")).contains("\tEND\t"));
    }

    @Test
    void rehearsal_is_named() throws IOException {
        ceremony(true);
        assertTrue(deviations().contains("rehearsal"), deviations().toString());
    }

    private void ceremony(boolean rehearsal) throws IOException {
        VaultProcess.Settings settings = new VaultProcess.Settings(vault(), 0, false, List.of(), false);
        try (VaultProcess process = QuickPins.serve(settings);
                KeyAdministration people = ServedVault.connect(vault())) {
            HeldCeremony.in(people.ceremonies(), rehearsal);
            assertTrue(process.vault().masters().isOpen());
            assertEquals(0, evidence(), err.toString());
        }
    }

    @Test
    void no_secret_of_the_vault_is_in_the_pack() throws IOException {
        try (RunningVault running = RunningVault.start(vault())) {
            assertEquals(0, evidence(), err.toString());
            assertTrue(running.vault().masters().isOpen());
        }
        byte[] pack = everything();
        List<byte[]> secrets = secrets();
        assertTrue(secrets.size() > 35, "masters, signing keys, authorities, token");
        byte[] audit = Files.readAllBytes(vault().resolve("audit.log"));
        assertTrue(Leaks.found(pack, Arrays.copyOfRange(audit, 2, 40)), "the search finds what is there");
        ByteArrayOutputStream planted = new ByteArrayOutputStream();
        planted.writeBytes(pack);
        planted.writeBytes(Hex.of(secrets.get(7)).getBytes(StandardCharsets.US_ASCII));
        assertTrue(Leaks.found(planted.toByteArray(), secrets.get(7)), "and a planted master");
        secrets.forEach(secret -> assertFalse(Leaks.found(pack, secret)));
    }

    private byte[] everything() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(pack())) {
            for (Path file : files.toList()) {
                all.writeBytes(Files.readAllBytes(file));
            }
        }
        return all.toByteArray();
    }

    private List<byte[]> secrets() throws IOException {
        VaultFolder where = new VaultFolder(vault());
        VaultContent masters =
                where.readMasters(List.of(), RandomSource.secure()).content();
        VaultContent operational = where.read(RandomSource.secure()).content();
        List<SecretBytes> secrets = new ArrayList<>();
        masters.masters().forEach(master -> secrets.add(master.key()));
        secrets.addAll(masters.signers().values());
        secrets.addAll(operational.signers().values());
        List<byte[]> bytes = new ArrayList<>();
        secrets.forEach(secret -> bytes.add(secret.export(SecretAccess.TOKEN)));
        operational.authorities().forEach(authority -> bytes.add(KeyLeakTest.scalar(authority.key())));
        bytes.add(Files.readString(vault().resolve("backend.token")).strip().getBytes(StandardCharsets.US_ASCII));
        return bytes;
    }
}
