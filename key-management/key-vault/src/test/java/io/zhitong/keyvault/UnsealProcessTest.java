package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.RemoteKeyService;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyapi.VaultState;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.smcrypto.Hex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The vault is a process of its own; custodians come to it by the command line. */
@Timeout(120)
class UnsealProcessTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void restarted_vault_serves_lists_at_once_and_masters_after_three_custodians_came() throws Exception {
        assertEquals(
                0, run(new KeysInitCommand().command(), "--shares", shares("").toString()));
        assertEquals(3, run(new KeysSealCommand().command()));
        assertTrue(err.toString().contains("no process serves this vault"), err.toString());
        try (VaultChild child = VaultChild.start(folder.resolve("vault"));
                RemoteKeyService keys = child.client(child.enrolBackend())) {
            assertEquals(VaultState.SEALED, keys.status().state());
            assertEquals(64, keys.sign(SigningKey.POLICY, Hex.parse("5a544c32")).length);
            assertEquals(
                    KeyRefusal.SEALED,
                    assertThrows(KeyServiceException.class, keys::keys).reason());

            assertEquals(0, unseal("share-2.txt"));
            assertTrue(out.toString().contains("1 of 3"), out.toString());
            assertEquals(1, unseal("share-2.txt"));
            assertTrue(err.toString().contains("this share was given already"), err.toString());
            assertEquals(0, unseal("share-4.txt"));
            assertEquals(0, typed(Files.readString(shares("share-1.txt"))));

            assertEquals(VaultState.OPEN, keys.status().state());
            assertFalse(keys.status().demoQuorum());
            assertEquals(64, keys.sign(SigningKey.SETTLEMENT, new byte[1]).length);
            assertEquals(0, run(new KeysSealCommand().command()));
            assertEquals(VaultState.SEALED, keys.status().state());
            child.terminate();
        }
        assertFalse(Files.exists(folder.resolve("vault/port")));
    }

    @Test
    void command_lines_identity_of_this_machine_uses_no_key() throws Exception {
        try (RunningVault vault = RunningVault.start(folder)) {
            MachineIdentity admin =
                    MachineIdentity.load(MachineProfile.SM2, folder.resolve("admin"), ServedVault.ADMIN.name());
            try (RemoteKeyService keys = VaultClients.connect(vault.address(), vault.authority(), admin)) {
                assertEquals(VaultState.OPEN, keys.status().state());
                for (SigningKey key : SigningKey.values()) {
                    assertEquals(
                            KeyRefusal.CALLER_NOT_ALLOWED,
                            assertThrows(KeyServiceException.class, () -> keys.sign(key, new byte[1]))
                                    .reason());
                }
                assertEquals(
                        KeyRefusal.CALLER_NOT_ALLOWED,
                        assertThrows(KeyServiceException.class, keys::keys).reason());
            }
        }
    }

    @Test
    void secret_line_ends_at_its_end_and_leaves_the_next_one() throws IOException {
        var in = new ByteArrayInputStream("0a1b\n2c\n".getBytes(StandardCharsets.US_ASCII));
        try (var first = SecretInput.line(in);
                var second = SecretInput.line(in);
                var none = SecretInput.line(in)) {
            assertArrayEquals(
                    "0a1b".getBytes(StandardCharsets.US_ASCII), first.export(io.zhitong.smcrypto.SecretAccess.TOKEN));
            assertEquals(2, second.length());
            assertEquals(0, none.length());
        }
        assertThrows(IOException.class, () -> SecretInput.line(new ByteArrayInputStream(new byte[1025])));
    }

    private int unseal(String share) {
        return run(new KeysUnsealCommand().command(), "--share", shares(share).toString());
    }

    private int typed(String line) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(line.getBytes(StandardCharsets.US_ASCII)));
        try {
            return run(new KeysUnsealCommand().command());
        } finally {
            System.setIn(before);
        }
    }

    private Path shares(String name) {
        return folder.resolve("shares").resolve(name);
    }

    private int run(Object command, String... more) {
        String[] arguments = new String[2 + more.length];
        arguments[0] = "--data";
        arguments[1] = folder.resolve("vault").toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        CommandLine line = Programs.commandLine(command);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}
