package io.zhitong.backend.bench;

import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.identity.ConsoleUser;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The bench as one user sees it: the community's own points (演示台视图). */
@Component
@OnDemo
public class BenchView {

    private final Bench bench;
    private final Estate estate;
    private final Verdicts verdicts;
    private final Clock clock;

    BenchView(Bench bench, Estate estate, Verdicts verdicts, Clock clock) {
        this.bench = bench;
        this.estate = estate;
        this.verdicts = verdicts;
        this.clock = clock;
    }

    /** Nothing when the card world does not answer. */
    public Optional<BenchPicture> picture(ConsoleUser user, Locale locale) {
        return bench.look().map(world -> painter(user, locale).paint(world, clock.millis()));
    }

    private BenchPainter painter(ConsoleUser user, Locale locale) {
        ZoneId zone = estate.community(user.community()).map(Community::zone).orElse(ZoneOffset.UTC);
        return new BenchPainter(
                points(user, PointKind.DOOR), points(user, PointKind.TILL), zone, verdicts.now(user, locale));
    }

    private List<PointRow> points(ConsoleUser user, PointKind kind) {
        return estate.points(user.community()).stream()
                .filter(point -> point.kind() == kind)
                .toList();
    }
}
