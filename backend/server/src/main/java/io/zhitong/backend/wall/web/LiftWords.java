package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.LiftOrder;
import java.util.Set;
import java.util.stream.Collectors;

/** What an operator is told of an order for a visitor (派梯答复). */
record LiftWords(boolean english) {

    /** Why nothing was sent (未派梯原因). */
    enum Refusal {
        REASON("请填写 1 到 40 个字的原因。", "Give a reason of 1 to 40 characters."),
        MINUTES("允许时间为 1 到 60 分钟。", "The floor may be permitted for 1 to 60 minutes."),
        LIFT("没有这部电梯。", "There is no such lift."),
        UNIT("没有这个房号。", "There is no such home.");

        private final String chinese;
        private final String english;

        Refusal(String chinese, String english) {
            this.chinese = chinese;
            this.english = english;
        }
    }

    OrderAnswers.Outcome not(Refusal why) {
        return new OrderAnswers.Outcome(false, english ? why.english : why.chinese);
    }

    /** @param theirs floors of the household, maybe none */
    OrderAnswers.Outcome choose(Set<Integer> theirs) {
        String floors = theirs.stream().map(String::valueOf).collect(Collectors.joining(english ? ", " : "、"));
        String text = theirs.isEmpty()
                ? english ? "Nobody of this home may let anybody up by this lift now." : "该户现在无权用此电梯接待访客。"
                : english ? "Choose one of this home's floors: " + floors + "." : "请选择该户的楼层：" + floors + "。";
        return new OrderAnswers.Outcome(false, text);
    }

    String done(LiftOrder order) {
        return english
                ? "The car comes to the lobby; floor " + order.floor() + " is permitted for " + order.minutes()
                        + " min."
                : "电梯已呼至大堂，" + order.floor() + " 层 " + order.minutes() + " 分钟内可到达。";
    }

    OrderAnswers.Outcome doorShut(OrderAnswers.Outcome door, OrderAnswers.Outcome lift) {
        return new OrderAnswers.Outcome(
                false,
                (english ? "The door was not opened: " : "门未打开：")
                        + door.text()
                        + (lift.text().isEmpty() ? "" : " " + lift.text()));
    }
}
