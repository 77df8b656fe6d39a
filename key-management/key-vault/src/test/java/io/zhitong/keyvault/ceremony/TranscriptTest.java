package io.zhitong.keyvault.ceremony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our verifier and the one of shell and OpenSSL, on a transcript of a ceremony and on every planted change of it. */
@Timeout(120)
class TranscriptTest {
    private static final Path SECOND = Path.of("src/test/shell/verify-transcript.sh");

    private final CeremonyRoom room = new CeremonyRoom();
    private final String whole = held(new CeremonySettings("锦绣家园", 2, 2, false, true));

    @TempDir
    Path folder;

    private String held(CeremonySettings settings) {
        room.hold(settings);
        return room.vault.transcript();
    }

    private static TranscriptVerifier.Result ours(String text) {
        return TranscriptVerifier.verify(text, Optional.empty());
    }

    /** Exit code and words of the second verifier. */
    private String second(byte[] transcript, String... fingerprint) throws IOException, InterruptedException {
        Path file = folder.resolve("transcript.txt");
        Files.write(file, transcript);
        List<String> command = new ArrayList<>(List.of("bash", SECOND.toString(), file.toString()));
        command.addAll(List.of(fingerprint));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue() + " " + words.strip();
    }

    private String second(String transcript) throws IOException, InterruptedException {
        return second(transcript.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void both_verifiers_accept_a_ceremony_and_name_the_same_fingerprint() throws IOException, InterruptedException {
        TranscriptVerifier.Result found = ours(whole);
        assertEquals(List.of(), found.problems());
        assertEquals(15, found.records());
        assertFalse(found.rehearsal());
        assertEquals(room.vault.status().fingerprint(), found.fingerprint());
        assertEquals("0 15 records, fingerprint " + found.fingerprint().replace(" ", ""), second(whole));
    }

    @Test
    void transcript_tells_every_step_and_who_took_it() {
        List<String> told = whole.lines()
                .filter(line -> line.contains("\t2026"))
                .map(line -> line.split("\t")[2] + who(line))
                .toList();
        assertEquals(
                List.of(
                        "STARTED",
                        "JOINED 1",
                        "JOINED 2",
                        "COMMITTED 1",
                        "COMMITTED 2",
                        "REVEALED 1",
                        "REVEALED 2",
                        "MADE",
                        "DEALT 1",
                        "DEALT 2",
                        "CONFIRMED 1",
                        "CONFIRMED 2",
                        "PROVEN",
                        "CLOSED 1",
                        "END"),
                told);
        assertTrue(whole.contains("\tname=保管人2\t"));
    }

    private static String who(String line) {
        int at = line.indexOf("custodian=");
        return at < 0 ? "" : " " + line.substring(at + 10, line.indexOf('\t', at));
    }

    @Test
    void cut_reordered_doubled_or_unsigned_transcripts_are_refused_by_both() throws IOException, InterruptedException {
        List<String> lines = whole.lines().toList();
        List<String> plants = new ArrayList<>();
        plants.add("");
        plants.add(whole.substring(0, whole.length() - 1));
        plants.add(whole.replace("\n", "\r\n"));
        plants.add(whole + "\n");
        plants.add(String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
        for (int i = 0; i < lines.size(); i += 5) {
            List<String> without = new ArrayList<>(lines);
            without.remove(i);
            plants.add(String.join("\n", without) + "\n");
            List<String> doubled = new ArrayList<>(lines);
            doubled.add(i, lines.get(i));
            plants.add(String.join("\n", doubled) + "\n");
        }
        List<String> swapped = new ArrayList<>(lines);
        swapped.set(4, lines.get(5));
        swapped.set(5, lines.get(4));
        plants.add(String.join("\n", swapped) + "\n");
        List<String> lastMissing = new ArrayList<>(lines);
        lastMissing.remove(lines.size() - 2);
        plants.add(String.join("\n", lastMissing) + "\n");
        for (String plant : plants) {
            assertFalse(ours(plant).right(), plant);
            assertTrue(second(plant).startsWith("1 "), plant);
        }
    }

    @Test
    void flipped_bit_in_any_byte_is_refused() {
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        for (int bit = 0; bit < 8 * bytes.length; bit += 9) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int at = bit;
            assertFalse(ours(text).right(), () -> "bit " + at % 8 + " of byte " + at / 8);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void flipped_bits_in_every_line_are_refused_by_the_second_verifier() throws IOException, InterruptedException {
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        for (int at = 7; at < bytes.length; at += 173) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            assertTrue(second(flipped).startsWith("1 "), "byte " + at);
        }
    }

    @Test
    void transcript_rewritten_with_another_key_is_found_by_the_fingerprint_alone()
            throws IOException, InterruptedException {
        String said = room.vault.status().fingerprint();
        Sm2PrivateKey forger = Sm2PrivateKey.of(Hex.parse("42".repeat(32)));
        List<String> lines = whole.lines().toList();
        StringBuilder forged = new StringBuilder(lines.get(0)).append('\n');
        byte[] hash = HashChain.start();
        for (String line : lines.subList(1, lines.size() - 1)) {
            String body = line.substring(0, line.lastIndexOf('\t'))
                    .replace(
                            Hex.of(room.key.publicKey().xy()),
                            Hex.of(forger.publicKey().xy()))
                    .replace("保管人2", "别人");
            hash = HashChain.next(hash, body.getBytes(StandardCharsets.UTF_8));
            forged.append(body).append('\t').append(Hex.of(hash)).append('\n');
        }
        byte[] signature = Sm2.sign(forger, Transcript.signed(hash), RandomSource.secure());
        forged.append("signature\t").append(Hex.of(signature)).append('\n');
        String text = forged.toString();

        assertTrue(ours(text).right(), "the file alone cannot tell");
        assertEquals(
                List.of("the fingerprint is not the one that was read aloud"),
                TranscriptVerifier.verify(text, Optional.of(said)).problems());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertTrue(second(bytes).startsWith("0 "));
        assertTrue(second(bytes, said).startsWith("1 the fingerprint is "));
        assertTrue(second(whole.getBytes(StandardCharsets.UTF_8), said.toUpperCase(java.util.Locale.ROOT))
                .startsWith("0 "));
    }

    @Test
    void rehearsal_says_so_of_itself_and_an_unfinished_one_has_no_signature() {
        CeremonyRoom rehearsal = new CeremonyRoom();
        rehearsal.hold(new CeremonySettings("演练", 2, 2, true, true));
        assertTrue(ours(rehearsal.vault.transcript()).rehearsal());
        CeremonyRoom begun = new CeremonyRoom();
        begun.vault.start(CeremonyRoom.THREE_OF_FOUR);
        begun.name();
        assertFalse(ours(begun.vault.transcript()).right());
    }
}
