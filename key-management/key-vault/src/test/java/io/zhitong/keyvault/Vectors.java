package io.zhitong.keyvault;

import io.zhitong.smcrypto.Hex;
import java.io.File;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Cases of the SM4 purse vectors, which were made by code that is not this project's. */
public final class Vectors {
    private Vectors() {}

    public static List<JsonNode> ofKind(String kind) {
        File file = new File(System.getProperty("zhitong.root"), "test-vectors/purse-sm4.json");
        List<JsonNode> cases = StreamSupport.stream(
                        new ObjectMapper().readTree(file).get("cases").spliterator(), false)
                .filter(one -> kind.equals(one.get("kind").asString()))
                .toList();
        if (cases.isEmpty()) {
            throw new IllegalStateException("no case of kind " + kind + " in " + file);
        }
        return cases;
    }

    public static byte[] hex(JsonNode one, String field) {
        return Hex.parse(one.get(field).asString());
    }
}
