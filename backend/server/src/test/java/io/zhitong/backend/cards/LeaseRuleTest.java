package io.zhitong.backend.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.LeaseChallenge;
import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.estate.Community;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.smcrypto.Hex;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeaseRuleTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    private static Optional<LeaseTerms> due(int daysLeft, long highest, long next) {
        LeaseTerms lease = new LeaseTerms(TODAY.plusDays(daysLeft), highest);
        LeaseChallenge told = new LeaseChallenge(Octets.zeros(10), Octets.zeros(6), lease, next, Octets.zeros(16));
        return LeaseRule.due(told, TODAY);
    }

    /** A lease of 30 days is renewed with less than 20 left, one of 100,000 numbers with less than 50,000. */
    @ParameterizedTest
    @CsvSource({
        "20, 100000, 1,     false, 0",
        "19, 100000, 1,     true,  100000",
        "0,  100000, 1,     true,  100000",
        "-5, 100000, 1,     true,  100000",
        "30, 100000, 50001, false, 0",
        "30, 100000, 50002, true,  200000",
        "30, 100000, 100000, true, 200000",
        "30, 100000, 100001, true, 200000",
        "30, 100000, 4294967295, true, 200000",
        "19, 100000, 50002, true,  200000",
        "30, 4294967295, 4294967290, false, 0",
        "30, 4294967295, 4294967295, false, 0",
        "19, 4294967295, 4294967290, true, 4294967295",
        "30, 4294967294, 4294967290, true, 4294967295",
        "30, 4294917295, 4294900000, true, 4294967295"
    })
    void lease_is_renewed_in_time_and_its_numbers_only_when_they_run_short(
            int daysLeft, long highest, long next, boolean due, long newHighest) {
        Optional<LeaseTerms> terms = due(daysLeft, highest, next);
        assertThat(terms.isPresent()).isEqualTo(due);
        terms.ifPresent(each -> {
            assertThat(each.last()).isEqualTo(TODAY.plusDays(30));
            assertThat(each.highest()).isEqualTo(newHighest);
        });
    }

    @Test
    void lease_just_given_is_not_due_again() {
        LeaseTerms fresh = due(1, 100_000, 60_000).orElseThrow();
        LeaseChallenge told = new LeaseChallenge(Octets.zeros(10), Octets.zeros(6), fresh, 60_000, Octets.zeros(16));
        assertThat(LeaseRule.due(told, TODAY)).isEmpty();
        assertThat(LeaseRule.due(told, TODAY.plusDays(10))).isEmpty();
        assertThat(LeaseRule.due(told, TODAY.plusDays(11))).isPresent();
    }

    /** Factors of the key derivation as docs/keys.md prints them for the demonstration community. */
    @Test
    void factors_of_a_community_are_its_city_and_its_number() {
        CommunityKeys keys = CommunityKeys.of(new Community(
                new CommunityId(1), 44_030_001, "锦绣家园", "4403", ZoneId.of("Asia/Shanghai"), LocalTime.MIDNIGHT));
        assertThat(Hex.of(keys.city())).isEqualTo("4403ff0000000000");
        assertThat(Hex.of(keys.community())).isEqualTo("0000000044030001");
        assertThat(Hex.of(keys.issuer())).isEqualTo("4403440300010000");
        assertThat(Hex.of(keys.loadTerminal())).isEqualTo("4403ff000001");
    }
}
