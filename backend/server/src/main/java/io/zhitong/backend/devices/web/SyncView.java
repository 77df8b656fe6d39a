package io.zhitong.backend.devices.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.backend.devices.SyncProof;
import io.zhitong.backend.devices.SyncState;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What the page of the sync proof shows, in words (同步证明页面内容). */
@Component
class SyncView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int SHORT_ROOT = 16;

    private final Estate estate;

    SyncView(Estate estate) {
        this.estate = estate;
    }

    record Shown(long inStep, int devices, long version, long oldest, boolean all, boolean compiling, List<Row> rows) {}

    /**
     * @param age seconds since its last heartbeat, -1 while it is cut
     * @param since when it came or went
     * @param alarming whether a list is not what was signed
     */
    record Row(
            long number,
            String name,
            boolean connected,
            boolean proved,
            boolean alarming,
            long age,
            String since,
            int held,
            List<Line> lines) {}

    /** One list: what it should be, what the device said, and how the two stand. */
    record Line(
            String kind,
            String wanted,
            String wantedRoot,
            String held,
            String heldRoot,
            SyncState state,
            String word) {}

    /** Devices that are not in step stand first. */
    Shown of(CommunityId community, SyncProof proof, Locale locale) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        boolean english = locale.getLanguage().equals("en");
        return new Shown(
                proof.inStep(),
                proof.devices().size(),
                proof.version(),
                proof.oldest().toSeconds(),
                proof.all(),
                proof.compiling(),
                proof.devices().stream()
                        .map(device -> row(device, zone, english))
                        .sorted(Comparator.comparing(Row::proved))
                        .toList());
    }

    private static Row row(SyncProof.OfDevice device, ZoneId zone, boolean english) {
        return new Row(
                device.device().id().value(),
                device.device().name(),
                device.connected(),
                device.proved(),
                device.lists().stream().anyMatch(list -> list.state().alarming()),
                device.age().map(Duration::toSeconds).orElse(-1L),
                device.since().map(at -> TIME.format(at.atZone(zone))).orElse(""),
                device.lists().size() - device.differing().size(),
                device.lists().stream().map(list -> line(list, english)).toList());
    }

    private static Line line(SyncProof.OfList list, boolean english) {
        return new Line(
                english ? list.kind().english() : list.kind().chinese(),
                list.wanted().map(header -> header.version().toString()).orElse(""),
                list.wanted().map(header -> root(header.root())).orElse(""),
                list.held().map(held -> held.version().toString()).orElse(""),
                list.held().map(held -> root(held.root())).orElse(""),
                list.state(),
                english ? list.state().english() : list.state().chinese());
    }

    private static String root(Hash root) {
        return root.toString().substring(0, SHORT_ROOT);
    }
}
