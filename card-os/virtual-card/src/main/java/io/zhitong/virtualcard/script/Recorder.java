package io.zhitong.virtualcard.script;

import io.zhitong.cos.chip.PowerCut;
import io.zhitong.smcrypto.Hex;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes down what is told to cards and what they answer (录制), as a script that can be told again. What virtual cards
 * draw stands before the command that drew it, so that the replay answers the same; a record of a card that made a key
 * therefore holds that key.
 */
public final class Recorder implements ScriptCards {
    private final ScriptCards inner;
    private final PrintWriter out;
    private final LineRandom random;

    /** @param random what the inner cards draw from; a new one for cards that are not virtual */
    public Recorder(ScriptCards inner, LineRandom random, PrintWriter out) {
        this.inner = inner;
        this.random = random;
        this.out = out;
    }

    @Override
    public String command(byte[] apdu) {
        random.takeDrawn();
        String answer = inner.command(apdu);
        String drawn = upper(random.takeDrawn());
        if (!drawn.isEmpty()) {
            out.println("!random " + drawn);
        }
        out.println(upper(apdu) + " > " + answer);
        return answer;
    }

    @Override
    public String reset() {
        String answer = inner.reset();
        out.println(answer.isEmpty() ? "!reset" : "!reset > " + answer);
        return answer;
    }

    @Override
    public void tear(PowerCut cut) {
        inner.tear(cut);
        out.println("!tear " + cut.operation() + ":" + cut.content().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void feed(byte[] bytes) {
        inner.feed(bytes);
    }

    @Override
    public void choose(String name, Optional<String> profile, Optional<byte[]> chipId) {
        inner.choose(name, profile, chipId);
        out.println("!card " + name + profile.map(p -> " " + p).orElse("")
                + chipId.map(id -> " " + upper(id)).orElse(""));
    }

    private static String upper(byte[] bytes) {
        return Hex.of(bytes).toUpperCase(Locale.ROOT);
    }
}
