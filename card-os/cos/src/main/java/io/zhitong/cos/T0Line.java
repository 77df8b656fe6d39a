package io.zhitong.cos;

import io.zhitong.cardspec.StatusWord;
import java.util.Arrays;

/**
 * A card in a slot that speaks T=0 (T=0 传输): data go one way in a command, so the answer to a command with data waits for
 * GET RESPONSE. Source: ISO/IEC 7816-3, 10 and 12.2. Not thread-safe.
 *
 * <p>{@code CLA INS P1 P2 Lc data [Le]} → {@code 61nn}, or {@code 62xx} where the card warns; {@code 00 C0 00 00 nn} → the
 * next nn bytes, {@code 61nn} while more wait, else the status word that the command had. An Le behind data does not exist
 * on this line and is left out. A command in between forgets what waited. The card itself never sees GET RESPONSE: it may
 * stand between an INIT and what ends it.
 */
public final class T0Line {
    private static final int GET_RESPONSE = 0xC0;
    private static final int HEADER = 5;

    private final Card card;
    private byte[] waiting = {};
    private byte[] word = {};

    public T0Line(Card card) {
        this.card = card;
    }

    /** Power away and back; answers the ATS. */
    public byte[] reset() {
        waiting = new byte[0];
        return card.reset();
    }

    /** One command of the line; data ‖ SW. */
    public byte[] exchange(byte[] command) {
        boolean fetches = command.length == HEADER && command[0] == 0 && (command[1] & 0xFF) == GET_RESPONSE;
        return fetches ? fetch(command) : begin(command);
    }

    private byte[] begin(byte[] command) {
        waiting = new byte[0];
        boolean brings = command.length > HEADER;
        byte[] answer = card.process(brings ? withoutLe(command) : command);
        int length = answer.length - 2;
        if (!brings || length == 0) {
            return answer;
        }
        waiting = Arrays.copyOf(answer, length);
        word = Arrays.copyOfRange(answer, length, answer.length);
        return word[0] == (byte) 0x90 ? more() : word.clone();
    }

    private static byte[] withoutLe(byte[] command) {
        return Arrays.copyOf(command, Math.min(command.length, HEADER + (command[4] & 0xFF)));
    }

    private byte[] fetch(byte[] command) {
        if (waiting.length == 0) {
            return word(StatusWord.CONDITIONS_NOT_MET.value());
        }
        if ((command[2] | command[3]) != 0) {
            return word(StatusWord.WRONG_P1P2.value());
        }
        int asked = command[4] == 0 ? 256 : command[4] & 0xFF;
        if (asked > waiting.length) {
            return new byte[] {0x6C, (byte) waiting.length};
        }
        byte[] part = Arrays.copyOf(waiting, asked + 2);
        waiting = Arrays.copyOfRange(waiting, asked, waiting.length);
        byte[] end = waiting.length > 0 ? more() : word;
        System.arraycopy(end, 0, part, asked, 2);
        return part;
    }

    private byte[] more() {
        return new byte[] {0x61, (byte) waiting.length};
    }

    private static byte[] word(int sw) {
        return new byte[] {(byte) (sw >> 8), (byte) sw};
    }
}
