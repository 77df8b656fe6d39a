package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** The point names the ways of identifying that it accepts (门点须接受该方式). */
final class MethodRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.METHOD;
    }

    @Override
    public Verdict judge(Situation situation) {
        return Verdict.passIf(
                situation.point().orElseThrow().methods().contains(situation.method()), DenyReason.METHOD_NOT_ALLOWED);
    }

    @Override
    public Change remedy(Situation situation) {
        return new Change.AllowMethod(situation.request().point(), situation.method());
    }
}
