package io.zhitong.backend.wall.web;

import io.zhitong.backend.devices.CommandFailedException;
import io.zhitong.backend.devices.SentCommand;
import io.zhitong.link.CommandAnswer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** What became of a command that was sent, in words (指令结果). */
final class OrderAnswers {

    private static final int ANSWER_SECONDS = 4;

    private OrderAnswers() {}

    record Outcome(boolean done, String text) {}

    /** Sends now; the outcome, asked for later, waits for the device's answer, but not for long. */
    static Supplier<Outcome> sent(Supplier<SentCommand> order, String done, boolean english) {
        try {
            SentCommand sent = order.get();
            return () -> answered(sent, done, english);
        } catch (CommandFailedException e) {
            Outcome failed = failed(e, english);
            return () -> failed;
        }
    }

    private static Outcome answered(SentCommand sent, String done, boolean english) {
        try {
            CommandAnswer answer = sent.executed().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            boolean refused = answer.stage() == CommandAnswer.Stage.REFUSED;
            String why = english ? answer.refusal().english() : answer.refusal().chinese();
            String found = answer.detail().isEmpty() ? "" : " " + answer.detail();
            return new Outcome(!refused, refused ? why : done + found);
        } catch (ExecutionException e) {
            return e.getCause() instanceof CommandFailedException failed
                    ? failed(failed, english)
                    : new Outcome(false, "");
        } catch (TimeoutException e) {
            return new Outcome(
                    false,
                    english ? "Sent; the device has not answered, its event will tell." : "指令已发出，设备尚未应答，结果以事件为准。");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(false, english ? "The backend is stopping." : "后台正在停止。");
        }
    }

    private static Outcome failed(CommandFailedException e, boolean english) {
        return new Outcome(false, english ? e.reason().english() : e.reason().chinese());
    }
}
