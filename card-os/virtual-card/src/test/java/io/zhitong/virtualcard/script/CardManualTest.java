package io.zhitong.virtualcard.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.smcrypto.Hex;
import io.zhitong.virtualcard.TransportKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manual docs/card.md keeps its word: its blocks of commands are told to cards as they stand, in their order. */
class CardManualTest {
    private static final Path PAGE = Path.of("../../docs/card.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```card\n(.*?)^```$");
    private static final List<Integer> CLASSES = List.of(0x00, 0x04, 0x80, 0x84, 0xE0);

    private final Set<Integer> shown = new TreeSet<>();

    private static String story() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        return block.results().map(b -> b.group(1)).collect(Collectors.joining());
    }

    private int tell(String story) throws IOException {
        return new ScriptRun(new VirtualCards(new LineRandom(), TransportKey::ofShell), this::note)
                .run(new BufferedReader(new StringReader(story)));
    }

    private void note(String line, String answer) {
        if (answer.endsWith("9000") && !line.startsWith("!")) {
            shown.add(Integer.parseInt(line.replace(" ", "").substring(2, 4), 16));
        }
    }

    @Test
    void every_command_of_the_page_is_answered_as_the_page_says() throws IOException {
        String story = story();
        long commands =
                story.lines().filter(line -> line.matches("[0-9A-F]{8}\\b.*")).count();
        assertTrue(commands > 100, commands + " commands");
        assertEquals(commands, tell(story), "each has an answer beside it");
    }

    @Test
    void an_answer_changed_on_the_page_is_found() throws IOException {
        String planted = story().replaceFirst("> 6F2E", "> 6F2F");
        CommandFailure stop = assertThrows(CommandFailure.class, () -> tell(planted));
        assertTrue(stop.getMessage().contains("expected 预期 6F2F"), stop.getMessage());
    }

    @Test
    void every_command_a_card_knows_is_shown_doing_its_work() throws IOException {
        Set<Integer> known = new TreeSet<>(known("blank"));
        known.addAll(known("psam"));
        assertTrue(known.containsAll(Set.of(0xA4, 0x50, 0x70, 0x8A)), known.toString());
        tell(story());
        known.removeAll(shown);
        assertEquals(
                "[]", known.stream().map(Integer::toHexString).toList().toString(), "instructions without an example");
    }

    private static Set<Integer> known(String profile) {
        VirtualCards cards = new VirtualCards(new LineRandom(), TransportKey::ofShell);
        cards.choose("a", Optional.of(profile), Optional.empty());
        Set<Integer> found = new TreeSet<>();
        for (int ins = 0; ins < 256; ins++) {
            for (int cla : CLASSES) {
                String answer = cards.command(Hex.parse(String.format("%02x%02xffff01ff", cla, ins)));
                if (!answer.equals("6D00") && !answer.equals("6E00")) {
                    found.add(ins);
                }
            }
        }
        return found;
    }
}
