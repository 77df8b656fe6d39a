package io.zhitong.virtualcard.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What happened in the simulated building (楼宇动作记录), one JSON object a line: the world's own witness of what opened and of what readers
 * showed. Thread-safe.
 */
final class LineLog implements AutoCloseable {
    /** Bytes of the list that go into one frame. */
    private static final int MOST_ANSWERED = 60_000;

    private final Path file;
    private final FileChannel channel;

    LineLog(Path file) throws IOException {
        this.file = file;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        endLastLine();
    }

    /** A kill may have left half a line: the next one must not be glued to it. */
    private void endLastLine() throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (content.length > 0 && content[content.length - 1] != '\n') {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    /** @param object JSON without line breaks */
    synchronized void append(String object) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((object + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest, as many as one frame holds, as a JSON list, oldest first; a torn line is left out. */
    synchronized String asJson() {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.endsWith("}"))
                    .toList();
            int first = lines.size();
            int length = 0;
            while (first > 0 && length + bytes(lines.get(first - 1)) < MOST_ANSWERED) {
                first--;
                length += bytes(lines.get(first)) + 1;
            }
            return "[" + String.join(",", lines.subList(first, lines.size())) + "]";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
