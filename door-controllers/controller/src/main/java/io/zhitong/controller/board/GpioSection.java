package io.zhitong.controller.board;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Section {@code gpio} of the program's YAML file (GPIO 配置), docs/controller.md. Pins are counted as the board's maker counts its
 * GPIOs.
 *
 * @param inputs contacts to ground, pulled up by the pin itself
 * @param lines supervised lines, measured
 * @param adc what measures: {@code ""} for inputs of the board itself, else a converter on SPI such as {@code MCP3208}
 * @param outputs relays
 * @param heartbeat pin that changes with every sign of life, for a watchdog outside of the machine; -1 = none
 */
public record GpioSection(List<Input> inputs, List<Measured> lines, String adc, List<Output> outputs, int heartbeat) {

    private static final int MOST = 256;
    private static final int MOST_OHMS = 1_000_000;

    /** @param io number of the terminal, as in the list <i>wiring</i> */
    public record Input(int io, int pin) {}

    /**
     * @param channel of the converter
     * @param pullUpOhms the resistor between supply and channel; the line hangs between channel and ground
     */
    public record Measured(int io, int channel, int pullUpOhms) {}

    /** @param activeHigh whether a high level drives the relay */
    public record Output(int io, int pin, boolean activeHigh) {}

    public GpioSection {
        inputs = List.copyOf(inputs);
        lines = List.copyOf(lines);
        outputs = List.copyOf(outputs);
        Set<Integer> terminals = new HashSet<>();
        boolean twice = !Stream.concat(
                        inputs.stream().map(Input::io), lines.stream().map(Measured::io))
                .allMatch(terminals::add);
        Set<Integer> driven = new HashSet<>();
        Set<Integer> pins = new HashSet<>();
        boolean shared = !Stream.concat(
                        Stream.concat(
                                inputs.stream().map(Input::pin),
                                outputs.stream().map(Output::pin)),
                        Stream.of(heartbeat).filter(pin -> pin >= 0))
                .allMatch(pins::add);
        if (twice || shared || !outputs.stream().map(Output::io).allMatch(driven::add)) {
            throw new IllegalArgumentException("expected each terminal and each pin once");
        }
        if (lines.stream().anyMatch(line -> line.pullUpOhms() < 1 || line.pullUpOhms() > MOST_OHMS)
                || inputs.size() + lines.size() + outputs.size() > MOST) {
            throw new IllegalArgumentException("expected up to 256 terminals, pull-ups from 1 to 1000000 ohms");
        }
    }
}
