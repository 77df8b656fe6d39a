package io.zhitong.points;

import io.zhitong.decision.LiftFloors;

/** What the controller has to do after a step of a lift (电梯输出), in the order given. */
public sealed interface LiftOutput {

    /** The buttons of these floors work for so long for who gets in there; whoever drives them times it. */
    record Enable(Landing landing, LiftFloors floors, int millis) implements LiftOutput {}

    /** Press the button of one floor; index, of the rear door 256 more. */
    record Press(int floor) implements LiftOutput {}

    /** Call the car. */
    record Call(Landing landing) implements LiftOutput {}

    /** No floor that was let is let any longer. */
    record Withdraw() implements LiftOutput {}

    /** Every floor works, until told otherwise. */
    record Free(boolean on) implements LiftOutput {}

    /** The lift is the fire brigade's: floor relays fall, the car comes to the recall floor and stays. */
    record Recall(boolean on) implements LiftOutput {}

    /** Write this event to the journal. */
    record Report(DoorEvent event) implements LiftOutput {}
}
