package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeysCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void vault_made_with_shares_opens_with_any_three_and_not_with_two() {
        assertEquals(0, init());
        assertEquals(0, status(1, 2, 4));
        assertTrue(out.toString().contains("generation 1"));
        assertEquals(1, status(1, 2));
        assertTrue(err.toString().contains("expected 3 different shares of 4, came 2"), err.toString());
        assertEquals(0, status());
        assertTrue(out.toString().contains("--share FILE"), out.toString());
        assertTrue(out.toString().contains("opens by a file of this machine"));
    }

    @Test
    void status_lists_every_key_with_its_kcv_and_its_method() {
        init();
        status(1, 2, 3);

        assertEquals(
                30,
                out.toString()
                        .lines()
                        .filter(line -> line.matches(".* active .* CMAC [0-9A-F]{6} .*"))
                        .count());
        assertTrue(out.toString().contains("TAC密钥DTK"));
    }

    @Test
    void status_names_a_damaged_generation_and_a_changed_audit() throws IOException {
        try (OpenVault vault = OpenVault.make(folder.resolve("vault"))) {
            vault.vault().newToken();
        }
        assertEquals(0, status());
        assertTrue(out.toString().contains("DEMO QUORUM"));

        Path store = folder.resolve("vault/op.0");
        byte[] intact = Files.readAllBytes(store);
        flip(store, 80);
        assertEquals(1, status());
        assertTrue(out.toString().contains("op.0 is not intact"));
        Files.write(store, intact);
        flip(folder.resolve("vault/store.1"), 80);
        assertEquals(1, status());
        assertTrue(out.toString().contains("store.1 is not intact"));

        flip(folder.resolve("vault/audit.log"), 30);
        assertEquals(1, status());
        assertTrue(err.toString().contains("record 1 was changed"), err.toString());
    }

    @Test
    void vault_without_master_keys_says_so_and_its_audit_is_checked() {
        OpenVault.sealed(folder.resolve("vault")).close();

        assertEquals(0, status());
        assertTrue(out.toString().contains("not made yet"));
        assertTrue(out.toString().contains("2 checkpoints"), out.toString());
    }

    @Test
    void vault_is_not_made_over_another_and_not_with_one_share() {
        assertEquals(0, init());
        assertEquals(3, init());
        assertTrue(err.toString().contains("there is a store already"));
        assertEquals(2, run(new KeysInitCommand().command(), "--data", "x", "--shares", "y", "--needed", "1"));
    }

    private int init() {
        return run(
                new KeysInitCommand().command(),
                "--data",
                folder.resolve("vault").toString(),
                "--shares",
                folder.resolve("shares").toString());
    }

    private int status(int... shares) {
        String[] arguments = new String[2 + 2 * shares.length];
        arguments[0] = "--data";
        arguments[1] = folder.resolve("vault").toString();
        for (int i = 0; i < shares.length; i++) {
            arguments[2 + 2 * i] = "--share";
            arguments[3 + 2 * i] =
                    folder.resolve("shares/share-" + shares[i] + ".txt").toString();
        }
        return run(new KeysStatusCommand().command(), arguments);
    }

    private int run(Object command, String... arguments) {
        CommandLine line = Programs.commandLine(command);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}
