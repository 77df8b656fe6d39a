package io.zhitong.backend.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.LeaseChallenge;
import io.zhitong.accessmodel.LeaseRenewal;
import io.zhitong.accessmodel.Octets;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.LeaseRequest;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.CommandAnswer.Stage;
import io.zhitong.smcrypto.Hex;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a lease is renewed, for how long, and what comes of a till or a vault that does not go along. */
final class LeaseKeeperTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    private final List<String> asked = new ArrayList<>();
    private LeaseTerms lease = new LeaseTerms(TODAY.plusDays(5), 100_000);
    private long next = 10;
    private CommandRefusal challenge = CommandRefusal.NONE;
    private CommandRefusal renewal = CommandRefusal.NONE;

    private CommandAnswer till(CommandKind kind, Octets args) {
        asked.add(kind.name());
        if (kind == CommandKind.LEASE_CHALLENGE) {
            String detail = new LeaseChallenge(
                            Octets.of(Hex.parse("00004403990000000043")),
                            Octets.of(Hex.parse("440300000043")),
                            lease,
                            next,
                            Octets.of(Hex.parse("c0".repeat(16))))
                    .detail();
            return answer(challenge, detail);
        }
        if (renewal == CommandRefusal.NONE) {
            LeaseRenewal came = LeaseRenewal.decode(args);
            assertThat(came.mac().toString()).isEqualTo("01020304");
            lease = came.terms();
        }
        return answer(renewal, "");
    }

    private static CommandAnswer answer(CommandRefusal refusal, String detail) {
        boolean done = refusal == CommandRefusal.NONE;
        return new CommandAnswer(Octets.zeros(16), done ? Stage.EXECUTED : Stage.REFUSED, refusal, done ? detail : "");
    }

    private byte[] vault(LeaseRequest request) {
        asked.add(Hex.of(request.serial()) + " " + Hex.of(request.terminal()) + " " + Hex.of(request.lease()) + " "
                + Hex.of(request.challenge()));
        return new byte[] {1, 2, 3, 4};
    }

    private LeaseKeeper.Outcome look() {
        return new LeaseKeeper(this::till, this::vault).look(TODAY);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 10, ''",
        "19, 10, 2026-12-21 100000",
        "-3, 10, 2026-12-21 100000",
        "25, 50001, ''",
        "25, 50002, 2026-12-21 200000",
        "5, 100001, 2026-12-21 200000"
    })
    void lease_is_renewed_in_its_last_twenty_days_and_last_fifty_thousand_numbers(
            long days, long number, String expected) {
        lease = new LeaseTerms(TODAY.plusDays(days), 100_000);
        next = number;
        assertThat(look()).isEqualTo(expected.isEmpty() ? LeaseKeeper.Outcome.GOOD : LeaseKeeper.Outcome.RENEWED);
        if (!expected.isEmpty()) {
            assertThat(lease.last() + " " + lease.highest()).isEqualTo(expected);
        }
    }

    @Test
    void vault_is_asked_for_this_module_in_this_terminal_under_its_challenge() {
        look();
        assertThat(asked)
                .containsExactly(
                        "LEASE_CHALLENGE",
                        "00004403990000000043 440300000043 20261221000186a0 " + "c0".repeat(16),
                        "LEASE_RENEWAL");
    }

    @Test
    void till_with_a_customer_or_a_sale_in_between_is_asked_again() {
        challenge = CommandRefusal.BUSY;
        assertThat(look()).isEqualTo(LeaseKeeper.Outcome.AGAIN);
        challenge = CommandRefusal.NONE;
        renewal = CommandRefusal.FAILED;
        assertThat(look()).isEqualTo(LeaseKeeper.Outcome.AGAIN);
    }

    @Test
    void till_without_a_leased_psam_or_of_an_older_version_is_left_alone() {
        for (CommandRefusal refusal : List.of(CommandRefusal.FAILED, CommandRefusal.NOT_SUPPORTED)) {
            challenge = refusal;
            assertThat(look()).isEqualTo(LeaseKeeper.Outcome.NO_LEASE);
        }
        assertThat(new LeaseKeeper((kind, args) -> answer(CommandRefusal.NONE, "no hex"), this::vault).look(TODAY))
                .isEqualTo(LeaseKeeper.Outcome.NO_LEASE);
        assertThat(asked).containsOnly("LEASE_CHALLENGE");
    }

    @Test
    void lost_module_gets_nothing() {
        var keeper = new LeaseKeeper(this::till, request -> {
            throw new KeyServiceException(KeyRefusal.ITEM_GONE, "lost");
        });
        assertThatThrownBy(() -> keeper.look(TODAY)).isInstanceOf(KeyServiceException.class);
        assertThat(asked).containsExactly("LEASE_CHALLENGE");
        assertThat(lease.last()).isEqualTo(TODAY.plusDays(5));
    }
}
