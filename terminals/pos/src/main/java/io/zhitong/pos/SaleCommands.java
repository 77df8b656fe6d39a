package io.zhitong.pos;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.SaleRequest;
import io.zhitong.link.CommandAnswer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Sales that the backend asks for (后台收款指令): the card is waited for on a thread of its own. */
final class SaleCommands implements AutoCloseable {
    private final Till till;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "till-command");
        thread.setDaemon(true);
        return thread;
    });

    SaleCommands(Till till) {
        this.till = till;
    }

    void carryOut(CommandOrder order, Consumer<CommandAnswer> answers) {
        SaleRequest request;
        try {
            request = SaleRequest.decode(order.args());
        } catch (ModelException e) {
            answers.accept(CommandAnswer.refused(order, CommandRefusal.MALFORMED));
            return;
        }
        if (till.busy()) {
            answers.accept(CommandAnswer.refused(order, CommandRefusal.BUSY));
            return;
        }
        try {
            worker.execute(() -> answers.accept(sell(order, request.fen())));
        } catch (RejectedExecutionException stopping) {
            answers.accept(CommandAnswer.refused(order, CommandRefusal.FAILED));
        }
    }

    private CommandAnswer sell(CommandOrder order, long fen) {
        return till.sell(fen) instanceof SaleResult.Paid
                ? CommandAnswer.of(order, CommandAnswer.Stage.EXECUTED)
                : CommandAnswer.refused(order, CommandRefusal.FAILED);
    }

    @Override
    public void close() {
        worker.shutdown();
    }
}
