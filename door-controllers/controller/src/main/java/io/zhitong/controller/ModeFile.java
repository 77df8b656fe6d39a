package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Modes that an operator commanded (人工模式): one line {@code point MODE} each, so that a lock-down is still a lock-down after a
 * power cut. Replaced as a whole and fsynced. Thread-safe.
 */
final class ModeFile {

    private final Path file;
    private final Map<Integer, PointMode> modes = new TreeMap<>();

    /** @throws EdgeException IO, CONFIG when the file is there and cannot be understood: starting unlocked would be worse */
    ModeFile(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            read();
        }
    }

    synchronized Optional<PointMode> of(PointId point) {
        return Optional.ofNullable(modes.get(point.value()));
    }

    /** Remembers the mode, or, with nothing, forgets it; on disk when it returns. */
    synchronized void put(PointId point, Optional<PointMode> mode) {
        mode.ifPresentOrElse(m -> modes.put(point.value(), m), () -> modes.remove(point.value()));
        write();
    }

    private void read() {
        try {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ");
                modes.put(Integer.parseInt(words[0]), PointMode.valueOf(words[1]));
            }
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot read " + file, e);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new EdgeException(EdgeFault.CONFIG, "expected lines 'point MODE' in " + file, e);
        }
    }

    private void write() {
        StringBuilder text = new StringBuilder();
        modes.forEach(
                (point, mode) -> text.append(point).append(' ').append(mode).append('\n'));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                channel.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot write " + file, e);
        }
    }
}
