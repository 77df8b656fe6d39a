package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.controller.board.Board;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Presented;
import io.zhitong.edge.installer.Text;
import io.zhitong.edge.installer.Workbench;
import io.zhitong.points.LineState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What was seen at the doors since the start, for who puts them into service (调试记录): it looks on at what the board tells and what
 * readers bring, and changes nothing of it. Thread-safe.
 */
final class Commissioning implements Workbench {

    private static final int MOST_CARDS = 20;
    private static final int CREDENTIAL_BITS = 64;
    private static final int SHOWN_DIGITS = 4;
    private static final Text UNREAD = new Text("未读到", "not read yet");

    private final Supplier<DoorPolicy> policy;
    private final Consumer<PointId> release;
    private final Map<PointId, String> readers = new HashMap<>();
    private final Map<Integer, Integer> readings = new HashMap<>();
    private final Map<Integer, Set<LineState>> seen = new HashMap<>();
    private final Set<PointId> clicked = new HashSet<>();
    private final Set<PointId> carded = new HashSet<>();
    private final Deque<Text> cards = new ArrayDeque<>();

    Commissioning(Supplier<DoorPolicy> policy, Consumer<PointId> release, List<DoorSetup> doors) {
        this.policy = policy;
        this.release = release;
        doors.forEach(door -> readers.put(door.point(), door.reader()));
    }

    /** Between the board and who listens to it. */
    Board.Listener heard(Board.Listener listener) {
        return new Board.Listener() {
            @Override
            public void reading(int io, int ohms) {
                listener.reading(io, ohms);
                read(io, ohms);
            }

            @Override
            public void typed(int point, String digits) {
                listener.typed(point, digits);
            }

            @Override
            public void lost() {
                listener.lost();
            }

            @Override
            public void back() {
                listener.back();
            }
        };
    }

    /** Between a reader and its door. */
    Taps seen(Taps door) {
        return new Taps() {
            @Override
            public PointId id() {
                return door.id();
            }

            @Override
            public Decision shown(Shown shown) {
                Decision decision = door.shown(shown);
                card(door.id(), shown, decision);
                return decision;
            }
        };
    }

    private synchronized void read(int io, int ohms) {
        readings.put(io, ohms);
        policy.get().wiring().stream()
                .filter(wire -> wire.io() == io && wire.direction() == WireDirection.INPUT)
                .map(wire -> Terminals.limits(wire).read(Math.max(0, ohms)))
                .forEach(state -> seen.computeIfAbsent(io, none -> EnumSet.noneOf(LineState.class))
                        .add(state));
    }

    private synchronized void card(PointId point, Shown shown, Decision decision) {
        carded.add(point);
        cards.addFirst(said(point, shown, decision));
        if (cards.size() > MOST_CARDS) {
            cards.removeLast();
        }
    }

    /** Of a credential only its end: an installer's list is no register of who passed. */
    private static Text said(PointId point, Shown shown, Decision decision) {
        Text outcome = decision instanceof Decision.Deny deny
                ? new Text(
                        "拒绝 " + deny.reason().chinese(),
                        "denied, " + deny.reason().english())
                : new Text("允许", "granted");
        if (shown.presented() instanceof Presented.Genuine genuine) {
            String number = genuine.credential().toString();
            String end = number.substring(number.length() - SHOWN_DIGITS);
            String key = genuine.certificate() == Presented.Genuine.NO_CERTIFICATE
                    ? "–"
                    : Integer.toString(genuine.certificate());
            return new Text(
                    "门点 " + point.value() + ":" + CREDENTIAL_BITS + " 位,尾号 " + end + ","
                            + genuine.method().chinese() + ",密钥(证书)版本 " + key + ","
                            + outcome.chinese(),
                    "point " + point.value() + ": " + CREDENTIAL_BITS + " bits ending in " + end + ", "
                            + genuine.method().english() + ", key (certificate) version " + key + ", "
                            + outcome.english());
        }
        String why = shown.log().isBlank() ? "" : " (" + shown.log() + ")";
        return new Text(
                "门点 " + point.value() + ":" + outcome.chinese() + why,
                "point " + point.value() + ": " + outcome.english() + why);
    }

    @Override
    public synchronized List<PointView> points() {
        DoorPolicy now = policy.get();
        List<PointView> views = new ArrayList<>();
        now.points().stream()
                .sorted((a, b) -> Integer.compare(a.point().value(), b.point().value()))
                .forEach(point -> views.add(view(point, now)));
        return views;
    }

    private PointView view(PointRecord point, DoorPolicy now) {
        PointId id = point.point();
        return new PointView(
                id.value(),
                point.name(),
                Optional.ofNullable(readers.get(id)).orElse(""),
                point.fire().zone(),
                now.wiring().stream().anyMatch(wire -> fireContact(wire, point)),
                clicked.contains(id),
                carded.contains(id),
                now.wiring().stream()
                        .filter(wire -> wire.direction() == WireDirection.INPUT)
                        .filter(wire -> wire.point().equals(id) || fireContact(wire, point))
                        .map(this::line)
                        .toList());
    }

    private static boolean fireContact(WiringRecord wire, PointRecord point) {
        return point.fire().contactInput() != 0
                && wire.io() == point.fire().contactInput()
                && wire.direction() == WireDirection.INPUT
                && wire.function() == WireFunction.FIRE_CONTACT;
    }

    private LineView line(WiringRecord wire) {
        Set<LineState> states = seen.getOrDefault(wire.io(), Set.of());
        Integer ohms = readings.get(wire.io());
        return new LineView(
                wire.io(),
                new Text(wire.function().chinese(), wire.function().english()),
                ohms == null ? UNREAD : text(Terminals.limits(wire).read(Math.max(0, ohms))),
                states.contains(LineState.NORMAL),
                states.contains(LineState.ACTIVE));
    }

    private static Text text(LineState state) {
        return new Text(state.chinese(), state.english());
    }

    @Override
    public void click(int point) {
        PointId id = new PointId(point);
        synchronized (this) {
            if (policy.get().rules().point(id).isEmpty()) {
                return;
            }
            clicked.add(id);
        }
        release.accept(id);
    }

    @Override
    public synchronized List<Text> cards() {
        return List.copyOf(cards);
    }
}
