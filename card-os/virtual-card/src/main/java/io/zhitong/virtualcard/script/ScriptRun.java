package io.zhitong.virtualcard.script;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cos.chip.RandomExhausted;
import io.zhitong.smcrypto.MalformedInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a script to cards (脚本执行), line by line, and stops at the first line that is wrong or answered otherwise than
 * expected: what follows would prove nothing.
 */
public final class ScriptRun {
    private final ScriptCards cards;
    private final BiConsumer<String, String> heard;
    private int lineNumber;
    private int checked;

    /** @param heard gets each line that has an answer, and the answer */
    public ScriptRun(ScriptCards cards, BiConsumer<String, String> heard) {
        this.cards = cards;
        this.heard = heard;
    }

    /**
     * Runs to the end of the script; answers how many answers were compared.
     *
     * @throws CommandFailure with the number of the line
     */
    public int run(BufferedReader in) throws IOException {
        for (String line = next(in); line != null; line = next(in)) {
            try {
                obey(line);
            } catch (MalformedInput e) {
                throw new CommandFailure(ExitStatus.USAGE, at() + e.getMessage(), e);
            } catch (RandomExhausted e) {
                throw new CommandFailure(ExitStatus.CHECK_FAILED, at() + "--random: " + e.getMessage(), e);
            }
        }
        return checked;
    }

    /** A line, with those that follow a backslash at its end. */
    private @Nullable String next(BufferedReader in) throws IOException {
        String line = in.readLine();
        lineNumber++;
        while (line != null && line.endsWith("\\") && line.length() <= ScriptLine.LONGEST) {
            String more = in.readLine();
            lineNumber++;
            line = line.substring(0, line.length() - 1) + (more == null ? "" : more);
        }
        return line == null ? null : line.strip();
    }

    private void obey(String text) {
        ScriptLine line = ScriptLine.parse(text);
        check(text, line.tell(cards), line.expected());
    }

    private void check(String line, String answer, Optional<Expectation> expected) {
        if (!answer.isEmpty()) {
            heard.accept(line, answer);
        }
        if (expected.isPresent()) {
            checked++;
            if (!expected.get().fits(answer)) {
                throw new CommandFailure(
                        ExitStatus.CHECK_FAILED,
                        at() + "expected 预期 " + expected.get().text() + ", came 实际 " + answer);
            }
        }
    }

    private String at() {
        return "line " + lineNumber + ": ";
    }
}
