package io.zhitong.decision;

import io.zhitong.decision.naive.Answer;
import io.zhitong.decision.naive.Draw;
import io.zhitong.decision.naive.Laws;

/** The laws hold of the engine. */
public final class EngineLawsTest extends Laws {

    @Override
    protected Answer decide(Draw.Drawn drawn) {
        return Asked.answer(Engine.decide(Asked.request(drawn.ask()), new Policy(EngineLists.of(drawn.estate()))));
    }
}
