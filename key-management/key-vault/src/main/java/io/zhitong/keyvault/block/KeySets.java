package io.zhitong.keyvault.block;

import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Card key sets in bulk (批量卡密钥组): for each card the same keys, each derived from its master and written as a
 * non-exportable key block, card after card in the order of the lines. Works in the caller's buffers, no object for each key.
 * Not thread-safe: one for each thread.
 */
public final class KeySets implements AutoCloseable {
    private static final int FACTOR = 8;

    private record Line(SM4Engine master, KeyBlockSeal.Begun begun) {
        byte[] header() {
            return begun.header();
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final KeyBlockSeal seal;
    private final byte[] derived = new byte[KeyBlockSeal.KEY];
    private final int length;

    /** @param protection key of the blocks, 16 bytes, which stays the caller's */
    public KeySets(List<KeySetLine> keys, SecretBytes protection) {
        seal = new KeyBlockSeal(protection);
        keys.forEach(key -> lines.add(line(key)));
        length = lines.stream()
                .mapToInt(line -> KeyBlockSeal.blockLength(line.header().length))
                .sum();
    }

    private Line line(KeySetLine line) {
        List<byte[]> path = new ArrayList<>(line.master().factors());
        path.add(new byte[FACTOR]);
        KeyRef card = new KeyRef(line.master().usage(), line.master().version(), path);
        byte[] bytes = line.key().export(SecretAccess.TOKEN);
        SM4Engine engine = new SM4Engine();
        engine.init(true, new KeyParameter(bytes));
        Arrays.fill(bytes, (byte) 0);
        byte[] header = new KeyBlockHeader(card, Exportability.NEVER).encode();
        return new Line(engine, seal.begin(header, 2 * FACTOR));
    }

    /** Characters of one card's set. */
    public int length() {
        return length;
    }

    /** Random bytes one card's set takes. */
    public int fill() {
        return lines.size() * KeyBlockSeal.FILL;
    }

    /**
     * Writes the sets of some cards.
     *
     * @param cards last factors, 8 bytes each
     * @param random {@link #fill()} fresh random bytes for each card
     * @param out {@link #length()} characters for each card
     */
    public void seal(byte[] cards, byte[] random, byte[] out) {
        int count = cards.length / FACTOR;
        if (cards.length % FACTOR != 0 || random.length < count * fill() || out.length < count * length) {
            throw new IllegalArgumentException("expected whole factors, and room and random bytes for every card");
        }
        int at = 0;
        int fillAt = 0;
        for (int card = 0; card < cards.length; card += FACTOR) {
            for (Line line : lines) {
                derive(line.master(), cards, card);
                name(line.header(), cards, card);
                seal.seal(line.begun(), derived, 0, random, fillAt, out, at);
                at += KeyBlockSeal.blockLength(line.header().length);
                fillAt += KeyBlockSeal.FILL;
            }
        }
    }

    /** SM4(K, f ‖ ~f). */
    private void derive(SM4Engine master, byte[] cards, int at) {
        for (int i = 0; i < FACTOR; i++) {
            derived[i] = cards[at + i];
            derived[FACTOR + i] = (byte) ~cards[at + i];
        }
        master.processBlock(derived, 0, derived, 0);
    }

    /** The card's factor is the last thing its header says. */
    private static void name(byte[] header, byte[] cards, int at) {
        KeyBlockSeal.hex(cards, at, FACTOR, header, header.length - 2 * FACTOR);
    }

    @Override
    public void close() {
        Arrays.fill(derived, (byte) 0);
        lines.clear();
        seal.close();
    }
}
