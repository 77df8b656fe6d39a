package io.zhitong.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SharesTest {
    @Test
    void the_fen_that_remain_go_to_the_largest_remainders() {
        assertThat(Shares.split(100, 1, 1, 1)).containsExactly(34, 33, 33);
        assertThat(Shares.split(1000, 60, 25, 15)).containsExactly(600, 250, 150);
        assertThat(Shares.split(7, 60, 25, 15)).containsExactly(4, 2, 1);
        assertThat(Shares.split(0, 3, 4)).containsExactly(0, 0);
        assertThat(Shares.split(5, 0, 1)).containsExactly(0, 5);
    }

    @Test
    void any_split_sums_to_the_amount_and_is_less_than_a_fen_off_for_everybody() {
        Random random = new Random(20261121);
        for (int round = 0; round < 5_000; round++) {
            long amount = random.nextLong(0, 1L << 40);
            long[] weights = random.longs(1 + random.nextInt(6), 0, 10_000).toArray();
            weights[0]++;
            long total = Arrays.stream(weights).sum();
            long[] shares = Shares.split(amount, weights);
            assertThat(Arrays.stream(shares).sum()).isEqualTo(amount);
            for (int i = 0; i < shares.length; i++) {
                double exact = (double) amount / total * weights[i];
                assertThat(Math.abs(shares[i] - exact)).isLessThan(1.001);
            }
        }
    }

    @Test
    void the_largest_amount_does_not_overflow() {
        assertThat(Shares.split(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))
                .containsExactly(Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE / 2);
    }

    @Test
    void negative_amounts_and_weights_without_a_sum_are_refused() {
        assertThatThrownBy(() -> Shares.split(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shares.split(1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shares.split(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shares.split(1, 2, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
