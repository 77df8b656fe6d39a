package io.zhitong.backend.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.Hex;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OrderChoicesTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");

    @Test
    void the_next_version_is_one_above_the_newest_of_its_place() {
        OrderChoices choices = new OrderChoices(List.of(
                master(KeyUsage.DPK, 2, KeyState.ACTIVE),
                master(KeyUsage.DPK, 1, KeyState.RETIRED),
                master(KeyUsage.DPK, 1, KeyState.ACTIVE, CITY)));
        assertThat(choices.newVersions()).extracting(KeyRef::text).containsExactly("DPK/3", "DPK/2:4403ff0000000000");
    }

    @Test
    void no_version_comes_after_the_last_number() {
        assertThat(new OrderChoices(List.of(master(KeyUsage.DPK, 255, KeyState.ACTIVE))).newVersions())
                .isEmpty();
    }

    @Test
    void only_changes_that_a_life_of_a_key_allows_are_offered() {
        OrderChoices choices = new OrderChoices(
                List.of(master(KeyUsage.DPK, 1, KeyState.RETIRED), master(KeyUsage.DPK, 2, KeyState.DESTROYED)));
        assertThat(choices.changes())
                .extracting(OrderChoices.Change::value)
                .containsExactly("DPK/1 COMPROMISED", "DPK/1 DESTROYED");
    }

    @Test
    void key_blocks_are_protected_by_exchange_keys_alone() {
        KeyListing exchange = master(KeyUsage.EXCHANGE, 1, KeyState.ACTIVE);
        assertThat(new OrderChoices(List.of(master(KeyUsage.DPK, 1, KeyState.ACTIVE), exchange)).exchangeKeys())
                .containsExactly(exchange);
    }

    private static KeyListing master(KeyUsage usage, int version, KeyState state, byte[]... path) {
        return new KeyListing(
                new KeyRef(usage, version, List.of(path)), state, KeyTerms.own(0), 1_000, 2_000, new byte[] {1, 2, 3});
    }
}
