package io.zhitong.link;

import io.zhitong.accessmodel.CommandOrder;
import java.util.function.Consumer;

/** Carries out commands that were verified (指令接收). Called on one thread of its own; must not block for long. */
public interface CommandReceiver {

    /**
     * Marks the idempotency key as used, on disk, before the command is carried out.
     *
     * @return false if it was used before
     */
    boolean claim(CommandOrder order);

    /**
     * Carries the command out, now or soon.
     *
     * @param answers takes EXECUTED, SENSED or REFUSED, from any thread; ACCEPTED was sent already
     */
    void receive(CommandOrder order, Consumer<CommandAnswer> answers);
}
