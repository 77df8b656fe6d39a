package io.zhitong.decision.naive;

/** The laws hold of the naive evaluator. */
class NaiveLawsTest extends Laws {

    @Override
    protected Answer decide(Draw.Drawn drawn) {
        return Naive.answer(drawn.estate(), drawn.ask());
    }
}
