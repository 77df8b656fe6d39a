package io.zhitong.virtualcard.world;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where each card lies (卡片位置), {@code world.json}: an object reader → card, replaced as a whole. */
final class WorldFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    WorldFile(Path directory) {
        this.file = directory.resolve("world.json");
    }

    Map<String, String> read() throws IOException {
        Map<String, String> lying = new TreeMap<>();
        if (!Files.exists(file)) {
            return lying;
        }
        try {
            JsonNode readers = JSON.readTree(Files.readAllBytes(file));
            readers.propertyNames().forEach(r -> lying.put(r, readers.get(r).asString()));
            return lying;
        } catch (JacksonException e) {
            throw new IOException("expected an object reader to card in " + file + ", found something else", e);
        }
    }

    void write(Map<String, String> lying) throws IOException {
        Path draft = file.resolveSibling("world.json.new");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(lying));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
