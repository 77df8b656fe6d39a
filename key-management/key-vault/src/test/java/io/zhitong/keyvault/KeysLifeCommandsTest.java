package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.VaultState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeysLifeCommandsTest {
    private static final String CITY = "4403ff0000000000";
    private static final String PARTNER = "EXCHANGE/2:5a542d4349545931";

    /** What a partner dealt: together 00112233445566778899AABBCCDDEEFF, whose SM4-CMAC over zeros begins 45445F. */
    private static final List<String> PARTS =
            List.of("ffeeddccbbaa99887766554433221100", "ffffffffffffffffffffffffffffffff");

    private String out = "";
    private String err = "";

    @TempDir
    Path folder;

    @BeforeEach
    void make() {
        for (String vault : List.of("here", "there")) {
            assertEquals(
                    0,
                    run(
                            new KeysInitCommand(),
                            "--data",
                            folder.resolve(vault).toString(),
                            "--shares",
                            folder.resolve(vault + "-shares").toString()));
        }
    }

    @Test
    void version_is_made_activated_and_the_old_one_retired_with_the_quorums_shares() {
        assertEquals(0, on("here", new KeysNewVersionCommand(), "--key", "DTK/2", "--custodian", "李雷"));
        assertTrue(out.matches("DTK/2 CMAC [0-9A-F]{6}\\s*"), out);
        assertEquals(0, on("here", new KeysStateCommand(), "--key", "dtk/2", "--to", "ACTIVE"));
        assertEquals(0, on("here", new KeysStateCommand(), "--key", "DTK/1", "--to", "retired"));
        assertEquals(0, on("here", new KeysListCommand()));

        assertTrue(out.lines().anyMatch(line -> line.matches("DTK/2 .*active .*使用中.*made here.*李雷")), out);
        assertTrue(out.lines().anyMatch(line -> line.matches("DTK/1 .*retired .*停发.*")), out);
        assertEquals(1, on("here", new KeysStateCommand(), "--key", "DTK/1", "--to", "active"));
        assertTrue(err.contains("retired never becomes active") && err.contains("密钥状态不允许此变更"), err);
        assertEquals(1, on("here", new KeysNewVersionCommand(), "--key", "DTK/2"));
        assertTrue(err.contains("expected a version above 2"), err);
    }

    @Test
    void mother_key_goes_from_one_vault_to_another_under_a_partners_exchange_key() throws IOException {
        for (String vault : List.of("here", "there")) {
            assertEquals(0, components(vault, "45445F"), err);
            assertEquals(0, on(vault, new KeysStateCommand(), "--key", PARTNER, "--to", "active"));
        }
        assertEquals(0, on("here", new KeysNewVersionCommand(), "--key", "DPK/2", "--exportable"));
        assertEquals(0, on("here", new KeysExportCommand(), "--key", "DPK/2:" + CITY, "--exchange", PARTNER));
        Path block = Files.writeString(folder.resolve("dpk.block"), out);
        assertEquals(
                0,
                on(
                        "there",
                        new KeysImportCommand(),
                        "--block",
                        block.toString(),
                        "--exchange",
                        PARTNER,
                        "--psam-only"));
        assertTrue(out.startsWith("DPK/2:" + CITY + " CMAC"), out);
        String kcv = out.strip().substring(out.strip().length() - 6);
        assertEquals(0, on("here", new KeysLineageCommand(), "--key", "DPK/2:" + CITY + ":4403000100000001"));
        assertTrue(out.contains("↓ " + CITY + "  CMAC " + kcv), out);
        assertEquals(0, on("there", new KeysListCommand()));
        assertTrue(out.lines().anyMatch(line -> line.contains("DPK/2:" + CITY) && line.contains("仅入PSAM")), out);
    }

    @Test
    void what_is_wrong_with_a_command_is_said_in_one_line() throws IOException {
        assertEquals(1, components("here", "45445E"));
        assertTrue(err.contains("分量合成的校验值不符"), err);
        assertEquals(2, on("here", new KeysImportCommand(), "--psam-only"));
        assertEquals(2, on("here", new KeysStateCommand(), "--key", "NOKEY/1", "--to", "active"));
        assertEquals(2, on("here", new KeysStateCommand(), "--key", "DTK/1:44", "--to", "active"));
        assertEquals(1, on("here", new KeysExportCommand(), "--key", "DTK/1", "--exchange", PARTNER));
        assertTrue(err.contains("密钥不可导出"), err);
        assertEquals(
                3,
                run(
                        new KeysStateCommand(),
                        "--data",
                        folder.resolve("here").toString(),
                        "--key",
                        "DTK/1",
                        "--to",
                        "active"));
        assertFalse(err.contains("Exception"), err);
    }

    @Test
    void served_vault_lists_without_shares_and_takes_orders_as_proposals_only() throws IOException {
        Path demo = Files.createDirectory(folder.resolve("demo"));
        var settings = new VaultProcess.Settings(demo, 0, true, List.of(), false);
        try (VaultProcess process = QuickPins.serve(settings)) {
            assertEquals(0, served(demo, new KeysListCommand()), err);
            assertTrue(out.contains("ACCESS_FAST/1"), out);
            assertEquals(0, served(demo, new KeysLineageCommand(), "--key", "DTK/1:" + CITY), err);
            assertTrue(out.contains("↓ " + CITY + "  CMAC "), out);
            assertEquals(1, served(demo, new KeysLineageCommand(), "--key", "DTK/9"));

            assertEquals(0, served(demo, new KeysNewVersionCommand(), "--key", "DTK/2", "--as", "李雷"), err);
            assertTrue(out.startsWith("proposal 待批指令 "), out);
            assertEquals(2, served(demo, new KeysImportCommand(), "--component", "x", "--key", "DTK/2"));
            assertEquals(0, served(demo, new KeysListCommand()));
            assertFalse(out.contains("DTK/2"), "nothing is done before two custodians approve");
            assertEquals(VaultState.OPEN, process.vault().status().state());
        }
    }

    private int served(Path data, ZtCommand command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
        arguments.addAll(List.of(more));
        return run(command, arguments.toArray(new String[0]));
    }

    private int components(String vault, String kcv) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--key", PARTNER, "--kcv", kcv));
        for (String part : PARTS) {
            Path file = Files.writeString(folder.resolve("part-" + part.substring(0, 4)), part + "\n");
            arguments.addAll(List.of("--component", file.toString()));
        }
        return on(vault, new KeysImportCommand(), arguments.toArray(new String[0]));
    }

    private int on(String vault, ZtCommand command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--data", folder.resolve(vault).toString()));
        for (int share = 1; share <= 3; share++) {
            arguments.addAll(List.of(
                    "--share",
                    folder.resolve(vault + "-shares/share-" + share + ".txt").toString()));
        }
        arguments.addAll(List.of(more));
        return run(command, arguments.toArray(new String[0]));
    }

    private int run(ZtCommand command, String... arguments) {
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine line = Programs.commandLine(command.command());
        line.setOut(new PrintWriter(text));
        line.setErr(new PrintWriter(errors));
        int status = line.execute(arguments);
        out = text.toString();
        err = errors.toString();
        return status;
    }
}
