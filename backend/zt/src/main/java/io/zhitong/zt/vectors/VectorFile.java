package io.zhitong.zt.vectors;

import io.zhitong.smcrypto.MalformedInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file of test vectors (测试向量文件): a JSON object with a list {@code cases}, each with a {@code kind}; a file of
 * access vectors has besides the keys, points and certificates that its cases share. A file of traces of bought cards has
 * lists {@code vectors} and {@code traces_without_keys} instead, whose entries' fields tell their kind; {@link WycheproofFile}
 * reads the third form.
 */
final class VectorFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private VectorFile() {}

    /**
     * Runs every case.
     *
     * @throws BadVector when the file itself cannot be read as vectors
     */
    static VectorReport check(Path file) {
        Fields root = new Fields("", parse(file));
        String name = file.getFileName().toString();
        if (root.has("testGroups")) {
            return WycheproofFile.check(name, root);
        }
        if (root.has("vectors")) {
            List<JsonNode> entries = new ArrayList<>(root.objects("vectors"));
            entries.addAll(root.objects("traces_without_keys"));
            root.end();
            return run(name, entries, BoughtTraces::kind, BoughtTraces.KINDS);
        }
        List<JsonNode> cases = root.objects("cases");
        Map<String, CaseCheck> kinds = new TreeMap<>(PurseKinds.ALL);
        kinds.putAll(SmKinds.ALL);
        if (root.has("fci")) {
            kinds.putAll(AccessKinds.of(AccessSetting.read(root)));
        }
        root.end();
        return run(name, cases, vector -> vector.text("kind"), kinds);
    }

    private static JsonNode parse(Path file) {
        try {
            return JSON.readTree(file);
        } catch (JacksonException e) {
            throw new BadVector(file + " is not readable as JSON: " + e.getOriginalMessage());
        }
    }

    private static VectorReport run(
            String name, List<JsonNode> cases, Function<Fields, String> kindOf, Map<String, CaseCheck> kinds) {
        List<String> failures = new ArrayList<>();
        Map<String, Integer> passed = new TreeMap<>();
        for (int i = 0; i < cases.size(); i++) {
            String kind = "no kind";
            try {
                Fields vector = new Fields("", cases.get(i));
                kind = kindOf.apply(vector);
                checkOne(vector, kind, kinds);
                passed.merge(kind, 1, Integer::sum);
            } catch (BadVector | MalformedInput | IllegalArgumentException e) {
                failures.add(name + " case " + (i + 1) + " (" + kind + "): " + e.getMessage());
            }
        }
        return new VectorReport(name, cases.size(), passed, failures);
    }

    private static void checkOne(Fields vector, String kind, Map<String, CaseCheck> kinds) {
        CaseCheck check = kinds.get(kind);
        if (check == null) {
            throw new BadVector("unknown kind, expected one of " + String.join(", ", kinds.keySet()));
        }
        check.check(vector);
        vector.end();
    }
}
