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
    /** Characters of the list, all of them ASCII, that go into one frame. */
    private static final int MOST_ANSWERED = 60_000;

    private final Path file;
    private final FileChannel channel;
    private final InstantSource clock;

    RelayLog(Path directory, InstantSource clock) throws IOException {
        this.file = directory.resolve("relays.jsonl");
        this.clock = clock;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        endLastLine();
    }

    /** A kill may have left half a line: the next pulse must not be glued to it. */
    private void endLastLine() throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (content.length > 0 && content[content.length - 1] != '\n') {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
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

    /** The newest pulses, as many as one frame holds, as a JSON list, oldest first; a torn line is left out. */
    synchronized String asJson() {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.endsWith("}"))
                    .toList();
            int first = lines.size();
            int length = 0;
            while (first > 0 && length + lines.get(first - 1).length() < MOST_ANSWERED) {
                first--;
                length += lines.get(first).length() + 1;
            }
            return "[" + String.join(",", lines.subList(first, lines.size())) + "]";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
