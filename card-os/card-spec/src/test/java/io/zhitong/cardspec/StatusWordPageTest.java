package io.zhitong.cardspec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual's table of status words says what the enum says, in both languages, no more and no less. */
class StatusWordPageTest {
    private static final Path PAGE = Path.of("../../docs/card.md");
    private static final Pattern ROW =
            Pattern.compile("\\| [69][0-9A-F]{1,3}n{0,2} \\| [^|]+ \\| [^|]*\\p{IsHan}[^|]*\\|");

    private static String row(StatusWord word) {
        String digits = String.format("%04X", word.value());
        String family = switch (word) {
            case MORE_DATA, WRONG_LE -> digits.substring(0, 2) + "nn";
            case TRIES_LEFT -> digits.substring(0, 3) + "n";
            default -> digits;
        };
        return "| " + family + " | " + word.en() + " | " + word.zh() + " |";
    }

    @Test
    void table_of_the_page_is_the_enum() throws IOException {
        List<String> rows = Files.readString(PAGE)
                .lines()
                .filter(line -> ROW.matcher(line).matches())
                .toList();
        assertEquals(
                Arrays.stream(StatusWord.values()).map(StatusWordPageTest::row).toList(), rows);
    }
}
