package io.zhitong.cos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of {@code test-vectors/}. */
final class Vectors {
    private Vectors() {}

    static JsonNode file(String name) {
        Path path = Path.of(System.getProperty("zhitong.root"), "test-vectors", name);
        try {
            return JsonMapper.builder().build().readTree(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> cases(String name) {
        List<JsonNode> cases = new ArrayList<>();
        file(name).get("cases").forEach(cases::add);
        return cases;
    }

    static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }
}
