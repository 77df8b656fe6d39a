package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The live heap of a vault that was closed holds none of its secrets, in no shape they take in memory. A dump writes the
 * elements of arrays big-endian; so a BigInteger's words look like the number's bytes.
 */
@Timeout(180)
class KeyHeapTest {
    @TempDir
    Path folder;

    record Pattern(String name, String shape, byte[] bytes) {}

    @Test
    void closed_vault_leaves_no_key_no_key_schedule_no_scalar_no_share_and_no_pin_on_the_heap() throws Exception {
        byte[] heap = liveHeap(folder, HeapMain.class);
        List<Pattern> patterns = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("secrets"))) {
            String[] words = line.split(" ");
            patterns.addAll(shapes(words[0], words[1], Hex.parse(words[3])));
        }
        Set<String> found = search(heap, patterns);

        Set<String> planted =
                found.stream().filter(each -> each.startsWith("planted ")).collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "planted bytes as it is",
                        "planted sm4 schedule",
                        "planted sm4 schedule backwards",
                        "planted des schedule",
                        "planted scalar as it is",
                        "planted scalar words from the low end",
                        "planted text as it is"),
                planted.stream()
                        .filter(each -> !each.equals("planted sm4 as it is") && !each.equals("planted des as it is"))
                        .collect(Collectors.toSet()),
                "the search finds every shape");
        assertTrue(patterns.stream().map(Pattern::name).distinct().count() > 90, "all secrets were written down");
        assertEquals(
                Set.of(),
                found.stream().filter(each -> !each.startsWith("planted ")).collect(Collectors.toSet()));
    }

    /** The heap of a program that leaves it in its folder when it has closed its vault. */
    static byte[] liveHeap(Path folder, Class<?> program, String... more) throws IOException, InterruptedException {
        File log = folder.resolve("log").toFile();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                folder.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log))
                .start();
        try {
            assertTrue(process.waitFor(150, TimeUnit.SECONDS), "it ends");
            assertEquals(0, process.exitValue(), () -> read(log));
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllBytes(folder.resolve("heap.hprof"));
    }

    private static String read(File log) {
        try {
            return Files.readString(log.toPath());
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    static List<Pattern> shapes(String name, String kind, byte[] secret) {
        String of = name.equals("planted") ? "planted " + kind : name;
        List<Pattern> shapes = new ArrayList<>();
        shapes.add(new Pattern(of, "as it is", secret));
        switch (kind) {
            case "sm4" -> {
                shapes.add(new Pattern(of, "schedule", schedule(secret, true)));
                shapes.add(new Pattern(of, "schedule backwards", schedule(secret, false)));
                shapes.add(new Pattern(of, "in hex", Hex.of(secret).getBytes(StandardCharsets.US_ASCII)));
            }
            case "des" -> shapes.add(new Pattern(of, "schedule", Des.schedule(secret)));
            case "scalar" -> {
                shapes.add(new Pattern(of, "words from the low end", lowEndFirst(secret)));
                shapes.add(new Pattern(of, "backwards", reversed(secret)));
                shapes.add(new Pattern(of, "in hex", Hex.of(secret).getBytes(StandardCharsets.US_ASCII)));
            }
            case "text" ->
                shapes.add(new Pattern(
                        of,
                        "as chars",
                        new String(secret, StandardCharsets.US_ASCII).getBytes(StandardCharsets.UTF_16BE)));
            default -> shapes.add(new Pattern(of, "in hex", Hex.of(secret).getBytes(StandardCharsets.US_ASCII)));
        }
        return shapes;
    }

    /** The first four round keys, which stand side by side in the engine's array. */
    private static byte[] schedule(byte[] key, boolean encrypts) {
        try {
            SM4Engine engine = new SM4Engine();
            engine.init(encrypts, new KeyParameter(key));
            var field = SM4Engine.class.getDeclaredField("rk");
            field.setAccessible(true);
            return bigEndian((int[]) field.get(engine));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the engine keeps its round keys elsewhere: look there", e);
        }
    }

    private static final class Des extends DESEngine {
        static byte[] schedule(byte[] key) {
            return bigEndian(new Des().generateWorkingKey(true, key));
        }
    }

    private static byte[] bigEndian(int[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        for (int i = 0; i < 4; i++) {
            bytes.putInt(words[i]);
        }
        return bytes.array();
    }

    private static byte[] lowEndFirst(byte[] scalar) {
        ByteBuffer in = ByteBuffer.wrap(scalar);
        ByteBuffer out = ByteBuffer.allocate(scalar.length).order(ByteOrder.BIG_ENDIAN);
        for (int at = scalar.length - 4; at >= 0; at -= 4) {
            out.putInt(in.getInt(at));
        }
        return out.array();
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[i] = bytes[bytes.length - 1 - i];
        }
        return out;
    }

    /** One pass over the heap: by the first eight bytes, then the whole. */
    static Set<String> search(byte[] heap, List<Pattern> patterns) {
        Map<Long, List<Pattern>> byStart = new HashMap<>();
        patterns.forEach(pattern -> byStart.computeIfAbsent(
                        ByteBuffer.wrap(pattern.bytes()).getLong(), start -> new ArrayList<>())
                .add(pattern));
        Set<String> found = new TreeSet<>();
        long window = 0;
        for (int at = 0; at < heap.length; at++) {
            window = window << 8 | heap[at] & 0xFF;
            for (Pattern pattern : byStart.getOrDefault(window, List.of())) {
                int start = at - 7;
                int end = start + pattern.bytes().length;
                if (start >= 0
                        && end <= heap.length
                        && Arrays.equals(heap, start, end, pattern.bytes(), 0, pattern.bytes().length)) {
                    found.add(pattern.name() + " " + pattern.shape());
                }
            }
        }
        return found;
    }
}
