package io.zhitong.zt.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code zt crypto}: its values beside published ones, openssl and the formulas of cards; and what it refuses. */
class CryptoCommandsTest {
    private static final String ROOT = "000102030405060708090a0b0c0d0e0f";
    private static final String CITY = "4403ff0000000000";
    private static final String CARD = "44030001000000a1";

    @TempDir
    private Path dir;

    private Path keys = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeKeys() throws IOException {
        keys = write("""
                ZHITONG TEST KEYS 测试密钥
                # of the pages and of test-vectors/
                root = 000102030405060708090a0b0c0d0e0f
                control=FEDCBA98765432100123456789ABCDEF

                dlk = 6fee95a9e3756e4384053899b0fc3ee0
                kcv = 86556501146abd972a3c5187cfe88c81
                mk = 00112233445566778899AABBCCDDEEFF
                """);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(dir.resolve("keys.txt"), text);
    }

    /** docs/keys.md prints the first level, made by openssl. */
    @Test
    void derivation_prints_every_level_and_is_that_of_openssl() {
        assertEquals(0, run(new DiversifyCommand(), "--key", "root", "--factor", CITY, "--factor", CARD));
        List<String> lines = out.toString().lines().toList();
        assertEquals("TEST KEYS ONLY 仅限测试密钥", lines.get(0));
        assertTrue(lines.contains("  K1 = SM4(K0, f ‖ ~f): 56f83bd059b8ada0f57ad8bbea8667ca"), out.toString());
        String card = openssl("56f83bd059b8ada0f57ad8bbea8667ca", CARD + "bbfcfffeffffff5e");
        assertTrue(lines.contains("  K2 = SM4(K1, f ‖ ~f): " + card), out.toString());
        assertEquals("derived 分散结果 = " + card, lines.get(lines.size() - 1));
    }

    @Test
    void derivation_without_a_factor_is_the_key_itself() {
        assertEquals(0, run(new DiversifyCommand(), "--key", "root"));
        assertTrue(out.toString().endsWith("derived 分散结果 = " + ROOT + "\n"), out.toString());
    }

    /** test-vectors/purse-sm4.json, first load: session key from random ‖ sequence ‖ 8000, MAC1 over balance, amount, type. */
    @Test
    void mac_of_a_load_is_the_published_one_and_each_block_that_of_openssl() {
        String covered = "0004f8590000312a022ef34eec3143";
        assertEquals(0, run(new MacCommand(), "--key", "dlk", "--session", "b113641e76578000", "--data", covered));
        assertTrue(out.toString().contains("SK = SM4(K, f ‖ ~f): e10db7ab14bbe31ec5d66e550590b69b"), out.toString());
        assertTrue(out.toString().contains("left 4 左4字节 = 875bc1c7"), out.toString());
        assertEquals(1, blocksThatAgree("e10db7ab14bbe31ec5d66e550590b69b"));
    }

    @Test
    void every_block_of_a_long_mac_and_of_a_cmac_is_that_of_openssl() {
        assertEquals(0, run(new MacCommand(), "--key", "root", "--iv", "0102030405060708", "--data", "ab".repeat(40)));
        assertEquals(3, blocksThatAgree(ROOT));
        byte[] iv = Hex.parse("01020304050607080000000000000000");
        assertTrue(out.toString()
                .contains("MAC = " + Hex.of(Sm4.cbcMac(Hex.parse(ROOT), iv, Hex.parse("ab".repeat(40))))));
        for (int length : new int[] {0, 15, 16, 17, 32}) {
            String data = "cd".repeat(length);
            assertEquals(0, run(new MacCommand(), "--key", "root", "--method", "cmac", "--data", data));
            assertEquals(Math.max(1, (length + 15) / 16), blocksThatAgree(ROOT));
            assertTrue(
                    out.toString().contains("MAC = " + Hex.of(Sm4.cmac(Hex.parse(ROOT), Hex.parse(data)))),
                    "length " + length);
        }
    }

    /** How many lines {@code Cn = E(Xn)} stand there, all of them computed again. */
    private int blocksThatAgree(String key) {
        Matcher block = Pattern.compile("X(\\d+) = [^:]*: ([0-9a-f]{32})\\R *C\\1 = [^:]*: ([0-9a-f]{32})")
                .matcher(out.toString());
        int found = 0;
        while (block.find()) {
            assertEquals(openssl(key, block.group(2)), block.group(3), "block " + block.group(1));
            found++;
        }
        return found;
    }

    /** test-vectors/purse-sm4.json, kind kcv. */
    @Test
    void check_values_are_the_published_ones_with_their_methods() {
        assertEquals(0, run(new KcvCommand()));
        assertTrue(out.toString().contains("key 密钥 kcv\n  KCV CMAC: ad3cb1\n  KCV ECB: b3a4bd\n"), out.toString());
    }

    @Test
    void wrapped_key_is_what_the_card_takes_as_write_key() {
        String challenge = "000102030405060708090a0b0c0d0e0f";
        int status = run(
                new WrapCommand(),
                "--control",
                "control",
                "--control-factor",
                CARD,
                "--key",
                "root",
                "--factor",
                CITY,
                "--factor",
                CARD,
                "--challenge",
                challenge,
                "--head",
                "3ef0010101");
        assertEquals(0, status, err.toString());
        byte[] control = CardAlgorithm.SM4.diversify(Hex.parse("fedcba98765432100123456789abcdef"), Hex.parse(CARD));
        byte[] key = CardAlgorithm.SM4.diversify(Hex.parse(ROOT), List.of(Hex.parse(CITY), Hex.parse(CARD)));
        CommandApdu written = SecureMessaging.protectEncrypted(
                CardAlgorithm.SM4,
                control,
                Hex.parse(challenge),
                CommandApdu.parse(Hex.parse("84d40100")).with(Hex.parse("3ef0010101" + Hex.of(key))));
        assertTrue(out.toString().endsWith("数据域 = " + Hex.of(written.data()) + "\n"), out.toString());
        assertTrue(out.toString().contains("Ld ‖ record 明文: 153ef0010101" + Hex.of(key)), out.toString());
    }

    /** test-vectors/purse-3des.json, E-diversify. */
    @Test
    void derivation_of_3des_is_the_published_one() {
        String[] arguments = {"--algorithm", "3des", "--key", "mk", "--factor", "1122334455667788"};
        assertEquals(0, run(new DiversifyCommand(), arguments));
        assertTrue(out.toString().endsWith("= 496bd7a3513644533100b54e71196528\n"), out.toString());
    }

    @Test
    void values_of_3des_are_those_of_the_cards_formulas() {
        byte[] card = CardAlgorithm.TRIPLE_DES.diversify(Hex.parse(ROOT), Hex.parse(CARD));
        assertEquals(0, run(new DiversifyCommand(), "--algorithm", "3des", "--key", "root", "--factor", CARD));
        assertTrue(out.toString().endsWith("= " + Hex.of(card) + "\n"), out.toString());
        byte[] data = Hex.parse("0102030405060708090a");
        String[] mac = {"--algorithm", "3des", "--key", "root", "--data", Hex.of(data)};
        assertEquals(0, run(new MacCommand(), mac));
        assertTrue(out.toString().endsWith("= " + Hex.of(CardAlgorithm.TRIPLE_DES.mac4(Hex.parse(ROOT), data)) + "\n"));
        String[] inSession = Arrays.copyOf(mac, mac.length + 2);
        inSession[mac.length] = "--session";
        inSession[mac.length + 1] = CARD;
        assertEquals(0, run(new MacCommand(), inSession));
        byte[] session = CardAlgorithm.TRIPLE_DES.sessionKey(Hex.parse(ROOT), Hex.parse(CARD));
        assertTrue(out.toString().endsWith("= " + Hex.of(CardAlgorithm.TRIPLE_DES.mac4(session, data)) + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "root = 000102030405060708090a0b0c0d0e0f\n",
                "zhitong test keys\nroot = 000102030405060708090a0b0c0d0e0f\n",
                " ZHITONG TEST KEYS 测试密钥\nroot = 000102030405060708090a0b0c0d0e0f\n",
                "ZHITONG TEST KEYS 测试密钥 not\nroot = 000102030405060708090a0b0c0d0e0f\n",
                "000102030405060708090a0b0c0d0e0f\n"
            })
    void a_file_without_the_mark_on_its_first_line_is_refused(String text) throws IOException {
        keys = write(text);
        assertRefused("the first line must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"root = 00", "root 000102030405060708090a0b0c0d0e0f", "ROOT = 000102030405060708090a0b0c0d0e0f"})
    void a_line_of_another_form_is_refused_without_being_repeated(String line) throws IOException {
        keys = write("ZHITONG TEST KEYS 测试密钥\n\n" + line + "\n");
        assertRefused("line 3: expected NAME = 32 hex digits");
        assertFalse(err.toString().contains("0001"), err.toString());
    }

    @Test
    void a_name_twice_a_huge_file_and_one_that_is_no_text_are_refused() throws IOException {
        keys = write("ZHITONG TEST KEYS 测试密钥\na = " + ROOT + "\na = " + ROOT + "\n");
        assertRefused("line 3: a name stands twice");
        keys = write("ZHITONG TEST KEYS 测试密钥\n" + "#\n".repeat(9000));
        assertRefused("at most 16384 bytes");
        Files.write(keys, new byte[] {'Z', (byte) 0xC3, (byte) 0x28});
        assertRefused("UTF-8");
    }

    /** The same marked file is taken outside and refused inside, also below and through a link. */
    @ParameterizedTest
    @ValueSource(strings = {"store.0", "store.1", "op.0", "op.1", "audit.log", "machine.share"})
    void a_file_in_a_vaults_folder_is_refused_whatever_it_says(String file) throws IOException {
        Path vault = Files.createDirectories(dir.resolve("vault"));
        Path inside = Files.createDirectories(vault.resolve("factory")).resolve("transport.key");
        Files.copy(keys, inside);
        Path link = Files.createSymbolicLink(dir.resolve("link"), inside);
        keys = link;
        assertEquals(0, run(new KcvCommand()), err.toString());
        Files.createFile(vault.resolve(file));
        assertRefused("lies in a vault's folder");
        keys = inside;
        assertRefused("lies in a vault's folder");
    }

    @Test
    void a_key_on_the_command_line_is_refused_and_not_repeated() {
        assertEquals(2, run(new DiversifyCommand(), "--key", ROOT));
        assertTrue(err.toString().contains("keys are not written on the command line"), err.toString());
        assertFalse((out.toString() + err).contains(ROOT));
    }

    @ParameterizedTest
    @CsvSource({
        "--factor, 4403, --factor: expected hex digits of 8 bytes",
        "--factor, xx, --factor: expected hex digits of 8 bytes",
        "--algorithm, des, expected sm4 or 3des",
        "--key, nobody, no key of that name",
    })
    void a_wrong_option_ends_with_2_and_one_clear_line(String option, String value, String said) {
        String[] arguments =
                option.equals("--key") ? new String[] {option, value} : new String[] {"--key", "root", option, value};
        assertEquals(2, run(new DiversifyCommand(), arguments));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(said), err.toString());
    }

    @Test
    void cmac_of_3des_or_with_an_iv_is_refused_and_so_is_an_absent_file() {
        String[] cmac = {"--key", "root", "--method", "cmac", "--data", "00", "--iv", "01"};
        assertEquals(2, run(new MacCommand(), cmac));
        assertEquals(
                2, run(new MacCommand(), "--key", "root", "--method", "cmac", "--data", "00", "--algorithm", "3des"));
        keys = dir.resolve("absent");
        assertEquals(3, run(new KcvCommand()));
    }

    /** No way leads from a vault, its client or its shares to these commands; the same look finds one where there is one. */
    @Test
    void the_package_knows_neither_vault_nor_key_service() {
        assertEquals(List.of(), ofTheVault("io.zhitong.zt.crypto"));
        assertFalse(ofTheVault("io.zhitong.keyvault").isEmpty());
    }

    private static List<String> ofTheVault(String from) {
        JavaClasses classes = new ClassFileImporter().importPackages(from);
        assertFalse(classes.isEmpty());
        return classes.stream()
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .map(each -> each.getTargetClass().getName())
                .filter(name -> name.startsWith("io.zhitong.keyapi") || name.startsWith("io.zhitong.keyvault"))
                .distinct()
                .toList();
    }

    private void assertRefused(String why) {
        assertEquals(1, run(new KcvCommand()));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(why), err.toString());
        assertEquals("", out.toString());
    }

    private int run(ZtCommand command, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Programs.commandLine(command.command());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("--keys", keys.toString()));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }

    /** One block by the openssl command. */
    private static String openssl(String key, String block) {
        try {
            Process run = new ProcessBuilder("openssl", "enc", "-sm4-ecb", "-nopad", "-K", key).start();
            try (OutputStream in = run.getOutputStream()) {
                in.write(Hex.parse(block));
            }
            byte[] answer = run.getInputStream().readAllBytes();
            assertTrue(run.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, run.exitValue(), () -> new String(answer, StandardCharsets.UTF_8));
            return Hex.of(answer);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
