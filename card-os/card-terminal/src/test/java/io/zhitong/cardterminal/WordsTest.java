package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reason has words of its own in both languages, and status words mean the same to every transaction. */
class WordsTest {
    private static <E> void each(E[] reasons, Function<E, String> zh, Function<E, String> en) {
        Set<String> words = new HashSet<>();
        for (E reason : reasons) {
            assertTrue(zh.apply(reason).codePoints().anyMatch(c -> c >= 0x4E00 && c <= 0x9FFF), reason + " in Chinese");
            assertTrue(en.apply(reason).codePoints().allMatch(c -> c < 128), reason + " in English");
            assertTrue(words.add(zh.apply(reason)) && words.add(en.apply(reason)), reason + " has words of its own");
        }
        assertEquals(2 * reasons.length, words.size());
    }

    @Test
    void every_reason_has_words_of_its_own() {
        each(PurchaseRefusal.values(), PurchaseRefusal::zh, PurchaseRefusal::en);
        each(LoadRefusal.values(), LoadRefusal::zh, LoadRefusal::en);
        each(MoneyRefusal.values(), MoneyRefusal::zh, MoneyRefusal::en);
        each(PinRefusal.values(), PinRefusal::zh, PinRefusal::en);
        each(AccessFailure.values(), AccessFailure::zh, AccessFailure::en);
    }

    @Test
    void what_a_card_forged_is_suspicious_and_what_a_person_did_is_not() {
        assertTrue(Arrays.asList(AccessFailure.values()).contains(AccessFailure.TOO_FAR));
        assertTrue(AccessFailure.TOO_FAR.suspicious() && AccessFailure.LEGACY_CRYPTOGRAM.suspicious());
        assertFalse(AccessFailure.CARD_LEFT.suspicious() || AccessFailure.METHOD_NOT_OFFERED.suspicious());
    }

    @ParameterizedTest
    @CsvSource({
        "6A82, NO_PURSE, NO_PURSE, NO_PURSE, NO_PURSE",
        "63C2, PIN_WRONG, PIN_WRONG, PIN_WRONG, PIN_WRONG",
        "6983, PIN_BLOCKED, BLOCKED, BLOCKED, BLOCKED",
        "6982, PIN_NEEDED, PIN_NEEDED, PIN_NEEDED, CARD_REFUSED",
        "9401, FUNDS_TOO_LOW, CARD_REFUSED, FUNDS_TOO_LOW, CARD_REFUSED",
        "9302, SAM_MAC_REFUSED, CARD_REFUSED, HOST_MAC_REFUSED, CARD_REFUSED",
        "9408, GREY_LOCKED, CARD_REFUSED, CARD_REFUSED, CARD_REFUSED",
        "6988, CARD_REFUSED, CARD_REFUSED, CARD_REFUSED, HOST_REFUSED",
        "6A88, CARD_REFUSED, CARD_REFUSED, CARD_REFUSED, NO_PIN",
        "6F00, CARD_REFUSED, CARD_REFUSED, CARD_REFUSED, CARD_REFUSED",
    })
    void status_word_means_this(
            String sw, PurchaseRefusal buying, LoadRefusal loading, MoneyRefusal moving, PinRefusal pin) {
        int word = Integer.parseInt(sw, 16);
        assertEquals(buying, PurchaseRefusal.of(word));
        assertEquals(loading, LoadRefusal.of(new io.zhitong.cardspec.CardException("INIT", word)));
        assertEquals(moving, MoneyRefusal.of(word));
        assertEquals(pin, PinRefusal.of(word));
    }
}
