package io.zhitong.cardspec;

import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the vector files of the folder test-vectors. */
final class Vectors {
    private Vectors() {}

    static JsonNode file(String name) {
        Path path = Path.of(System.getProperty("zhitong.root"), "test-vectors", name);
        try {
            return JsonMapper.builder().build().readTree(Files.readString(path));
        } catch (IOException e) {
            throw new IllegalStateException("expected the vector file " + path, e);
        }
    }

    static List<JsonNode> cases(String file, String kind) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode one : file(file).get("cases")) {
            if (one.get("kind").asString().equals(kind)) {
                found.add(one);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("expected cases of kind " + kind + " in " + file);
        }
        return found;
    }

    static byte[] hex(JsonNode node, String field) {
        return Hex.parse(node.get(field).asString());
    }

    static int u16(JsonNode node, String field) {
        return Integer.parseInt(node.get(field).asString(), 16);
    }
}
