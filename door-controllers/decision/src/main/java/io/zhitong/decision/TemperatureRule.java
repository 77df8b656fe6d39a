package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** Who has a temperature of 37.3 °C or more is checked a second time by a person (体温复测). */
final class TemperatureRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.TEMPERATURE;
    }

    private static final int FEVER_TENTHS = 373;

    @Override
    public Verdict judge(Situation situation) {
        return Verdict.passIf(situation.extras().tenths() < FEVER_TENTHS, DenyReason.TEMPERATURE);
    }
}
