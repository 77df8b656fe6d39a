package io.zhitong.decision;

import io.zhitong.decision.naive.Agreement;
import io.zhitong.decision.naive.Answer;
import io.zhitong.decision.naive.Ask;
import io.zhitong.decision.naive.Estate;

/** The engine decides every vector as written, and random requests as the naive evaluator does. */
public final class EngineAgreementTest extends Agreement {

    @Override
    protected Answer decide(Estate estate, Ask ask) {
        return Asked.answer(Engine.decide(Asked.request(ask), new Policy(EngineLists.of(estate))));
    }
}
