package io.zhitong.edge.installer;

import java.util.List;

/** What a program lets an installer see and do (安装工作台). Thread-safe. */
public interface Workbench {

    /** Its points, in the order of their numbers. */
    List<PointView> points();

    /** Releases the lock of a point once. */
    void click(int point);

    /** What was shown to its readers lately, newest first. */
    List<Text> cards();

    /** Of a program that has nothing to be seen. */
    static Workbench none() {
        return new Workbench() {
            @Override
            public List<PointView> points() {
                return List.of();
            }

            @Override
            public void click(int point) {}

            @Override
            public List<Text> cards() {
                return List.of();
            }
        };
    }

    /**
     * One point.
     *
     * @param reader its name, empty = none
     * @param fireZone 0 = none
     * @param fireContact whether a fire contact of its own is wired
     * @param clicked whether its lock was released from this page
     * @param carded whether a card was shown to its reader since the start
     */
    record PointView(
            int number,
            String name,
            String reader,
            int fireZone,
            boolean fireContact,
            boolean clicked,
            boolean carded,
            List<LineView> lines) {
        public PointView {
            lines = List.copyOf(lines);
        }
    }

    /**
     * One input line.
     *
     * @param state how it reads now
     * @param rested whether it was seen at rest since the start
     * @param acted whether it was seen active since the start
     */
    record LineView(int terminal, Text function, Text state, boolean rested, boolean acted) {}
}
