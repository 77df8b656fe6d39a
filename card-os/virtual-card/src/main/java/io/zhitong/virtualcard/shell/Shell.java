package io.zhitong.virtualcard.shell;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.RandomExhausted;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shell's lines (命令行协议): a hex APDU is answered by hex or {@code torn}; {@code #} and empty lines, {@code !reset} and
 * {@code !tear} are not answered, but a reset whose recovery is cut answers {@code torn}. After {@code torn} the card is
 * without power until {@code !reset} or the next command.
 */
final class Shell {
    private static final Pattern TEAR = Pattern.compile("!tear\\s+(\\d{1,6})(?::(old|new|erased|random))?");
    private static final int LONGEST_LINE = 4096;

    private final Card card;
    private final PrintWriter out;
    private boolean powerless;
    private int lineNumber;

    Shell(Card card, PrintWriter out) {
        this.card = card;
        this.out = out;
    }

    void run(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lineNumber++;
            int comment = line.indexOf('#');
            String command = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!command.isEmpty()) {
                obey(command);
            }
        }
    }

    private void obey(String command) {
        if (command.length() > LONGEST_LINE) {
            throw wrong("at most " + LONGEST_LINE + " characters");
        }
        if (command.equals("!reset")) {
            guarded(this::reset);
        } else if (command.startsWith("!")) {
            plan(command);
        } else {
            byte[] apdu = parse(command);
            guarded(() -> out.println(answer(apdu)));
        }
    }

    private void reset() {
        powerless = false;
        card.reset();
    }

    private String answer(byte[] apdu) {
        if (powerless) {
            reset();
        }
        return Hex.of(card.process(apdu)).toUpperCase(Locale.ROOT);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
            card.nvm().keepPower();
        } catch (PowerLoss e) {
            powerless = true;
            out.println("torn");
        } catch (RandomExhausted e) {
            throw new CommandFailure(
                    ExitStatus.CHECK_FAILED, "line " + lineNumber + ": --random: " + e.getMessage(), e);
        }
    }

    private void plan(String command) {
        Matcher tear = TEAR.matcher(command);
        if (!tear.matches() || Integer.parseInt(tear.group(1)) < 1) {
            throw wrong("!reset or !tear N[:old|new|erased|random] with N from 1");
        }
        TornContent content = tear.group(2) == null
                ? TornContent.OLD
                : TornContent.valueOf(tear.group(2).toUpperCase(Locale.ROOT));
        card.nvm().cutPower(new PowerCut(Integer.parseInt(tear.group(1)), content));
    }

    private byte[] parse(String command) {
        try {
            return Hex.parse(command);
        } catch (MalformedInput e) {
            throw wrong("a command in hex digits");
        }
    }

    private CommandFailure wrong(String expected) {
        return new CommandFailure(ExitStatus.USAGE, "line " + lineNumber + ": expected " + expected);
    }
}
