package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A card of the world driven by OpenSC's {@code opensc-tool} through pcscd: neither knows anything of ours. */
@ResourceLock(PcscWorld.PCSCD)
final class PcscIT {
    private static String openscTool(String... arguments) {
        String[] line = Stream.concat(Stream.of("/usr/bin/timeout", "20", "/usr/bin/opensc-tool"), Stream.of(arguments))
                .toArray(String[]::new);
        return Shell.run(Duration.ofSeconds(25), line).text();
    }

    @Test
    void opensc_tool_sees_the_atr_and_drives_the_card() throws IOException {
        Needs.program("/usr/bin/opensc-tool", "opensc");
        try (PcscWorld world = new PcscWorld(Folders.fresh("opensc"))) {
            world.hands().newCard("x", "blank");
            world.lay("x", 0);
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

    @Test
    void zt_card_speaks_through_pcscd_and_its_record_is_told_again() throws IOException {
        Path folder = Folders.fresh("zt-card-apdu");
        try (PcscWorld world = new PcscWorld(folder)) {
            world.hands().newCard("x", "blank");
            world.lay("x", 0);
            assertEquals(PcscWorld.READERS, zt("apdu").text().lines().toList());
            Await.until(
                    "the card in pcscd",
                    Duration.ofSeconds(20),
                    () -> zt("apdu", "--reader", "00 00", "0084000008").exitCode() == 0);
            Path record = folder.resolve("told.script");
            Shell.Result told =
                    zt("apdu", "--reader", "00 00", "--record", record.toString(), "00A40000", "00B0950000");
            assertEquals(
                    List.of("6F15840E315041592E5359532E4444463031A5038801019000", "6A82"),
                    told.text().lines().toList());
            assertEquals(0, zt("script", record.toString(), "--reader", "00 00").exitCode());
            assertEquals(
                    0, zt("script", record.toString(), "--profile", "blank").exitCode(), "and to a card of its own");
            assertEquals(3, zt("apdu", "--reader", "00 01", "00A40000").exitCode(), "no card lies there");
            assertEquals(3, zt("apdu", "--reader", "Card", "00A40000").exitCode(), "two readers are meant");
        }
    }

    private static Shell.Result zt(String... words) {
        String[] line = Stream.concat(
                        Stream.of(RunningEstate.root().resolve("bin/zt").toString(), "card"), Stream.of(words))
                .toArray(String[]::new);
        return Shell.run(Duration.ofSeconds(25), line);
    }
}
