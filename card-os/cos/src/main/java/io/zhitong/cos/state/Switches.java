package io.zhitong.cos.state;

import io.zhitong.cardspec.StatusWord;

/**
 * Points on which real cards differ (兼容开关), docs/card.md.
 *
 * @param fullBlockChallenges key writing and lifecycle take only a challenge of a whole block (8 DES, 16 SM4)
 * @param triesOnMoneyKeys load, unload and overdraft keys carry a counter of 15 tries
 * @param logsNextSequence the log shows the sequence number after +1
 * @param tacBeforeMac GET TRANSACTION PROVE answers TAC‖MAC
 * @param samRaisesAtInit the PSAM's terminal sequence rises at INIT, not at CREDIT
 * @param pinMissing answer where the PIN has to be verified first
 */
public record Switches(
        boolean fullBlockChallenges,
        boolean triesOnMoneyKeys,
        boolean logsNextSequence,
        boolean tacBeforeMac,
        boolean samRaisesAtInit,
        StatusWord pinMissing) {
    /** Our native card. */
    public static final Switches NATIVE =
            new Switches(true, true, true, false, true, StatusWord.SECURITY_NOT_SATISFIED);
}
