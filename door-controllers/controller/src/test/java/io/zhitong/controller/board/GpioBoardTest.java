package io.zhitong.controller.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.diozero.api.RuntimeIOException;
import io.zhitong.controller.Soon;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pins of a machine that exists only in the test, driven through diozero as those of a real one. */
class GpioBoardTest extends BoardConformance {

    private static final int PULL_UP = 2_200;
    /** Not the two seconds of the field: the suite waits for it. */
    private static final int WATCH_MILLIS = 700;

    private final FakePins pins = new FakePins();

    @Override
    Board open(Board.Listener listener) {
        turn(3, 0);
        turn(4, 1_000);
        return GpioBoard.open(section(7), new GpioBoard.Hardware(pins, pins), listener, WATCH_MILLIS);
    }

    private static GpioSection section(int heartbeat) {
        return new GpioSection(
                List.of(new GpioSection.Input(3, 17)),
                List.of(new GpioSection.Measured(4, 0, PULL_UP)),
                "",
                List.of(new GpioSection.Output(1, 20, true), new GpioSection.Output(2, 21, false)),
                heartbeat);
    }

    @Override
    void turn(int io, int ohms) {
        if (io == 3) {
            pins.levels.put(17, ohms > 0);
        } else {
            pins.parts.put(0, ohms / (float) (ohms + PULL_UP));
        }
    }

    /** Relay 2 is driven by a low level. */
    @Override
    boolean current(int io) {
        return io == 1 ? pins.levels.getOrDefault(20, false) : !pins.levels.getOrDefault(21, true);
    }

    @Override
    void unplug() {
        pins.broken(false);
    }

    @Test
    void first_level_of_every_output_is_the_one_without_current() {
        assertTrue(pins.driven.indexOf("20 0") >= 0 && !pins.driven.contains("20 1"));
        assertTrue(pins.driven.indexOf("21 1") >= 0 && !pins.driven.contains("21 0"));
    }

    @Test
    void contact_is_pulled_up_so_that_a_wire_that_came_off_reads_open() {
        assertTrue(pins.pulledUp.contains(17));
        pins.levels.remove(17);
        awaits("is 3 1000000");
    }

    @Test
    void heartbeat_changes_with_each_sign_of_life_and_stands_still_without() {
        fed(() -> Soon.holds(() -> pins.driven.containsAll(List.of("7 1", "7 0")) && signs() > 3, () -> pins.driven));
        long signs = signs();
        Soon.holds(() -> pins.driven.contains("20 0"), () -> pins.driven);
        assertEquals(signs, signs());
    }

    private long signs() {
        return pins.driven.stream().filter(each -> each.startsWith("7 ")).count();
    }

    @Test
    void line_that_wavers_by_a_little_is_no_news() {
        turn(4, 1_010);
        turn(4, 3_200);
        awaits("is 4 3200");
        assertEquals(
                List.of("is 4 1000", "is 4 3200"),
                heard.told.stream().filter(each -> each.startsWith("is 4")).toList());
    }

    @Test
    void pins_that_fail_are_lost_once_and_all_inputs_are_told_anew_when_they_are_back() {
        pins.broken(true);
        awaits("lost");
        heard.told.clear();
        pins.broken(false);
        awaits("back");
        awaits("is 3 0");
        awaits("is 4 1000");
        assertFalse(heard.told.contains("lost"));
    }

    @Test
    void terminal_without_a_pin_is_left_alone() {
        fed(() -> {
            board.write(99, true, 0);
            board.write(1, true, 0);
            Soon.holds(() -> current(1), () -> pins.driven);
        });
    }

    @Test
    void machine_without_the_pin_is_refused() {
        GpioSection elsewhere =
                new GpioSection(List.of(), List.of(), "", List.of(new GpioSection.Output(1, 77, true)), -1);
        GpioBoard.Hardware hardware = new GpioBoard.Hardware(new FakePins(), new FakePins());
        assertThrows(RuntimeIOException.class, () -> GpioBoard.open(elsewhere, hardware, heard, WATCH_MILLIS));
    }

    @Test
    void terminal_or_pin_named_twice_is_refused() {
        GpioSection.Output one = new GpioSection.Output(1, 5, true);
        assertThrows(
                IllegalArgumentException.class,
                () -> new GpioSection(List.of(), List.of(), "", List.of(one, new GpioSection.Output(1, 6, true)), -1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new GpioSection(List.of(new GpioSection.Input(9, 5)), List.of(), "", List.of(one), -1));
        assertThrows(IllegalArgumentException.class, () -> new GpioSection(List.of(), List.of(), "", List.of(one), 5));
        assertThrows(
                IllegalArgumentException.class,
                () -> new GpioSection(List.of(), List.of(new GpioSection.Measured(1, 0, 0)), "", List.of(), -1));
    }
}
