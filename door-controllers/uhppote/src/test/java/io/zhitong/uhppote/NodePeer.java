package io.zhitong.uhppote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The public client library, unpacked under target/ by npm from the registry the machine is set up with; its version and the
 * hashes of all it needs stand in package-lock.json. Left out where there is no npm or no registry.
 */
final class NodePeer {
    private static final Path SOURCE = Path.of("src/test/node/uhppote-peer");
    private static final Path PLACE = Path.of("target/uhppote-peer");

    private NodePeer() {}

    static void prepare() throws IOException, InterruptedException {
        boolean required = "1".equals(System.getenv("ZHITONG_REQUIRE_ALL"));
        assumeTrue(required || Files.exists(Path.of("/usr/bin/npm")), "left out: needs npm");
        Files.createDirectories(PLACE);
        for (String name : List.of("package.json", "package-lock.json", ".npmrc", "client.cjs")) {
            Files.copy(SOURCE.resolve(name), PLACE.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(PLACE.resolve("node_modules/uhppoted/package.json"))) {
            int code = code("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
            assumeTrue(required || code == 0, "left out: npm could not unpack the client");
            assertEquals(0, code);
        }
    }

    private static int code(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(PLACE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    /** Each line of the client: a name, and what it answered as JSON. */
    static Map<String, String> run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(PLACE.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), out);
        assertEquals(0, process.exitValue(), out);
        Map<String, String> lines = new LinkedHashMap<>();
        out.lines().forEach(line -> lines.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
        return lines;
    }
}
