package io.zhitong.virtualcard.script;

import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a script (脚本行): {@code HEX [> EXPECTED]}, {@code !reset [> torn]}, {@code !card NAME [PROFILE [CHIPID]]},
 * {@code !random HEX} or {@code !tear N[:old|new|erased|random]}; what follows {@code #} is a comment.
 */
sealed interface ScriptLine {
    /** Longest line without its comment. */
    int LONGEST = 4096;

    Pattern TEAR = Pattern.compile("!tear\\s+([1-9]\\d{0,5})(?::(old|new|erased|random))?");
    Pattern NAME = Pattern.compile("[\\w.-]{1,40}");
    Pattern CHIP = Pattern.compile("\\p{XDigit}{16}");
    Pattern RANDOM = Pattern.compile("!random\\s+([\\p{XDigit}\\s]+)");

    /** Tells it to the cards; the answer, or nothing. */
    String tell(ScriptCards cards);

    /** What the line expects to hear. */
    default Optional<Expectation> expected() {
        return Optional.empty();
    }

    /** A command APDU. */
    record Command(byte[] apdu, Optional<Expectation> expected) implements ScriptLine {
        @Override
        public String tell(ScriptCards cards) {
            return cards.command(apdu);
        }
    }

    /** Power goes and comes back. */
    record Reset(Optional<Expectation> expected) implements ScriptLine {
        @Override
        public String tell(ScriptCards cards) {
            return cards.reset();
        }
    }

    /** Something that is done and not answered. */
    record Order(Consumer<ScriptCards> order) implements ScriptLine {
        @Override
        public String tell(ScriptCards cards) {
            order.accept(cards);
            return "";
        }
    }

    /** @throws MalformedInput with what was expected, the line itself not repeated */
    static ScriptLine parse(String line) {
        int comment = line.indexOf('#');
        String text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (text.length() > LONGEST) {
            throw new MalformedInput("expected at most " + LONGEST + " characters");
        }
        int arrow = text.indexOf('>');
        String order = (arrow < 0 ? text : text.substring(0, arrow)).strip();
        Optional<Expectation> expected =
                arrow < 0 ? Optional.empty() : Optional.of(Expectation.parse(text.substring(arrow + 1)));
        if (order.equals("!reset")) {
            return new Reset(expected);
        }
        if (order.startsWith("!") && expected.isEmpty()) {
            return order(order);
        }
        return order.isEmpty() && expected.isEmpty() ? new Order(c -> {}) : new Command(command(order), expected);
    }

    private static ScriptLine order(String text) {
        Matcher tear = TEAR.matcher(text);
        if (tear.matches()) {
            String content = Optional.ofNullable(tear.group(2)).orElse("old").toUpperCase(Locale.ROOT);
            PowerCut cut = new PowerCut(Integer.parseInt(tear.group(1)), TornContent.valueOf(content));
            return new Order(c -> c.tear(cut));
        }
        String[] words = text.split("\\s+", 5);
        if (words[0].equals("!card") && isCard(words)) {
            Optional<String> profile = words.length > 2 ? Optional.of(words[2]) : Optional.empty();
            Optional<byte[]> chipId = words.length > 3 ? Optional.of(Hex.parse(words[3])) : Optional.empty();
            return new Order(c -> c.choose(words[1], profile, chipId));
        }
        Matcher random = RANDOM.matcher(text);
        if (random.matches()) {
            byte[] bytes = hex(random.group(1));
            return new Order(c -> c.feed(bytes));
        }
        throw new MalformedInput("expected !reset, !tear N[:old|new|erased|random] with N from 1, !random HEX"
                + " or !card NAME [PROFILE [CHIPID]]");
    }

    private static boolean isCard(String... words) {
        return (words.length == 2
                        || words.length == 3
                        || words.length == 4 && CHIP.matcher(words[3]).matches())
                && NAME.matcher(words[1]).matches()
                && (words.length == 2 || NAME.matcher(words[2]).matches());
    }

    private static byte[] command(String order) {
        byte[] apdu = hex(order);
        if (apdu.length == 0) {
            throw new MalformedInput("expected a command before >");
        }
        return apdu;
    }

    private static byte[] hex(String text) {
        try {
            return Hex.parse(text);
        } catch (MalformedInput e) {
            throw new MalformedInput("expected a command in hex digits");
        }
    }
}
