package io.zhitong.controller;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardspec.CardException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays of the simulated building (虚拟楼宇继电器), docs/readers.md. Its only word is a timed pulse: 0 ms lets it fall, and
 * holding is a pulse of a day.
 */
final class CardWorldRelay implements Relay {

    private static final Logger LOG = LoggerFactory.getLogger(CardWorldRelay.class);
    private static final int A_DAY_MILLIS = 86_400_000;

    private final CardWorldClient world;
    private final DeviceId device;

    CardWorldRelay(CardWorldClient world, DeviceId device) {
        this.world = world;
        this.device = device;
    }

    /** A connection that died while nobody used it is noticed only here: a door that opens twice is better than one that stays shut. */
    @Override
    public void pulse(PointId point, int millis) {
        try {
            world.pulseRelay(device.value(), point.value(), millis);
        } catch (CardException e) {
            LOG.info("point {}: relay asked again, {}", point.value(), e.getMessage());
            world.pulseRelay(device.value(), point.value(), millis);
        }
    }

    @Override
    public void hold(PointId point) {
        pulse(point, A_DAY_MILLIS);
    }

    @Override
    public void drop(PointId point) {
        pulse(point, 0);
    }
}
