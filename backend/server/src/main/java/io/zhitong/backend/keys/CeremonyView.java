package io.zhitong.backend.keys;

import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.CeremonyStatus;
import io.zhitong.keyapi.CeremonyStatus.Participant;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.keyapi.VaultState;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A ceremony as the wizard shows it (密钥仪式向导): what is asked now, and of whom.
 *
 * @param status what the vault says
 */
public record CeremonyView(CeremonyStatus status) {
    /** What somebody is asked to do now (当前动作). */
    public enum Act {
        START,
        JOIN,
        COMMIT,
        REVEAL,
        DEAL,
        CONFIRM,
        CLOSE
    }

    /** Whether a step of the list lies behind, is now or lies ahead (步骤进度). */
    public enum Place {
        BEHIND,
        NOW,
        AHEAD
    }

    /** A step of the list. */
    public record Stage(CeremonyStep step, Place place) {}

    /** The steps between the first and the last, in order. */
    public List<Stage> stages() {
        return Arrays.stream(CeremonyStep.values())
                .filter(step -> step != CeremonyStep.NONE && step != CeremonyStep.ABORTED)
                .map(step -> new Stage(step, place(step)))
                .toList();
    }

    private Place place(CeremonyStep step) {
        CeremonyStep now = status.step();
        if (now == CeremonyStep.ABORTED) {
            return Place.AHEAD;
        }
        if (step == now && now.running()) {
            return Place.NOW;
        }
        return step.code() <= now.code() ? Place.BEHIND : Place.AHEAD;
    }

    /** What may be done now. */
    public Set<Act> acts() {
        return switch (status.step()) {
            case NONE, CLOSED, ABORTED -> EnumSet.of(Act.START);
            case NAMING -> EnumSet.of(Act.JOIN);
            case COMMITTING -> EnumSet.of(Act.COMMIT);
            case REVEALING -> EnumSet.of(Act.REVEAL);
            case DEALING -> EnumSet.of(resumes() ? Act.REVEAL : Act.DEAL);
            case CONFIRMING -> EnumSet.of(resumes() ? Act.REVEAL : Act.DEAL, Act.CONFIRM);
            case PROVING -> EnumSet.of(Act.CONFIRM);
            case PROVEN -> EnumSet.of(Act.CLOSE);
        };
    }

    /** Whether somebody is asked to do it now. */
    public boolean asks(Act act) {
        return acts().contains(act);
    }

    /** Whether a ceremony may begin: there are no masters yet, or those of a rehearsal, which give way. */
    public boolean startable(VaultState state) {
        boolean rehearsed =
                status.settings().filter(CeremonySettings::rehearsal).isPresent();
        return !running() && (state == VaultState.UNBORN || rehearsed);
    }

    /** Whether the components were lost with the vault's process, and everybody gives his again. */
    public boolean resumes() {
        boolean needed = status.step() == CeremonyStep.DEALING || status.step() == CeremonyStep.CONFIRMING;
        return needed && !status.components();
    }

    /** Who can do it now: whoever has not yet, and nobody who is locked. */
    public List<Participant> of(Act act) {
        Predicate<Participant> open = switch (act) {
            case COMMIT -> each -> !each.committed();
            case REVEAL -> each -> !each.revealed();
            case DEAL -> each -> !each.confirmed();
            case CONFIRM -> each -> status.step() == CeremonyStep.PROVING || !each.confirmed();
            case START, JOIN, CLOSE -> each -> true;
        };
        return status.participants().stream()
                .filter(each -> !each.locked())
                .filter(open)
                .toList();
    }

    /** Who is next at the first thing asked, in the order of their numbers. */
    public List<Participant> next() {
        Act first = acts().iterator().next();
        boolean dealt = first == Act.DEAL && acts().size() == 1;
        return switch (first) {
            case START, JOIN -> List.of();
            default ->
                of(acts().contains(Act.CONFIRM) && first != Act.REVEAL ? Act.CONFIRM : first).stream()
                        .filter(each -> !dealt || !each.dealt())
                        .toList();
        };
    }

    /** Whether one goes on. */
    public boolean running() {
        return status.step().running();
    }

    /** Whether there is nobody whose PIN could be asked: nobody has joined, or all are locked. */
    public boolean nobody() {
        return status.participants().stream().allMatch(Participant::locked);
    }

    /** Id as hex, which goes into the commitments. */
    public String id() {
        return Hex.of(status.id());
    }
}
