package io.zhitong.personalisation.keycard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Power cut inside the card's memory while a key card is made, written and opened. */
class KeyCardTearTest {
    private static final byte[] SECRET = Hex.parse("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf");
    private static final String BLOCK = "40133144X02E0100LN1514403FF0000000000" + "A".repeat(96);

    /** More operations than any test takes. */
    private static final int FAR = 10_000_000;

    private final KeyCards cards = new KeyCards(RandomSource.secure());

    private static SecretBytes pin() {
        return KeyCardsTest.pin("271828");
    }

    /** A card whose power goes is a card that has left. */
    private static CardChannel leaving(Card card) {
        return command -> {
            try {
                return card.process(command);
            } catch (PowerLoss e) {
                throw new CardException(CardException.Reason.REMOVED, "power lost");
            }
        };
    }

    private static TornContent content(int cut) {
        return TornContent.values()[cut % TornContent.values().length];
    }

    private void make(Card card) {
        cards.make(leaving(card), KeyCardsTest.label(KeyCardKind.MOTHER), pin(), SecretBytes.copyOf(SECRET));
    }

    /** Whether the card was cut off before the end of the work. */
    private static boolean torn(Card card, int operation, Runnable work) {
        card.nvm().cutPower(new PowerCut(operation, content(operation)));
        try {
            work.run();
            card.nvm().cutPower(new PowerCut(FAR, content(operation)));
            return false;
        } catch (CardException e) {
            card.reset();
            return true;
        }
    }

    @Test
    void card_torn_in_the_making_is_no_key_card_or_a_whole_one() {
        int whole = 0;
        int operation = 1;
        for (Card card = KeyCardsTest.blank(); torn(card, operation, maker(card)); card = KeyCardsTest.blank()) {
            whole += isWhole(card, operation) ? 1 : 0;
            operation += 7;
        }
        assertTrue(operation > 200, "cuts up to operation " + operation);
        assertTrue(whole < operation / 7, "most cuts leave no key card");
    }

    private Runnable maker(Card card) {
        return () -> make(card);
    }

    private boolean isWhole(Card card, int operation) {
        try {
            assertEquals(KeyCardKind.MOTHER, cards.label(card::process).kind());
        } catch (KeyCardRefused e) {
            assertEquals(KeyCardRefused.Reason.NO_KEY_CARD, e.reason(), "cut " + operation);
            return false;
        }
        try (SecretBytes kept = cards.secret(card::process, KeyCardKind.MOTHER, pin())) {
            assertArrayEquals(SECRET, kept.export(SecretAccess.TOKEN), "cut " + operation);
        }
        return true;
    }

    @Test
    void block_torn_in_the_writing_is_there_whole_or_not_at_all() {
        Card card = KeyCardsTest.blank();
        make(card);
        int cuts = 0;
        card.reset();
        while (torn(card, cuts + 1, () -> cards.addBlock(leaving(card), pin(), BLOCK))) {
            cuts++;
            for (String block : cards.blocks(card::process, pin())) {
                assertEquals(BLOCK, block, "cut " + cuts);
            }
            card.reset();
        }
        assertTrue(cuts > 10, "cuts: " + cuts);
        List<String> blocks = cards.blocks(card::process, pin());
        assertEquals(BLOCK, blocks.get(blocks.size() - 1));
    }

    @Test
    void wrong_pin_is_counted_at_most_once_too_often_and_never_forgotten() {
        Card card = KeyCardsTest.blank();
        make(card);
        for (int left = 4; left >= 1; left--) {
            card.reset();
            KeyCardRefused refused = assertThrows(
                    KeyCardRefused.class,
                    () -> cards.secret(leaving(card), KeyCardKind.MOTHER, KeyCardsTest.pin("314159")));
            assertTrue(refused.getMessage().contains(left + " tries left"), refused.getMessage());
        }
        card.reset();
        assertTrue(
                torn(card, 3, () -> cards.secret(leaving(card), KeyCardKind.MOTHER, KeyCardsTest.pin("314159"))),
                "the fifth is cut while it is counted");
        card.reset();
        try (SecretBytes kept = cards.secret(card::process, KeyCardKind.MOTHER, pin())) {
            assertArrayEquals(SECRET, kept.export(SecretAccess.TOKEN), "not counted: the right one opens it");
        } catch (KeyCardRefused e) {
            assertEquals(KeyCardRefused.Reason.PIN_BLOCKED, e.reason(), "counted: it is the end");
        }
    }
}
