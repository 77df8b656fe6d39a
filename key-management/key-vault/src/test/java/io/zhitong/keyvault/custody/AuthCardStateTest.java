package io.zhitong.keyvault.custody;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes in which the operational compartment keeps authentication cards, as docs/keys.md has them. */
class AuthCardStateTest {
    private static final String BYTES = "01" + "01" + "03" + "00004403990400000003" + "0002" + "c1".repeat(16)
            + "a1".repeat(32) + "c2".repeat(16) + "a2".repeat(32);

    @Test
    void state_reads_what_it_writes() {
        AuthCardState state = AuthCardState.decode(Hex.parse(BYTES));
        assertEquals(BYTES, Hex.of(state.encode()));
        AuthCardState.Card card = state.of(3).orElseThrow();
        assertEquals("c1".repeat(16), Hex.of(card.pairs().get(0).challenge()));
        assertTrue(state.of(2).isEmpty());
    }

    @Test
    void spent_challenge_is_gone_and_the_next_is_first() {
        AuthCardState left = AuthCardState.decode(Hex.parse(BYTES)).withoutFirst(3);
        assertEquals(1, left.of(3).orElseThrow().pairs().size());
        assertEquals(
                "c2".repeat(16), Hex.of(left.of(3).orElseThrow().pairs().get(0).challenge()));
        assertTrue(left.withoutFirst(3).of(3).orElseThrow().pairs().isEmpty());
        assertEquals(Hex.of(left.encode()), Hex.of(left.withoutFirst(7).encode()), "nobody else's");
    }

    @Test
    void nothing_kept_is_no_card_and_damaged_bytes_are_refused() {
        assertEquals(List.of(), AuthCardState.decode(new byte[0]).cards());
        byte[] whole = Hex.parse(BYTES);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(MalformedInput.class, () -> AuthCardState.decode(cut), "length " + length);
        }
        assertThrows(MalformedInput.class, () -> AuthCardState.decode(Arrays.copyOf(whole, whole.length + 1)));
        whole[0] = 2;
        assertThrows(IllegalStateException.class, () -> AuthCardState.decode(whole));
    }
}
