package io.zhitong.points;

import java.util.List;

/** The outcome of one step: the state to keep and what to do now (单步结果). */
public record DoorStep(DoorState state, List<DoorOutput> outputs) {

    public DoorStep {
        outputs = List.copyOf(outputs);
    }
}
