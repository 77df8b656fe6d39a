package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import io.zhitong.keyapi.IssuedMachine;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.RemoteKeyService;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code zt keys machines} and {@code zt keys revoke} on a serving vault. */
@Timeout(60)
class KeysMachinesTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object command, String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine line = Programs.commandLine(command);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private int machines(String... more) {
        String[] arguments = new String[2 + more.length];
        arguments[0] = "--data";
        arguments[1] = folder.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return run(new KeysMachinesCommand().command(), arguments);
    }

    private int revoke(String serial) {
        return run(
                new KeysRevokeCommand().command(),
                "--data",
                folder.toString(),
                "--serial",
                serial,
                "--reason",
                "COMPROMISED");
    }

    @Test
    void revoked_backend_is_out_at_once_and_openssl_finds_it_on_the_list() throws IOException, InterruptedException {
        try (RunningVault vault = RunningVault.start(folder)) {
            MachineIdentity backend = vault.enrolBackend();
            String serial = backend.chain().get(0).getSerialNumber().toString(16);
            try (RemoteKeyService keys = vault.client(backend)) {
                keys.status();
                assertEquals(0, machines());
                assertTrue(out.toString().contains(serial + "  SM2  backend/backend-1  "), out.toString());
                assertTrue(out.toString().contains("vault/vault"), "the vault's own stands there too");
                assertTrue(out.toString().contains("admin/local"));
                assertTrue(out.toString().contains("4 certificates 张证书"), out.toString());
                assertFalse(onTheList(serial));
                assertEquals(0, revoke(serial));
                assertTrue(onTheList(serial));
                assertThrows(KeyServiceException.class, keys::status);
            }
            machines();
            assertFalse(out.toString().contains(serial));
            assertTrue(out.toString().contains("3 certificates 张证书"));
            machines("--all");
            assertTrue(out.toString().contains("revoked 已吊销 "), out.toString());
            assertTrue(out.toString().contains("key compromised 密钥泄露"));
        }
    }

    private boolean onTheList(String serial) throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(
                        "openssl", "crl", "-in", folder.resolve("crl.pem").toString(), "-noout", "-text")
                .redirectErrorStream(true)
                .start();
        String text = new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, openssl.waitFor(), text);
        assertTrue(text.contains("Certificate Revocation List"), text);
        return text.toLowerCase(java.util.Locale.ROOT).contains(serial);
    }

    @Test
    void unknown_and_malformed_serials_and_a_vault_nobody_serves_are_told_apart() throws IOException {
        try (RunningVault vault = RunningVault.start(folder)) {
            assertTrue(vault.address().getPort() > 0);
            assertEquals(1, revoke("2"));
            assertTrue(err.toString().contains("no such certificate was given"), err.toString());
            assertEquals(2, revoke("not hex"));
        }
        assertFalse(Files.exists(folder.resolve("port")));
    }

    @Test
    void folder_that_nobody_serves_is_opened_for_the_command_and_its_revocation_counts_at_the_next_start()
            throws IOException, InterruptedException {
        MachineIdentity backend;
        try (RunningVault vault = RunningVault.start(folder)) {
            backend = vault.enrolBackend();
        }
        String serial = backend.chain().get(0).getSerialNumber().toString(16);
        assertEquals(0, machines());
        assertTrue(out.toString().contains(serial), out.toString());
        assertEquals(0, revoke(serial));
        assertTrue(onTheList(serial));
        try (RunningVault vault = RunningVault.start(folder);
                RemoteKeyService keys = vault.client(backend)) {
            assertThrows(KeyServiceException.class, keys::status);
        }
    }

    @Test
    void folder_without_a_vault_is_left_as_it_is() throws IOException {
        assertEquals(3, machines());
        assertTrue(err.toString().contains("expected a vault in"), err.toString());
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void state_follows_the_thirds_of_a_life() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        IssuedMachine machine = new IssuedMachine(
                java.math.BigInteger.TEN,
                MachineProfile.P256,
                new MachineName(MachineRole.POS, "1-43"),
                from,
                from.plus(Duration.ofDays(90)),
                new byte[32]);
        assertEquals(MachineState.VALID, MachineState.of(machine, false, from.plus(Duration.ofDays(59))));
        assertEquals(MachineState.DUE, MachineState.of(machine, false, from.plus(Duration.ofDays(60))));
        assertEquals(MachineState.DUE, MachineState.of(machine, false, from.plus(Duration.ofDays(90))));
        assertEquals(MachineState.OVER, MachineState.of(machine, false, from.plus(Duration.ofDays(91))));
        assertEquals(MachineState.REVOKED, MachineState.of(machine, true, from));
    }
}
