package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.controller.lift.LiftDriver;
import io.zhitong.points.Landing;

/** A lift whose point has one relay and no terminals: it closes to call the car to where the reader is (单触点呼梯). */
record RelayCall(Relay relay, PointId point) implements LiftDriver {

    @Override
    public void call(Landing landing) {
        if (landing == Landing.HERE) {
            relay.pulse(point, CallContacts.CALL_MILLIS);
        }
    }
}
