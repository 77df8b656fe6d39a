package io.zhitong.cardterminal;

import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vector files of test-vectors/. */
final class Vectors {
    private Vectors() {}

    static JsonNode file(String name) {
        try {
            return JsonMapper.shared()
                    .readTree(Files.readString(Path.of(System.getProperty("zhitong.root"), "test-vectors", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> cases(String file, String kind) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode each : file(file).get("cases")) {
            if (each.get("kind").asString().equals(kind)) {
                found.add(each);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("no case of kind " + kind);
        }
        return found;
    }

    static byte[] hex(JsonNode node, String field) {
        return Hex.parse(node.get(field).asString());
    }
}
