package io.zhitong.decision;

import io.zhitong.decision.naive.Answer;
import io.zhitong.decision.naive.Draw;
import io.zhitong.decision.naive.Estate;
import io.zhitong.decision.naive.Laws;
import java.util.Optional;

/** The laws hold of the engine. */
public final class EngineLawsTest extends Laws {

    /** An estate and its lists, compiled. */
    private record Compiled(Estate estate, Policy policy) {
        static Compiled of(Estate estate) {
            return new Compiled(estate, new Policy(EngineLists.of(estate)));
        }
    }

    private Optional<Compiled> last = Optional.empty();

    @Override
    protected Answer decide(Draw.Drawn drawn) {
        return Asked.answer(Engine.decide(Asked.request(drawn.ask()), policy(drawn.estate())));
    }

    /** Most laws change what is asked and not the estate: then its lists are compiled once. */
    private Policy policy(Estate estate) {
        last = Optional.of(last.filter(known -> known.estate() == estate).orElseGet(() -> Compiled.of(estate)));
        return last.orElseThrow().policy();
    }
}
