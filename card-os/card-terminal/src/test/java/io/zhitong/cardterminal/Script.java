package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayDeque;
import java.util.Deque;

/** A card or SAM that expects literal commands and gives literal answers. */
final class Script implements CardChannel {
    private static final String GONE = "gone";
    private final Deque<String[]> steps = new ArrayDeque<>();
    private final String name;
    int exchanges;

    Script(String name) {
        this.name = name;
    }

    /** Blanks in the digits are for the reader's eye. */
    Script on(String command, String answer) {
        steps.add(new String[] {command.replace(" ", ""), answer.replace(" ", "")});
        return this;
    }

    /** The card leaves at this command. */
    Script leavesOn(String command) {
        return on(command, GONE);
    }

    @Override
    public byte[] transceive(byte[] command) {
        exchanges++;
        String[] step = steps.poll();
        assertTrue(step != null, name + " expected no further command, came " + Hex.of(command));
        assertEquals(step[0], Hex.of(command), name);
        if (step[1].equals(GONE)) {
            throw new CardException(CardException.Reason.REMOVED, "the card left");
        }
        return Hex.parse(step[1]);
    }

    void assertDone() {
        assertTrue(steps.isEmpty(), name + " still expects " + steps.size() + " commands");
    }
}
