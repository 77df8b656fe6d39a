package io.zhitong.backend.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.keys.CeremonyView.Act;
import io.zhitong.backend.keys.CeremonyView.Place;
import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.CeremonyStatus;
import io.zhitong.keyapi.CeremonyStatus.Participant;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.keyapi.VaultState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CeremonyViewTest {
    private static final Participant DONE = new Participant(1, "张保管", true, true, true, true, false);
    private static final Participant COMMITTED = new Participant(2, "李保管", true, false, false, false, false);
    private static final Participant FRESH = new Participant(3, "王保管", false, false, false, false, false);
    private static final Participant LOCKED = new Participant(4, "赵保管", false, false, false, false, true);

    @ParameterizedTest
    @CsvSource({
        "NONE,START", "NAMING,JOIN", "COMMITTING,COMMIT", "REVEALING,REVEAL", "DEALING,DEAL",
        "CONFIRMING,DEAL CONFIRM", "PROVING,CONFIRM", "PROVEN,CLOSE", "CLOSED,START", "ABORTED,START"
    })
    void each_step_asks_for_its_own_acts(CeremonyStep step, String acts) {
        CeremonyView view = view(step, true, false, DONE);
        for (Act act : Act.values()) {
            assertThat(view.asks(act))
                    .as(act.name())
                    .isEqualTo(List.of(acts.split(" ")).contains(act.name()));
        }
    }

    @Test
    void after_a_restart_components_are_asked_for_again_before_shares_are_dealt() {
        CeremonyView view = view(CeremonyStep.CONFIRMING, false, false, DONE, COMMITTED);
        assertThat(view.resumes()).isTrue();
        assertThat(view.asks(Act.REVEAL)).isTrue();
        assertThat(view.asks(Act.DEAL)).isFalse();
        assertThat(view.next()).containsExactly(COMMITTED);
    }

    @Test
    void whoever_has_not_done_it_is_next_but_nobody_who_is_locked() {
        assertThat(view(CeremonyStep.COMMITTING, false, false, DONE, COMMITTED, FRESH, LOCKED)
                        .next())
                .containsExactly(FRESH);
        assertThat(view(CeremonyStep.REVEALING, false, false, DONE, COMMITTED, FRESH, LOCKED)
                        .next())
                .containsExactly(COMMITTED, FRESH);
        assertThat(view(CeremonyStep.NAMING, false, false, DONE).next()).isEmpty();
    }

    @Test
    void a_share_is_shown_again_until_it_is_confirmed_but_only_who_has_none_is_next() {
        Participant dealt = new Participant(2, "李保管", true, true, true, false, false);
        Participant without = new Participant(3, "王保管", true, true, false, false, false);
        CeremonyView dealing = view(CeremonyStep.DEALING, true, false, dealt, without);
        assertThat(dealing.of(Act.DEAL)).containsExactly(dealt, without);
        assertThat(dealing.next()).containsExactly(without);
        CeremonyView confirming = view(CeremonyStep.CONFIRMING, true, false, DONE, dealt);
        assertThat(confirming.next()).containsExactly(dealt);
    }

    @Test
    void steps_before_the_present_one_lie_behind_and_those_after_it_ahead() {
        assertThat(view(CeremonyStep.REVEALING, true, false).stages())
                .extracting(CeremonyView.Stage::place)
                .containsExactly(
                        Place.BEHIND,
                        Place.BEHIND,
                        Place.NOW,
                        Place.AHEAD,
                        Place.AHEAD,
                        Place.AHEAD,
                        Place.AHEAD,
                        Place.AHEAD);
        assertThat(view(CeremonyStep.CLOSED, true, false).stages())
                .extracting(CeremonyView.Stage::place)
                .containsOnly(Place.BEHIND);
        assertThat(view(CeremonyStep.ABORTED, true, false).stages())
                .extracting(CeremonyView.Stage::place)
                .containsOnly(Place.AHEAD);
    }

    @Test
    void a_ceremony_begins_without_masters_or_over_those_of_a_rehearsal_only() {
        assertThat(view(CeremonyStep.NONE, false, false).startable(VaultState.UNBORN))
                .isTrue();
        assertThat(view(CeremonyStep.CLOSED, false, true).startable(VaultState.OPEN))
                .isTrue();
        assertThat(view(CeremonyStep.CLOSED, false, false).startable(VaultState.OPEN))
                .isFalse();
        assertThat(view(CeremonyStep.NAMING, false, true).startable(VaultState.UNBORN))
                .isFalse();
    }

    @Test
    void with_nobody_there_or_all_locked_no_pin_is_asked_to_give_up() {
        assertThat(view(CeremonyStep.NAMING, false, false).nobody()).isTrue();
        assertThat(view(CeremonyStep.COMMITTING, false, false, LOCKED).nobody()).isTrue();
        assertThat(view(CeremonyStep.COMMITTING, false, false, LOCKED, FRESH).nobody())
                .isFalse();
    }

    private static CeremonyView view(
            CeremonyStep step, boolean components, boolean rehearsal, Participant... participants) {
        CeremonySettings settings = new CeremonySettings("和谐家园", 3, 4, rehearsal, true);
        return new CeremonyView(new CeremonyStatus(
                step, new byte[16], Optional.of(settings), components, "0011 2233", List.of(participants)));
    }
}
