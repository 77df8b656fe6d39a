package io.zhitong.keyvault.module.qualify;

import java.util.List;

/** What came of one check (检查结果). */
record CheckResult(SdfCheck check, Verdict verdict, List<Deviation> deviations) {
    CheckResult {
        deviations = List.copyOf(deviations);
    }

    static CheckResult of(SdfCheck check, List<Deviation> deviations) {
        return new CheckResult(check, deviations.isEmpty() ? Verdict.PASS : Verdict.DEVIATION, deviations);
    }
}
