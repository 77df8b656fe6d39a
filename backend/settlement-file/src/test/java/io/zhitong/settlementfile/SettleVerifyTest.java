package io.zhitong.settlementfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SettleVerifyTest {
    @TempDir
    Path dir;

    private Path file = Path.of("");
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void signed_file_with_its_key() throws IOException {
        SignedPackage pack = Samples.signed(3);
        new PackageFolder(dir).put(pack);
        file = dir.resolve(pack.name().toString());
        Files.writeString(
                dir.resolve("settlement.pem"),
                PublicKeyPem.encode(Samples.KEY.publicKey().xy()));
    }

    @Test
    void good_file_is_said_in_one_line_with_exit_code_0() {
        assertEquals(0, run(file.toString()));
        assertTrue(
                out.toString().startsWith("OK TX_44030001_20261121_0001_01: 3 records, 1050 fen, from 44030001"),
                out.toString());
    }

    @Test
    void changed_file_is_explained_with_exit_code_1() throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\\|350\\|", "|850|"), StandardCharsets.US_ASCII);
        assertEquals(1, run(file.toString()));
        assertTrue(out.toString().contains("CHANGED line 3 field amount: expected 350, found 850"), out.toString());
    }

    @Test
    void key_elsewhere_is_taken_by_its_option() throws IOException {
        Path elsewhere = dir.resolve("partner-key.pem");
        Files.move(dir.resolve("settlement.pem"), elsewhere);
        assertEquals(0, run(file.toString(), "--key", elsewhere.toString()));
    }

    @Test
    void missing_file_signature_or_key_ends_with_one_line_and_exit_code_3() throws IOException {
        assertEnvironment("settlement file", dir.resolve("none").toString());
        Files.delete(dir.resolve("settlement.pem"));
        assertEnvironment("public key", file.toString());
        Files.delete(dir.resolve(file.getFileName() + ".sig"));
        assertEnvironment("signature", file.toString());
    }

    @Test
    void something_else_than_a_key_is_said_so() throws IOException {
        Files.writeString(dir.resolve("settlement.pem"), "hello");
        assertEnvironment("PEM", file.toString());
    }

    @Test
    void command_is_found_by_the_service_loader() {
        assertTrue(ServiceLoader.load(ZtCommand.class).stream().anyMatch(p -> p.type() == SettleVerify.class));
    }

    private void assertEnvironment(String word, String argument) {
        CommandFailure failure = assertThrows(CommandFailure.class, () -> run(argument));
        assertEquals(ExitStatus.ENVIRONMENT, failure.status());
        assertTrue(String.valueOf(failure.getMessage()).contains(word), failure.getMessage());
    }

    private int run(String... arguments) {
        SettleVerify.Verify command = new SettleVerify.Verify();
        CommandLine line = new CommandLine(command);
        line.setOut(new PrintWriter(out));
        line.parseArgs(arguments);
        return command.call();
    }
}
