package io.zhitong.virtualcard.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.ReaderFrame.Op;
import io.zhitong.virtualcard.Await;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A card of the world driven by OpenSC's {@code opensc-tool} through pcscd: neither knows anything of ours. One pcscd a
 * machine: the test holds a lock that every test with a pcscd takes.
 */
class PcscIT {
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
    private static final Path LOCK = Path.of(System.getProperty("java.io.tmpdir"), "zhitong-pcscd.lock");

    @TempDir
    private Path directory;

    private FileChannel lockFile;
    private FileLock lock;
    private CardWorldServer world;
    private Process pcscd;

    @BeforeEach
    void start() throws IOException {
        boolean there = Files.exists(DRIVER)
                && Files.exists(Path.of("/usr/sbin/pcscd"))
                && Files.exists(Path.of("/usr/bin/opensc-tool"));
        if (!"1".equals(System.getenv("ZHITONG_REQUIRE_ALL"))) {
            Assumptions.assumeTrue(there, "needs pcscd, vsmartcard-vpcd and opensc");
        }
        lockFile = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock = lockFile.lock();
        int port = VpcdTest.twoFreePorts();
        world = new CardWorldServer(
                new CardWorldServer.Settings(directory, 0, Optional.of(port), List.of("a", "b"), Optional.empty()),
                InstantSource.system());
        pcscd = startPcscd(port);
    }

    private Process startPcscd(int port) throws IOException {
        Path entries = Files.createDirectory(directory.resolve("readers"));
        Files.writeString(
                entries.resolve("card-world"),
                "FRIENDLYNAME \"Card World\"\nDEVICENAME /dev/null:" + port + "\nLIBPATH " + DRIVER + "\nCHANNELID "
                        + port + "\n");
        return new ProcessBuilder("/usr/sbin/pcscd", "-f", "-i", "-c", entries.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pcscd.log").toFile())
                .start();
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (pcscd != null) {
            pcscd.destroy();
            if (!pcscd.waitFor(10, TimeUnit.SECONDS)) {
                pcscd.destroyForcibly();
            }
        }
        if (world != null) {
            world.close();
        }
        if (lock != null) {
            lock.release();
        }
        if (lockFile != null) {
            lockFile.close();
        }
    }

    private static String openscTool(String... arguments) {
        List<String> line = new ArrayList<>(List.of("/usr/bin/timeout", "20", "/usr/bin/opensc-tool"));
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void opensc_tool_sees_the_atr_and_drives_the_card() throws IOException {
        try (WorldClient hands = new WorldClient(world.port())) {
            hands.ok(Op.NEW, "{\"name\":\"x\",\"profile\":\"blank\"}");
            hands.ok(Op.INSERT, "{\"card\":\"x\",\"reader\":\"a\"}");
        }
        String atr = "3b:83:80:01:5a:54:01:0d";
        Await.until(
                "the card's ATR in pcscd",
                Duration.ofSeconds(20),
                () -> openscTool("-r", "0", "-a").contains(atr));
        String output = openscTool(
                "-r",
                "0",
                "-s",
                "80:E0:00:15:07:28:00:04:F0:F0:FF:00",
                "-s",
                "00:D6:95:00:04:A1:A2:A3:A4",
                "-s",
                "00:B0:95:00:00",
                "-s",
                "00:A4:00:00:02:12:34");
        List<String> words =
                output.lines().filter(l -> l.startsWith("Received")).toList();
        assertEquals(4, words.size(), output);
        assertTrue(words.get(0).contains("SW1=0x90, SW2=0x00"), output);
        assertTrue(words.get(2).contains("SW1=0x90, SW2=0x00"), output);
        assertTrue(output.contains("A1 A2 A3 A4"), output);
        assertTrue(words.get(3).contains("SW1=0x6A, SW2=0x82"), output);
    }
}
