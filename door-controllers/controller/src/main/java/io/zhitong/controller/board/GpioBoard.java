package io.zhitong.controller.board;

import com.diozero.api.AnalogInputDevice;
import com.diozero.api.DigitalInputDevice;
import com.diozero.api.DigitalOutputDevice;
import com.diozero.api.GpioEventTrigger;
import com.diozero.api.GpioPullUpDown;
import com.diozero.api.RuntimeIOException;
import com.diozero.devices.McpAdc;
import com.diozero.internal.spi.AnalogInputDeviceFactoryInterface;
import com.diozero.internal.spi.GpioDeviceFactoryInterface;
import com.diozero.internal.spi.NativeDeviceFactoryInterface;
import com.diozero.sbc.DeviceFactoryHelper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pins of the machine itself (GPIO 输入输出), by diozero. Inputs are read fifty times a second; outputs begin without current and fall
 * when the program does not feed. What happens to them when the program is killed is the hardware's: docs/controller.md.
 */
public final class GpioBoard implements Board {

    private static final Logger LOG = LoggerFactory.getLogger(GpioBoard.class);
    private static final int LOOK_MILLIS = 20;
    private static final int OPEN_OHMS = 1_000_000;
    /** A line that moves by less than this part of itself says nothing new. */
    private static final int PART = 32;

    /** Where pins come from; a fake in tests. */
    record Hardware(GpioDeviceFactoryInterface digital, AnalogInputDeviceFactoryInterface analog) {

        /** @throws RuntimeIOException when this machine has no pins */
        static Hardware found(String adc) {
            NativeDeviceFactoryInterface machine = DeviceFactoryHelper.getNativeDeviceFactory();
            return new Hardware(machine, adc.isBlank() ? machine : new McpAdc(McpAdc.Type.valueOf(adc), 0, 3.3f));
        }
    }

    /** What is read at a terminal, in ohms. */
    @FunctionalInterface
    private interface Reading {
        int ohms();
    }

    private final Listener listener;
    private final int watchMillis;
    private final Map<Integer, Reading> inputs = new TreeMap<>();
    private final Map<Integer, Integer> told = new HashMap<>();
    private final Map<Integer, DigitalOutputDevice> outputs = new TreeMap<>();
    private final Map<Integer, ScheduledFuture<?>> pulses = new HashMap<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Optional<DigitalOutputDevice> heartbeat;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "gpio");
        thread.setDaemon(true);
        return thread;
    });
    private long fed = System.nanoTime();
    private boolean lost;

    private GpioBoard(GpioSection section, Hardware hardware, Listener listener, int watchMillis) {
        this.listener = listener;
        this.watchMillis = watchMillis;
        section.outputs()
                .forEach(output ->
                        outputs.put(output.io(), output(hardware.digital(), output.pin(), output.activeHigh())));
        heartbeat = section.heartbeat() < 0
                ? Optional.empty()
                : Optional.of(output(hardware.digital(), section.heartbeat(), true));
        section.inputs().forEach(input -> inputs.put(input.io(), contact(hardware.digital(), input.pin())));
        section.lines().forEach(line -> inputs.put(line.io(), line(hardware.analog(), line)));
    }

    /** @throws RuntimeIOException when the machine has none of these pins */
    public static GpioBoard open(GpioSection section, Listener listener) {
        return open(section, Hardware.found(section.adc()), listener, WATCH_MILLIS);
    }

    static GpioBoard open(GpioSection section, Hardware hardware, Listener listener, int watchMillis) {
        GpioBoard board = new GpioBoard(section, hardware, listener, watchMillis);
        board.timer.scheduleWithFixedDelay(board::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return board;
    }

    private DigitalOutputDevice output(GpioDeviceFactoryInterface factory, int pin, boolean activeHigh) {
        return kept(new DigitalOutputDevice(factory, pin, activeHigh, false));
    }

    private Reading contact(GpioDeviceFactoryInterface factory, int pin) {
        DigitalInputDevice device =
                kept(new DigitalInputDevice(factory, pin, GpioPullUpDown.PULL_UP, GpioEventTrigger.NONE));
        return () -> device.getValue() ? OPEN_OHMS : 0;
    }

    private Reading line(AnalogInputDeviceFactoryInterface factory, GpioSection.Measured line) {
        AnalogInputDevice device = kept(new AnalogInputDevice(factory, line.channel()));
        return () -> {
            double part = Math.max(0, device.getUnscaledValue());
            return part >= 1 ? OPEN_OHMS : (int) Math.min(OPEN_OHMS, Math.round(line.pullUpOhms() * part / (1 - part)));
        };
    }

    private <T extends AutoCloseable> T kept(T device) {
        opened.add(device);
        return device;
    }

    /** The edge to the hardware: whatever a pin throws, the next look comes. */
    private void look() {
        try {
            synchronized (this) {
                starved();
                inputs.forEach(this::read);
            }
            if (lost) {
                lost = false;
                listener.back();
            }
        } catch (RuntimeIOException e) {
            gone(e);
        }
    }

    private void gone(RuntimeIOException e) {
        if (!lost) {
            lost = true;
            LOG.warn("the pins do not answer: {}", e.getMessage());
            told.clear();
            listener.lost();
        }
    }

    private void read(int io, Reading reading) {
        int ohms = reading.ohms();
        Integer before = told.get(io);
        if (before == null || Math.abs(ohms - before) > Math.min(ohms, before) / PART) {
            told.put(io, ohms);
            listener.reading(io, ohms);
        }
    }

    private void starved() {
        if (System.nanoTime() - fed > TimeUnit.MILLISECONDS.toNanos(watchMillis)) {
            outputs.keySet().forEach(io -> set(io, false));
        }
    }

    @Override
    public synchronized void write(int io, boolean current, int millis) {
        if (!outputs.containsKey(io)) {
            LOG.warn("no pin is terminal {}: see section 'gpio'", io);
            return;
        }
        set(io, current);
        if (millis > 0) {
            pulses.put(io, timer.schedule(() -> over(io, !current), millis, TimeUnit.MILLISECONDS));
        }
    }

    private synchronized void over(int io, boolean current) {
        set(io, current);
    }

    private void set(int io, boolean current) {
        ScheduledFuture<?> running = pulses.remove(io);
        if (running != null) {
            running.cancel(false);
        }
        DigitalOutputDevice output = outputs.get(io);
        if (output != null) {
            output.setOn(current);
        }
    }

    @Override
    public synchronized void feed() {
        fed = System.nanoTime();
        heartbeat.ifPresent(DigitalOutputDevice::toggle);
    }

    /** Outputs fall. */
    @Override
    public synchronized void close() {
        timer.shutdownNow();
        outputs.keySet().forEach(io -> set(io, false));
        opened.forEach(GpioBoard::close);
    }

    private static void close(AutoCloseable device) {
        if (device instanceof com.diozero.api.DeviceInterface pin) {
            pin.close();
        }
    }
}
