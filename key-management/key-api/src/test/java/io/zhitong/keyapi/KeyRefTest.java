package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of keys as people type them, what lies above what, and the words for what a key may do. */
class KeyRefTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] OTHER = Hex.parse("4401ff0000000000");
    private static final byte[] CARD = Hex.parse("4403000100000001");

    @ParameterizedTest
    @ValueSource(strings = {"DPK/1", "DTK/255:4403ff0000000000", "ACCESS_FAST/2:4403ff0000000000:0000000044030001"})
    void name_is_read_back_from_its_text(String text) {
        assertEquals(text, KeyRef.parse(text).text());
    }

    @Test
    void usage_may_be_typed_in_small_letters() {
        assertEquals("ACCESS_LINE/3", KeyRef.parse("access_line/3").text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "DPK",
                "DPK/",
                "DPK/0",
                "DPK/256",
                "DPK/x",
                "DPK/-1",
                "DPK/1/2",
                "DPK/1/",
                "NOKEY/1",
                "DPK/1:",
                "DPK/1:00",
                "DPK/1:4403ff00000000000",
                "DPK/1:4403ff000000000g",
                "DPK/1:4403ff0000000000:",
                "DPK /1",
                "DPK/1:0000000000000000:0000000000000000:0000000000000000:0000000000000000:0000000000000000"
            })
    void name_of_another_form_is_refused(String text) {
        KeyServiceException refused = assertThrows(KeyServiceException.class, () -> KeyRef.parse(text));
        assertEquals(KeyRefusal.MALFORMED, refused.reason());
    }

    @Test
    void master_leads_to_what_is_derived_from_it_and_to_nothing_beside() {
        KeyRef root = KeyRef.of(KeyUsage.DPK, 1);
        KeyRef city = KeyRef.of(KeyUsage.DPK, 1, CITY);
        KeyRef card = KeyRef.of(KeyUsage.DPK, 1, CITY, CARD);
        assertTrue(root.leadsTo(root) && root.leadsTo(city) && root.leadsTo(card) && city.leadsTo(card));
        assertFalse(card.leadsTo(city) || city.leadsTo(root), "upwards");
        assertFalse(KeyRef.of(KeyUsage.DPK, 1, OTHER).leadsTo(card), "another city");
        assertFalse(KeyRef.of(KeyUsage.DPK, 2).leadsTo(card), "another version");
        assertFalse(KeyRef.of(KeyUsage.DTK, 1).leadsTo(card), "another usage");
        assertTrue(city.same(KeyRef.of(KeyUsage.DPK, 1, CITY.clone())));
        assertFalse(root.same(city) || city.same(root));
    }

    @Test
    void factors_of_a_name_are_its_own() {
        byte[] factor = CITY.clone();
        KeyRef key = KeyRef.of(KeyUsage.DPK, 1, factor);
        factor[0] = 0;
        assertEquals("DPK/1:4403ff0000000000", key.text());
    }

    @ParameterizedTest
    @CsvSource({
        "PRE_ACTIVE, ACTIVE COMPROMISED DESTROYED",
        "ACTIVE, SUSPENDED RETIRED COMPROMISED",
        "SUSPENDED, ACTIVE RETIRED COMPROMISED",
        "RETIRED, COMPROMISED DESTROYED",
        "COMPROMISED, DESTROYED",
        "DESTROYED, ''"
    })
    void life_of_a_key_goes_forward_only(KeyState state, String next) {
        Set<KeyState> allowed = EnumSet.noneOf(KeyState.class);
        if (!next.isEmpty()) {
            List.of(next.split(" ")).forEach(each -> allowed.add(KeyState.valueOf(each)));
        }
        for (KeyState each : KeyState.values()) {
            assertEquals(allowed.contains(each), state.mayBecome(each), () -> state + " → " + each);
        }
    }

    /** A key in use is never destroyed in one step, and from no state is there a way round that ends where it began. */
    @Test
    void destroyed_key_stays_so_and_a_key_in_use_is_two_steps_from_it() {
        for (KeyState each : KeyState.values()) {
            assertFalse(KeyState.DESTROYED.mayBecome(each));
            assertFalse(each.mayBecome(each));
            assertFalse(each.mayBecome(KeyState.PRE_ACTIVE), "nothing becomes pre-active again");
        }
        assertFalse(KeyState.ACTIVE.mayBecome(KeyState.DESTROYED));
        assertFalse(KeyState.SUSPENDED.mayBecome(KeyState.DESTROYED));
    }

    @Test
    void terms_that_ended_still_serve_the_cards_there_are() {
        KeyTerms terms = new KeyTerms(KeyOrigin.MADE, Exportability.NEVER, 100, 200, "");
        assertFalse(terms.allows(KeyOperation.VERIFY, 99));
        assertTrue(terms.allows(KeyOperation.INTO_CARD, 100));
        assertTrue(terms.allows(KeyOperation.INTO_CARD, 199));
        assertFalse(terms.allows(KeyOperation.INTO_CARD, 200));
        assertFalse(terms.allows(KeyOperation.INTO_SAM, 200));
        assertTrue(terms.allows(KeyOperation.VERIFY, 200));
        assertTrue(KeyTerms.own(100).allows(KeyOperation.INTO_CARD, Long.MAX_VALUE), "without an end");
    }

    @Test
    void words_of_usages_and_codes_are_each_their_own() {
        Set<Integer> codes = new HashSet<>();
        Set<String> words = new HashSet<>();
        for (KeyUsage usage : KeyUsage.values()) {
            assertTrue(codes.add(usage.code()), usage.name());
            assertTrue(words.add(usage.chinese()) && words.add(usage.english()), usage.name());
            assertEquals(usage, KeyUsage.of(usage.code()));
        }
        for (KeyUsage usage : KeyUsage.values()) {
            assertEquals(usage.name().startsWith("BOUGHT"), usage.tripleDes(), usage.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POLICY, 5a544c32, true",
        "POLICY, 5a544c3200, true",
        "POLICY, 5a544c, false",
        "POLICY, 5a544c31, false",
        "POLICY, 5a544332, false",
        "POLICY, 00, false",
        "COMMAND, 5a544332ff, true",
        "COMMAND, 5a544331, false",
        "COMMAND, 5a544c32, false",
        "SETTLEMENT, 7b7d, true",
        "SETTLEMENT, 5a, true",
        "SETTLEMENT, 5a54, false",
        "SETTLEMENT, 5a544131, false",
        "CARD_ISSUER, 7b7d, false",
        "CARD_ISSUER, 5a544c32, false",
        "AUDIT, 5a544131, false",
        "AUDIT, 7b, false"
    })
    void signing_key_signs_messages_of_its_own_kind_only(SigningKey key, String message, boolean signs) {
        assertEquals(signs, key.signs(Hex.parse(message)));
    }

    /** X.509 reasons of RFC 5280, 5.3.1: keyCompromise 1, superseded 4, cessationOfOperation 5. */
    @ParameterizedTest
    @CsvSource({"LOST, 1", "REPLACED, 4", "COMPROMISED, 1", "RETIRED, 5"})
    void reason_of_a_revocation_has_its_x509_number(RevocationReason reason, int number) {
        assertEquals(number, reason.x509());
        assertEquals(reason, RevocationReason.of(reason.code()));
    }
}
