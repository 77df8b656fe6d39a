package io.zhitong.virtualcard.script;

import io.zhitong.cos.chip.PowerCut;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Optional;

/** What a script is told to (脚本对象): a card on a reader, or virtual cards, which can do more. */
public interface ScriptCards {
    /** Answer where the power failed. */
    String TORN = "torn";

    /** Answer ‖ status word in capital hex digits, or {@link #TORN}. */
    String command(byte[] apdu);

    /** Takes the power away and gives it back; empty, or {@link #TORN}. */
    String reset();

    /** Lets the power fail inside the next command. */
    default void tear(PowerCut cut) {
        throw onlyVirtual("!tear");
    }

    /** Adds to what the cards draw as random bytes; from then on they draw nothing else. */
    default void feed(byte[] random) {
        throw onlyVirtual("!random");
    }

    /** Goes on with another card, each keeps its power; with a profile the card is made. */
    default void choose(String name, Optional<String> profile, Optional<byte[]> chipId) {
        throw onlyVirtual("!card");
    }

    private static MalformedInput onlyVirtual(String order) {
        return new MalformedInput("expected no " + order + ": this card is kept by someone else");
    }
}
