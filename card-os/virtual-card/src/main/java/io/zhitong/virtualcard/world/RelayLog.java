package io.zhitong.virtualcard.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;

/**
 * Relay pulses of the simulated building (继电器动作记录), appended to {@code relays.jsonl}, one object a line: the world's own
 * witness of what opened. Thread-safe.
 */
final class RelayLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final InstantSource clock;

    RelayLog(Path directory, InstantSource clock) throws IOException {
        this.file = directory.resolve("relays.jsonl");
        this.clock = clock;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    synchronized void pulse(long device, int point, int pulseMillis) {
        String line = "{\"device\":" + device + ",\"point\":" + point + ",\"pulseMillis\":" + pulseMillis + ",\"at\":"
                + clock.millis() + "}\n";
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All pulses as a JSON list, oldest first; a line that a kill cut short is left out. */
    synchronized String asJson() {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return "["
                    + String.join(
                            ",", lines.stream().filter(l -> l.endsWith("}")).toList()) + "]";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
