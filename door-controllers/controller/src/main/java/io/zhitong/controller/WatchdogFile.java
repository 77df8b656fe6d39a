package io.zhitong.controller;

import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The machine's own watchdog (系统看门狗), a device like {@code /dev/watchdog}: fed by any byte, disarmed by {@code V} when the program
 * stops as it should.
 */
final class WatchdogFile implements AutoCloseable {

    private final OutputStream device;

    /** @throws EdgeException CONFIG when it cannot be opened */
    WatchdogFile(Path file) {
        try {
            device = new FileOutputStream(file.toFile(), true);
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.CONFIG, "expected a watchdog that can be written at " + file, e);
        }
    }

    void feed() {
        write('1');
    }

    private void write(char food) {
        try {
            device.write(food);
            device.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the watchdog takes no food", e);
        }
    }

    @Override
    public void close() {
        write('V');
        try {
            device.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the watchdog does not close", e);
        }
    }
}
