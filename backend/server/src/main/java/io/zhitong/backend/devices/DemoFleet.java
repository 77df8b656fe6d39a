package io.zhitong.backend.devices;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.foundation.DemoSeed;
import io.zhitong.backend.foundation.ZhitongSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Simulated controllers of the demo estate and their tokens (演示模拟设备): {@code zhitong.demo-fleet} of them, with tokens in
 * DATA/backend/demo/fleet.token. Whoever reads that file can become a controller, so the demo only has them.
 */
@Component
@Order(45)
final class DemoFleet implements DemoSeed {
    /** Numbers from here on are simulated. */
    static final int FIRST = 10_001;

    private static final int MOST = 10_000;
    private static final int POINTS = 2;
    private static final CommunityId DEMO = new CommunityId(1);
    private static final Duration VALID = Duration.ofDays(1);

    private final Estate estate;
    private final DeviceTokens tokens;
    private final DeviceCertificates certificates;
    private final ZhitongSettings settings;
    private final int wanted;

    DemoFleet(
            Estate estate,
            DeviceTokens tokens,
            DeviceCertificates certificates,
            ZhitongSettings settings,
            @Value("${zhitong.demo-fleet:0}") int wanted) {
        if (wanted < 0 || wanted > MOST || wanted > 0 && !settings.demo()) {
            throw new IllegalArgumentException(
                    "zhitong.demo-fleet is 0 to " + MOST + ", and 0 outside the demo; got " + wanted);
        }
        this.estate = estate;
        this.tokens = tokens;
        this.certificates = certificates;
        this.settings = settings;
        this.wanted = wanted;
    }

    @Override
    public void seed() {
        if (wanted == 0) {
            return;
        }
        List<DeviceRow> fleet = IntStream.range(FIRST, FIRST + wanted)
                .mapToObj(number -> new DeviceRow(
                        DEMO, new DeviceId(number), DeviceKind.CONTROLLER, "模拟控制器" + (number - FIRST + 1)))
                .toList();
        fleet.stream()
                .filter(device -> estate.device(device.address()).isEmpty())
                .forEach(this::add);
        List<String> fresh = fleet.stream()
                .filter(device -> !certificates.enrolled(device.address()))
                .map(device -> tokens.issue(device.address(), Actor.SYSTEM, VALID))
                .toList();
        DemoTokens.write(settings, "fleet", fresh);
    }

    private void add(DeviceRow device) {
        estate.addDevice(device);
        IntStream.rangeClosed(1, POINTS)
                .forEach(point -> estate.addPoint(new PointRow(
                        DEMO,
                        device.id(),
                        new PointId(point),
                        PointKind.DOOR,
                        AccessMethod.SEALED,
                        device.name() + " " + point + "号门")));
    }

    static boolean simulated(DeviceRow device) {
        return device.id().value() >= FIRST;
    }
}
