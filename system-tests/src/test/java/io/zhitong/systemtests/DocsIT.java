package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.settlementfile.FileType;
import io.zhitong.settlementfile.PackageFolder;
import io.zhitong.settlementfile.PackageName;
import io.zhitong.settlementfile.PackageSigner;
import io.zhitong.settlementfile.SettlementRecord;
import io.zhitong.settlementfile.SignedPackage;
import io.zhitong.settlementfile.TacState;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command on the pages for readers runs as it stands there. */
final class DocsIT {
    private static final Duration LONGEST = Duration.ofSeconds(180);
    private static final Pattern DIGEST = Pattern.compile("(?i)\\b[0-9a-f]{32,64}\\b");
    /** A block that computes a value of the page a second time begins with its bytes in hex. */
    private static final String WITNESSED = "xxd -r -p";

    private static final Set<String> LANGUAGES =
            Set.of("sh", "text", "card", "yaml", "json", "mermaid", "proto", "java");

    static Stream<Page> pages() throws IOException {
        Path root = RunningEstate.root();
        try (Stream<Path> here = Files.list(root);
                Stream<Path> below = Files.find(
                        root,
                        2,
                        (path, facts) -> path.endsWith("README.md") || path.startsWith(root.resolve("docs")))) {
            return Stream.concat(here, below)
                    .filter(path -> path.toString().endsWith(".md"))
                    .distinct()
                    .sorted()
                    .toList()
                    .stream()
                    .map(Page::read);
        }
    }

    static Stream<Page> pagesWithCommands() throws IOException {
        return pages().filter(page -> !page.commands().isEmpty());
    }

    @Test
    void commands_are_found_run_and_judged() {
        Page planted = new Page(
                "planted",
                "- text\n  ```sh\n  echo 0123456789abcdef0123456789ABCDEF\n  ```\n<!-- not run by DocsIT: apt -->\n```sh\n"
                        + "apt-get install x\n```\n```text\nfalse\n```\n");
        assertEquals(2, planted.commands().size());
        assertEquals(
                "echo 0123456789abcdef0123456789ABCDEF\n",
                planted.commands().get(0).content());
        assertEquals("apt", planted.commands().get(1).reason().orElseThrow());
        assertFalse(planted.names("00112233445566778899aabbccddeeff"));
        assertEquals(
                1,
                run(new Page.Block("sh", "false\ntrue\n", java.util.Optional.empty()), RunningEstate.root())
                        .exitCode());
    }

    @Test
    void every_block_says_what_it_is() throws IOException {
        assertTrue(pagesWithCommands().count() >= 5, "pages with commands");
        pages().forEach(page -> page.blocks()
                .forEach(block -> assertTrue(
                        LANGUAGES.contains(block.language()),
                        page.name() + " has a block labelled '" + block.language() + "': " + block.content())));
    }

    static Stream<Arguments> commands() throws IOException {
        return pages().flatMap(page -> IntStream.range(0, page.commands().size())
                .mapToObj(number -> Arguments.of(
                        page.name() + " " + (number + 1), page, page.commands().get(number))));
    }

    /** Each block in a folder of its own, side by side with others: a reader may begin anywhere. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    @Execution(ExecutionMode.CONCURRENT)
    void commands_run_as_they_stand(String name, Page page, Page.Block block) throws IOException {
        if (block.reason().isPresent()) {
            assertFalse(block.reason().get().isBlank(), page.name() + " gives a reason");
            return;
        }
        Shell.Result result = run(block, folder(name));
        assertEquals(0, result.exitCode(), page.name() + ":\n" + block.content() + "\nanswered\n" + result.text());
        if (block.content().contains(WITNESSED)) {
            assertDigestsStandOnThePage(page, result.text());
        }
    }

    private static void assertDigestsStandOnThePage(Page page, String answered) {
        Matcher digest = DIGEST.matcher(answered);
        while (digest.find()) {
            assertTrue(
                    page.names(digest.group().toLowerCase(java.util.Locale.ROOT)),
                    page.name() + " does not say " + digest.group());
        }
    }

    private static Shell.Result run(Page.Block block, Path folder) {
        return Shell.run(LONGEST, Map.of(), folder, "/bin/bash", "-euo", "pipefail", "-c", block.content());
    }

    /** A folder that looks like the tree, with a settlement file of 21 November 2026 beside. */
    private static Path folder(String block) throws IOException {
        Path folder = Folders.fresh("docs/" + block.replace('/', '-').replace(' ', '-'));
        for (String part : List.of("bin", "test-vectors", "docs", "mvnw")) {
            Files.createSymbolicLink(folder.resolve(part), RunningEstate.root().resolve(part));
        }
        Files.writeString(folder.resolve("NAME"), "own file\n");
        Sm2PrivateKey key = Sm2PrivateKey.of(Hex.parse("35".repeat(32)));
        new PackageFolder(folder).put(settled(key));
        byte[] spki = Hex.parse("3059301306072a8648ce3d020106082a811ccf5501822d03420004"
                + Hex.of(key.publicKey().xy()));
        Files.writeString(
                folder.resolve("settlement.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki)
                        + "\n-----END PUBLIC KEY-----\n");
        return folder;
    }

    private static SignedPackage settled(Sm2PrivateKey key) {
        PackageSigner signer = new PackageSigner() {
            @Override
            public byte[] sign(byte[] message) {
                return Sm2.sign(key, message, RandomSource.secure());
            }

            @Override
            public byte[] publicKey() {
                return key.publicKey().xy();
            }
        };
        SettlementRecord sale = new SettlementRecord(
                "00000000440300000001",
                7,
                "000000000043",
                "00004403000100000043",
                4000,
                6,
                550,
                9450,
                "20261121101530",
                "0A1B2C3D",
                1,
                TacState.V);
        return SignedPackage.make(
                new PackageName(FileType.TX, "44030001", LocalDate.of(2026, 11, 21), 1, 1),
                "SHOP0001",
                List.of(sale),
                signer);
    }
}
