package io.zhitong.edge;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.link.CommandAnswer;
import java.util.function.Consumer;

/** What a program does with one kind of command (指令动作). */
@FunctionalInterface
public interface CommandAction {

    /**
     * Carries the command out, now or soon; it was verified and is new. Must not block for long.
     *
     * @param answers takes one EXECUTED or REFUSED, later perhaps SENSED, from any thread; the journal notes it
     */
    void carryOut(CommandOrder order, Consumer<CommandAnswer> answers);
}
