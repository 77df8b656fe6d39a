package io.zhitong.controller;

import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.controller.board.TcpBoard;
import io.zhitong.edge.Health;
import io.zhitong.points.DoorConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Doors behind a board on TCP: point 1 with button, contact and a strike, point 2 with a magnet, both in one fire zone. As a
 * program of its own it runs until it is killed.
 */
final class SiteUnderTest {

    static final int BUTTON = 11;
    static final int CONTACT = 12;
    static final int FIRE = 13;
    static final int ALARM = 14;
    static final int STRIKE = 21;
    static final int MAGNET = 22;
    static final int SIREN = 23;

    private SiteUnderTest() {}

    static TestLists lists() {
        TestLists lists = new TestLists();
        lists.points(
                TestLists.door(TestLists.GATE).with(new FireSafety(1, FIRE, true, LockKind.FAIL_SECURE)),
                TestLists.door(TestLists.GARAGE).with(new FireSafety(1, 0, true, LockKind.FAIL_SAFE)));
        lists.wires(
                TestLists.in(BUTTON, TestLists.GATE, WireFunction.EXIT_BUTTON),
                TestLists.in(CONTACT, TestLists.GATE, WireFunction.CONTACT),
                TestLists.in(FIRE, TestLists.GATE, WireFunction.FIRE_CONTACT),
                TestLists.in(ALARM, PointId.DEVICE, WireFunction.ALARM_INPUT),
                TestLists.out(STRIKE, TestLists.GATE, WireFunction.LOCK),
                TestLists.out(MAGNET, TestLists.GARAGE, WireFunction.LOCK),
                TestLists.out(SIREN, TestLists.GATE, WireFunction.SIREN));
        return lists;
    }

    static Site open(int port, DoorRecords records, Relay otherwise) {
        return open(lists().policy(), port, records, otherwise);
    }

    static Site open(DoorPolicy policy, int port, DoorRecords records, Relay otherwise) {
        return open(policy, port, records, otherwise, (point, decision, why) -> {});
    }

    static Site open(DoorPolicy policy, int port, DoorRecords records, Relay otherwise, DecisionListener told) {
        return new Site(new Site.Parts(
                () -> policy,
                records,
                otherwise,
                new MonotonicClock(),
                new UseCounts(new PointMemory(new Memories())),
                new PointMemory(new Memories()),
                () -> 0,
                new Health(),
                listener -> TcpBoard.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), listener),
                () -> {},
                told));
    }

    /** @param arguments port of the board */
    public static void main(String... arguments) {
        Happened happened = new Happened();
        Site site = open(Integer.parseInt(arguments[0]), happened, happened);
        site.add(new DoorSetup(
                TestLists.GATE, "", io.zhitong.accessmodel.AccessMethod.SEALED, DoorConfig.withoutContact()));
        site.start();
    }

    /** Time that goes on. */
    private static final class MonotonicClock implements DoorClock {
        @Override
        public java.time.Instant now() {
            return java.time.Instant.now();
        }

        @Override
        public io.zhitong.accessmodel.ClockQuality quality() {
            return io.zhitong.accessmodel.ClockQuality.SYNCHRONISED;
        }

        @Override
        public long monotonicMillis() {
            return System.nanoTime() / 1_000_000;
        }
    }
}
