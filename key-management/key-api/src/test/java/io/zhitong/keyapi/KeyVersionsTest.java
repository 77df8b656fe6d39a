package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyVersionsTest {
    private static final long NOW = 1_800_000_000;
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] OTHER_CITY = Hex.parse("4401ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");

    private final List<KeyListing> masters = new ArrayList<>();

    @Test
    void newest_active_and_valid_version_of_each_usage_counts() {
        add(KeyState.ACTIVE, KeyRef.of(KeyUsage.ACCESS_LINE, 1));
        add(KeyState.ACTIVE, KeyRef.of(KeyUsage.ACCESS_LINE, 3));
        add(KeyState.PRE_ACTIVE, KeyRef.of(KeyUsage.ACCESS_LINE, 4));
        add(KeyState.RETIRED, KeyRef.of(KeyUsage.ACCESS_LINE, 5));
        add(KeyState.COMPROMISED, KeyRef.of(KeyUsage.ACCESS_LINE, 6));
        add(KeyState.ACTIVE, KeyRef.of(KeyUsage.ACCESS_LINE, 7), terms(NOW + 1, 0));
        add(KeyState.ACTIVE, KeyRef.of(KeyUsage.ACCESS_LINE, 8), terms(0, NOW));

        assertEquals(3, newest().of(KeyUsage.ACCESS_LINE));
        assertEquals(1, newest().of(KeyUsage.DACK), "1 where there is none");
    }

    @Test
    void money_keys_of_a_purse_change_together() {
        for (KeyUsage usage : List.of(KeyUsage.DPK, KeyUsage.DLK, KeyUsage.DTK)) {
            add(KeyState.ACTIVE, KeyRef.of(usage, 1));
        }
        add(KeyState.ACTIVE, KeyRef.of(KeyUsage.DPK, 2));
        add(KeyState.ACTIVE, KeyRef.of(KeyUsage.DTK, 2));
        assertEquals(1, newest().of(KeyUsage.DPK), "without its load key version 2 goes on no card");

        add(KeyState.ACTIVE, KeyRef.of(KeyUsage.DLK, 2));
        assertEquals(
                List.of(2, 2, 2),
                List.of(newest().of(KeyUsage.DPK), newest().of(KeyUsage.DLK), newest().of(KeyUsage.DTK)));
    }

    @Test
    void a_citys_own_master_hides_the_root_and_another_citys_does_not() {
        add(KeyState.ACTIVE, KeyRef.of(KeyUsage.ACCESS_FAST, 1));
        add(KeyState.ACTIVE, KeyRef.of(KeyUsage.ACCESS_FAST, 2));
        add(KeyState.SUSPENDED, KeyRef.of(KeyUsage.ACCESS_FAST, 2, OTHER_CITY));
        assertEquals(2, newest().of(KeyUsage.ACCESS_FAST));

        add(KeyState.SUSPENDED, KeyRef.of(KeyUsage.ACCESS_FAST, 2, CITY));
        assertEquals(1, newest().of(KeyUsage.ACCESS_FAST));
        add(KeyState.ACTIVE, KeyRef.of(KeyUsage.ACCESS_FAST, 2, CITY, COMMUNITY));
        assertEquals(2, newest().of(KeyUsage.ACCESS_FAST));
    }

    @Test
    void versions_are_bytes_and_one_usage_can_be_named() {
        KeyVersions three = KeyVersions.all(3).with(KeyUsage.DPK, 4);

        assertEquals(4, three.of(KeyUsage.DPK));
        assertEquals(3, three.of(KeyUsage.DLK));
        assertThrows(KeyServiceException.class, () -> KeyVersions.all(0));
        assertThrows(KeyServiceException.class, () -> new KeyVersions(1, Map.of(KeyUsage.DPK, 256)));
    }

    @Test
    void versions_are_one_line_and_read_back() {
        assertEquals("3", KeyVersions.all(3).with(KeyUsage.DPK, 3).text());
        String line = "1 DPK=2 DLK=2 ACCESS_FAST=7";
        assertEquals(line, KeyVersions.parse(line).text());
        assertEquals(7, KeyVersions.parse(line).of(KeyUsage.ACCESS_FAST));
        for (String bad : List.of("", "x", "1 DPK", "1 NOKEY=2", "1  DPK=2", "1 DPK=300", "0")) {
            assertThrows(RuntimeException.class, () -> KeyVersions.parse(bad), bad);
        }
    }

    private KeyVersions newest() {
        return KeyVersions.newest(masters, CITY, COMMUNITY, NOW);
    }

    private void add(KeyState state, KeyRef key) {
        add(state, key, KeyTerms.own(0));
    }

    private void add(KeyState state, KeyRef key, KeyTerms terms) {
        masters.add(new KeyListing(key, state, terms, 0, 0, new byte[3]));
    }

    private static KeyTerms terms(long from, long to) {
        return new KeyTerms(KeyOrigin.MADE, Exportability.NEVER, from, to, "");
    }
}
