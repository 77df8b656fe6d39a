package io.zhitong.controller.board;

import com.diozero.api.AnalogInputEvent;
import com.diozero.api.DeviceMode;
import com.diozero.api.DigitalInputEvent;
import com.diozero.api.GpioEventTrigger;
import com.diozero.api.GpioPullUpDown;
import com.diozero.api.PinInfo;
import com.diozero.api.RuntimeIOException;
import com.diozero.api.function.DeviceEventConsumer;
import com.diozero.internal.spi.AbstractDevice;
import com.diozero.internal.spi.AbstractDeviceFactory;
import com.diozero.internal.spi.AnalogInputDeviceFactoryInterface;
import com.diozero.internal.spi.AnalogInputDeviceInterface;
import com.diozero.internal.spi.GpioDeviceFactoryInterface;
import com.diozero.internal.spi.GpioDigitalInputDeviceInterface;
import com.diozero.internal.spi.GpioDigitalInputOutputDeviceInterface;
import com.diozero.internal.spi.GpioDigitalOutputDeviceInterface;
import com.diozero.sbc.BoardPinInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/** A machine with 32 pins and 8 measured channels that exists only here (模拟引脚). */
final class FakePins extends AbstractDeviceFactory
        implements GpioDeviceFactoryInterface, AnalogInputDeviceFactoryInterface {

    final Map<Integer, Boolean> levels = new ConcurrentHashMap<>();
    final Map<Integer, Float> parts = new ConcurrentHashMap<>();
    /** {@code PIN LEVEL} each time a pin was driven, its first level included. */
    final List<String> driven = new CopyOnWriteArrayList<>();

    final Set<Integer> pulledUp = new CopyOnWriteArraySet<>();
    private final BoardPinInfo pins = new BoardPinInfo();
    private volatile boolean broken;

    FakePins() {
        super("fake");
        for (int i = 0; i < 32; i++) {
            pins.addGpioPinInfo(i, i, PinInfo.DIGITAL_IN_OUT);
        }
        for (int i = 0; i < 8; i++) {
            pins.addAdcPinInfo(i, 32 + i, 3.3f);
        }
    }

    void broken(boolean now) {
        broken = now;
    }

    private <T> T working(T value) {
        if (broken) {
            throw new RuntimeIOException("planted");
        }
        return value;
    }

    @Override
    public String getName() {
        return "fake";
    }

    @Override
    public BoardPinInfo getBoardPinInfo() {
        return pins;
    }

    @Override
    public GpioDigitalInputDeviceInterface createDigitalInputDevice(
            String key, PinInfo pin, GpioPullUpDown pull, GpioEventTrigger trigger) {
        if (pull == GpioPullUpDown.PULL_UP) {
            pulledUp.add(pin.getDeviceNumber());
        }
        return new Input(key, pin.getDeviceNumber());
    }

    @Override
    public GpioDigitalOutputDeviceInterface createDigitalOutputDevice(String key, PinInfo pin, boolean initial) {
        Output output = new Output(key, pin.getDeviceNumber());
        output.setValue(initial);
        return output;
    }

    @Override
    public GpioDigitalInputOutputDeviceInterface createDigitalInputOutputDevice(
            String key, PinInfo pin, DeviceMode mode) {
        throw new UnsupportedOperationException("nobody asks for a pin that is both");
    }

    @Override
    public AnalogInputDeviceInterface createAnalogInputDevice(String key, PinInfo pin) {
        return new Channel(key, pin.getDeviceNumber());
    }

    private class Pin extends AbstractDevice {
        final int number;

        Pin(String key, int number) {
            super(key, FakePins.this);
            this.number = number;
        }

        public int getGpio() {
            return number;
        }

        public boolean getValue() {
            return working(levels.getOrDefault(number, pulledUp.contains(number)));
        }

        @Override
        protected void closeDevice() {
            levels.remove(number);
        }
    }

    private final class Input extends Pin implements GpioDigitalInputDeviceInterface {
        Input(String key, int number) {
            super(key, number);
        }

        @Override
        public void setDebounceTimeMillis(int millis) {}

        @Override
        public void setListener(DeviceEventConsumer<DigitalInputEvent> listener) {}

        @Override
        public void removeListener() {}
    }

    private final class Output extends Pin implements GpioDigitalOutputDeviceInterface {
        Output(String key, int number) {
            super(key, number);
        }

        @Override
        public void setValue(boolean value) {
            levels.put(number, working(value));
            driven.add(number + (value ? " 1" : " 0"));
        }
    }

    private final class Channel extends AbstractDevice implements AnalogInputDeviceInterface {
        private final int number;

        Channel(String key, int number) {
            super(key, FakePins.this);
            this.number = number;
        }

        @Override
        public int getAdcNumber() {
            return number;
        }

        @Override
        public float getValue() {
            return working(parts.getOrDefault(number, 1f));
        }

        @Override
        public void setListener(DeviceEventConsumer<AnalogInputEvent> listener) {}

        @Override
        public void removeListener() {}

        @Override
        protected void closeDevice() {
            parts.remove(number);
        }
    }
}
