package io.zhitong.backend.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.keyapi.KeyChain;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.Hex;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyMapTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");

    @Test
    void no_masters_draw_no_tree() {
        assertThat(KeyMap.of(List.of()).chains()).isEmpty();
    }

    @Test
    void every_master_stands_once_under_its_chain_its_place_and_its_usage_newest_version_first() {
        KeyMap map = KeyMap.of(List.of(
                master(KeyUsage.DPK, 1, KeyState.RETIRED),
                master(KeyUsage.DPK, 2, KeyState.ACTIVE),
                master(KeyUsage.DPK, 1, KeyState.ACTIVE, CITY),
                master(KeyUsage.ACCESS_FAST, 1, KeyState.ACTIVE, CITY, COMMUNITY)));

        assertThat(map.chains()).extracting(KeyMap.Chain::chain).containsExactly(KeyChain.CITY, KeyChain.COMMUNITY);
        List<KeyMap.Place> city = map.chains().get(0).places();
        assertThat(city).extracting(KeyMap.Place::steps).containsExactly(List.of(), List.of("4403"));
        assertThat(city.get(0).usages()).hasSize(1);
        assertThat(city.get(0).usages().get(0).versions())
                .extracting(KeyListing::version)
                .containsExactly(2, 1);
        assertThat(map.chains().get(1).places().get(0).steps()).containsExactly("4403", "44030001");
    }

    @Test
    void two_cities_are_two_places() {
        KeyMap map = KeyMap.of(List.of(
                master(KeyUsage.DPK, 1, KeyState.ACTIVE, CITY),
                master(KeyUsage.DPK, 1, KeyState.ACTIVE, Hex.parse("4419ff0000000000"))));
        assertThat(map.chains().get(0).places())
                .extracting(KeyMap.Place::steps)
                .containsExactly(List.of("4403"), List.of("4419"));
    }

    private static KeyListing master(KeyUsage usage, int version, KeyState state, byte[]... path) {
        return new KeyListing(
                new KeyRef(usage, version, List.of(path)), state, KeyTerms.own(0), 1_000, 2_000, new byte[] {1, 2, 3});
    }
}
