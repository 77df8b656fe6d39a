package io.zhitong.backend.register.web;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.backend.access.ItemKey;
import io.zhitong.backend.access.ItemKind;
import io.zhitong.backend.access.PointDefaults;
import io.zhitong.backend.access.PolicyBook;
import io.zhitong.backend.access.PolicyContent;
import io.zhitong.backend.access.PolicyItem;
import io.zhitong.backend.access.WiringCheck;
import io.zhitong.backend.boards.Boards;
import io.zhitong.backend.devices.DeviceState;
import io.zhitong.backend.devices.DeviceStates;
import io.zhitong.backend.devices.OpenTokens;
import io.zhitong.backend.devices.StandingCertificates;
import io.zhitong.backend.devices.StandingCertificates.Standing;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceBook;
import io.zhitong.backend.estate.DeviceEntry;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the register's pages show, in words (设备档案页面内容). */
@Component
class DeviceView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final int MOST = 100;

    private final DeviceBook book;
    private final Estate estate;
    private final Boards boards;
    private final DeviceStates states;
    private final StandingCertificates certificates;
    private final OpenTokens tokens;
    private final PolicyBook policies;

    DeviceView(
            DeviceBook book,
            Estate estate,
            Boards boards,
            DeviceStates states,
            StandingCertificates certificates,
            OpenTokens tokens,
            PolicyBook policies) {
        this.book = book;
        this.estate = estate;
        this.boards = boards;
        this.states = states;
        this.certificates = certificates;
        this.tokens = tokens;
        this.policies = policies;
    }

    /** @param all how many there are with that text; at most {@value #MOST} are shown */
    record Shown(int all, List<Line> lines, List<TokenLine> tokens) {}

    /**
     * One device.
     *
     * @param state key of a text: connected, gone, never, retired, board
     * @param since when that began; empty if it never connected
     * @param heard when it last told something; empty if it never did
     * @param profile of its certificate, empty without one
     */
    record Line(
            long number,
            String name,
            String kind,
            String place,
            boolean board,
            boolean retired,
            String state,
            String since,
            String heard,
            String software,
            String faults,
            String profile,
            String enrolled,
            String expires,
            long points) {}

    record TokenLine(long number, String name, String expires, boolean replaces) {}

    /** @param from areas on its two sides, as the policy in force has them */
    record PointLine(int number, String name, String kind, String kindWord, String method, String from, String to) {}

    /** Everything of one device. */
    record Whole(
            Line device,
            DeviceKind kind,
            List<PointLine> points,
            Optional<TokenLine> token,
            List<OutputLine> outputs) {}

    /** An output that may be pulsed by order. */
    record OutputLine(int terminal, String word) {}

    /** @param text in number, name or place; empty = all */
    Shown of(CommunityId community, String text, boolean retired, boolean english) {
        List<DeviceEntry> found = book.entries(community).stream()
                .filter(entry -> entry.inService() != retired && holds(entry, text.strip()))
                .toList();
        List<DeviceEntry> shown = found.subList(0, Math.min(MOST, found.size()));
        Map<DeviceId, String> names = book.entries(community).stream()
                .collect(Collectors.toMap(
                        entry -> entry.row().id(), entry -> entry.row().name()));
        List<TokenLine> open = tokens.of(community).stream()
                .map(token -> token(token, names.getOrDefault(token.device().device(), ""), zone(community)))
                .toList();
        return new Shown(found.size(), lines(community, shown, english), open);
    }

    private static boolean holds(DeviceEntry entry, String text) {
        return Long.toString(entry.row().id().value()).contains(text)
                || entry.row().name().contains(text)
                || entry.place().contains(text);
    }

    private static TokenLine token(OpenTokens.OpenToken token, String name, ZoneId zone) {
        return new TokenLine(
                token.device().device().value(),
                name,
                TIME.format(token.expires().atZone(zone)),
                token.replaces());
    }

    private ZoneId zone(CommunityId community) {
        return estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
    }

    private List<Line> lines(CommunityId community, List<DeviceEntry> entries, boolean english) {
        List<DeviceId> ids = entries.stream().map(entry -> entry.row().id()).toList();
        Map<DeviceId, Long> points = estate.everyPoint(community).stream()
                .collect(Collectors.groupingBy(PointRow::device, Collectors.counting()));
        Set<DeviceId> foreign = boards.devices(community);
        Map<DeviceAddress, DeviceState> known = states.of(community);
        Map<DeviceId, Standing> standing = certificates.of(community, ids);
        ZoneId zone = zone(community);
        return entries.stream()
                .map(entry -> {
                    DeviceId id = entry.row().id();
                    return line(
                            entry,
                            new Facts(
                                    foreign.contains(id),
                                    Optional.ofNullable(known.get(entry.row().address())),
                                    Optional.ofNullable(standing.get(id)),
                                    points.getOrDefault(id, 0L)),
                            zone,
                            english);
                })
                .toList();
    }

    private record Facts(boolean board, Optional<DeviceState> state, Optional<Standing> certificate, long points) {}

    private static Line line(DeviceEntry entry, Facts facts, ZoneId zone, boolean english) {
        DeviceKind kind = entry.row().kind();
        Optional<Instant> since = entry.retired().or(() -> facts.state().map(DeviceState::since));
        return new Line(
                entry.row().id().value(),
                entry.row().name(),
                english ? kind.english() : kind.chinese(),
                entry.place(),
                facts.board(),
                !entry.inService(),
                state(entry, facts),
                since.map(at -> TIME.format(at.atZone(zone))).orElse(""),
                facts.state()
                        .map(state -> TIME.format(state.heard().atZone(zone)))
                        .orElse(""),
                facts.state().map(DeviceState::software).orElse(""),
                facts.state()
                        .flatMap(DeviceState::status)
                        .map(status -> String.join("; ", status.faults()))
                        .orElse(""),
                facts.certificate()
                        .map(each -> each.profile().map(Enum::name).orElse("?"))
                        .orElse(""),
                facts.certificate()
                        .map(each -> TIME.format(each.issued().atZone(zone)))
                        .orElse(""),
                facts.certificate()
                        .map(each -> TIME.format(each.expires().atZone(zone)))
                        .orElse(""),
                facts.points());
    }

    private static String state(DeviceEntry entry, Facts facts) {
        if (!entry.inService()) {
            return "register.state.retired";
        }
        if (facts.board()) {
            return "register.state.board";
        }
        return facts.state()
                .map(state -> state.connected() ? "register.state.up" : "register.state.gone")
                .orElse("register.state.never");
    }

    Optional<Whole> whole(DeviceAddress device, boolean english) {
        CommunityId community = device.community();
        PolicyContent policy = policies.content(community, policies.newest(community));
        return book.entry(device)
                .map(entry -> new Whole(
                        lines(community, List.of(entry), english).get(0),
                        entry.row().kind(),
                        estate.points(device).stream()
                                .map(point -> point(point, policy, english))
                                .toList(),
                        tokens.of(device).map(token -> token(token, entry.row().name(), zone(community))),
                        outputs(device, policy, english)));
    }

    private List<OutputLine> outputs(DeviceAddress device, PolicyContent policy, boolean english) {
        List<PointRow> rows = estate.points(device);
        Set<PointId> burning = rows.stream()
                .map(row -> PointDefaults.configured(policy, row))
                .filter(point -> point.fire().zone() != 0)
                .map(PointRecord::point)
                .collect(Collectors.toSet());
        Map<PointId, String> names = rows.stream().collect(Collectors.toMap(PointRow::id, PointRow::name));
        return new WiringCheck(policy, rows, device.device())
                .wires().stream()
                        .filter(wire -> wire.direction() == WireDirection.OUTPUT
                                && wire.function().pulsedByOrder()
                                && !burning.contains(wire.point()))
                        .map(wire -> new OutputLine(
                                wire.io(),
                                wire.io() + " " + word(wire.function(), english) + " "
                                        + names.getOrDefault(wire.point(), "")))
                        .toList();
    }

    private static PointLine point(PointRow row, PolicyContent policy, boolean english) {
        PointRecord point = PointDefaults.configured(policy, row);
        return new PointLine(
                row.id().value(),
                row.name(),
                row.kind().name(),
                word(row.kind(), english),
                row.method().name(),
                area(policy, point.place().fromArea()),
                area(policy, point.place().toArea()));
    }

    private static String area(PolicyContent policy, int area) {
        return area == PointPlace.OUTSIDE
                ? ""
                : policy.find(new ItemKey(ItemKind.AREA, area))
                        .map(PolicyItem::name)
                        .orElse("? " + area);
    }

    static String word(Coded coded, boolean english) {
        return english ? coded.english() : coded.chinese();
    }
}
