package io.zhitong.cos.state;

import io.zhitong.cardspec.StatusWord;
import java.util.EnumSet;
import java.util.Set;

/**
 * Points on which real cards differ (兼容开关), docs/card.md.
 *
 * @param fullBlockChallenges key writing and lifecycle take only a challenge of a whole block (8 DES, 16 SM4)
 * @param triesOnMoneyKeys load, unload and overdraft keys carry a counter of 15 tries
 * @param logsNextSequence the log shows the sequence number after +1
 * @param tacBeforeMac GET TRANSACTION PROVE answers TAC‖MAC
 * @param samRaisesAtInit the PSAM's terminal sequence rises at INIT, not at CREDIT
 * @param pinMissing answer where the PIN has to be verified first
 * @param habits of another maker's chip; ours has none
 */
public record Switches(
        boolean fullBlockChallenges,
        boolean triesOnMoneyKeys,
        boolean logsNextSequence,
        boolean tacBeforeMac,
        boolean samRaisesAtInit,
        StatusWord pinMissing,
        Set<Habit> habits) {
    /** Our native card. */
    public static final Switches NATIVE =
            new Switches(true, true, true, false, true, StatusWord.SECURITY_NOT_SATISFIED, Set.of());

    /** FMCOS 2.0 on the FM1208: what published readers and traces of it show. */
    public static final Switches FMCOS =
            new Switches(false, false, true, false, false, StatusWord.CONDITIONS_NOT_MET, EnumSet.allOf(Habit.class));

    public Switches {
        habits = Set.copyOf(habits);
    }

    /** Whether the chip has that habit. */
    public boolean has(Habit habit) {
        return habits.contains(habit);
    }
}
