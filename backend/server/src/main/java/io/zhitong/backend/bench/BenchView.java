package io.zhitong.backend.bench;

import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.identity.ConsoleUser;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The bench as one user sees it: the community's own points (演示台视图). */
@Component
@OnDemo
public class BenchView {

    private final Bench bench;
    private final Estate estate;
    private final Clock clock;

    BenchView(Bench bench, Estate estate, Clock clock) {
        this.bench = bench;
        this.estate = estate;
        this.clock = clock;
    }

    /** Nothing when the card world does not answer. */
    public Optional<BenchPicture> picture(ConsoleUser user) {
        return bench.look().map(world -> new BenchPainter(points(user, DeviceKind.CONTROLLER), points(user, DeviceKind.POS))
                .paint(world, clock.millis()));
    }

    private List<PointRow> points(ConsoleUser user, DeviceKind kind) {
        List<Long> devices = estate.devices(user.community()).stream()
                .filter(device -> device.kind() == kind)
                .map(device -> device.number())
                .toList();
        return estate.points(user.community()).stream()
                .filter(point -> devices.contains(point.device()))
                .toList();
    }
}
