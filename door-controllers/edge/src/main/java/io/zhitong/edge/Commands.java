package io.zhitong.edge;

import io.zhitong.accessmodel.CommandEvent;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.CommandReceiver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Hands verified commands to what the program registered for their kind (指令分派). */
final class Commands implements CommandReceiver {

    private final Journal journal;
    private final Map<CommandKind, CommandAction> actions = new ConcurrentHashMap<>();

    Commands(Journal journal) {
        this.journal = journal;
    }

    void on(CommandKind kind, CommandAction action) {
        actions.put(kind, action);
    }

    @Override
    public boolean claim(CommandOrder order) {
        return journal.claim(order);
    }

    @Override
    public void receive(CommandOrder order, Consumer<CommandAnswer> answers) {
        Consumer<CommandAnswer> noted = answer -> {
            note(order, answer);
            answers.accept(answer);
        };
        Optional.ofNullable(actions.get(order.kind()))
                .orElse((unknown, refuse) ->
                        refuse.accept(CommandAnswer.refused(unknown, CommandRefusal.NOT_SUPPORTED)))
                .carryOut(order, noted);
    }

    private void note(CommandOrder order, CommandAnswer answer) {
        if (answer.stage() == CommandAnswer.Stage.EXECUTED || answer.stage() == CommandAnswer.Stage.REFUSED) {
            CommandEvent event = CommandEvent.of(order, answer.refusal());
            journal.appendOrCount(event.kind(), order.point(), event.encode());
        }
    }
}
