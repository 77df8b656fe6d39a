package io.zhitong.points;

/** What the controller has to do after a step (门输出), in the order given. */
public sealed interface DoorOutput {

    /** Energise the relay for so long; the relay board times it, so that a dying controller leaves no door unlocked. */
    record Pulse(int millis) implements DoorOutput {}

    /** Keep the relay energised until {@link Drop}. */
    record Hold() implements DoorOutput {}

    /** Let the relay fall now. */
    record Drop() implements DoorOutput {}

    /** Write this event to the journal. */
    record Report(DoorEvent event) implements DoorOutput {}
}
