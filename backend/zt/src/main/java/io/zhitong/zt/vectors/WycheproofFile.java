package io.zhitong.zt.vectors;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm3;
import io.zhitong.smcrypto.Sm4Aead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A file of Project Wycheproof (Wycheproof 测试向量): {@code algorithm}, {@code numberOfTests} and {@code testGroups} with
 * sizes in bits and {@code tests}, each with a result. A valid test must be reached both ways, an invalid one refused, an
 * acceptable one refused or reached. Source: its schemas aead_test_schema and mac_test_schema.
 */
final class WycheproofFile {
    private static final int BITS = 8;
    private static final Set<String> RESULTS = Set.of("valid", "invalid", "acceptable");

    /** Whether the algorithm reached the test's values; empty when it refused them. */
    @FunctionalInterface
    private interface Algorithm {
        Optional<byte[]> differing(Fields group, Fields test);
    }

    private static final Map<String, Algorithm> ALGORITHMS = Map.of(
            "SM4-GCM", (group, test) -> aead(Sm4Aead.GCM, group, test),
            "SM4-CCM", (group, test) -> aead(Sm4Aead.CCM, group, test),
            "HMACSM3", WycheproofFile::hmac);

    private final String name;
    private final String label;
    private final Algorithm algorithm;
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> passed = new TreeMap<>();
    private int count;

    private WycheproofFile(String name, String label, Algorithm algorithm) {
        this.name = name;
        this.label = label;
        this.algorithm = algorithm;
    }

    /** @throws BadVector for an unknown algorithm, a missing field above the tests, or another number of tests than named */
    static VectorReport check(String name, Fields root) {
        String label = root.text("algorithm");
        Algorithm algorithm = ALGORITHMS.get(label);
        if (algorithm == null) {
            throw new BadVector("unknown algorithm, expected one of HMACSM3, SM4-CCM, SM4-GCM");
        }
        var file = new WycheproofFile(name, label, algorithm);
        List<JsonNode> groups = root.objects("testGroups");
        for (int i = 0; i < groups.size(); i++) {
            String path = "testGroups[" + i + "]";
            Fields group = new Fields(path, groups.get(i));
            for (JsonNode test : group.objects("tests")) {
                file.one(group, new Fields("", test));
            }
        }
        if (file.count != root.number("numberOfTests")) {
            throw new BadVector("numberOfTests is " + root.number("numberOfTests") + ", the file has " + file.count);
        }
        return new VectorReport(name, file.count, file.passed, file.failures);
    }

    private void one(Fields group, Fields test) {
        count++;
        String which = "no tcId";
        try {
            which = "tcId " + test.number("tcId");
            String result = test.text("result");
            if (!RESULTS.contains(result)) {
                throw new BadVector("result must be valid, invalid or acceptable");
            }
            judge(result, algorithm.differing(group, test));
            passed.merge(label + " " + result, 1, Integer::sum);
        } catch (BadVector e) {
            failures.add(name + " case " + count + " (" + label + ", " + which + "): " + e.getMessage());
        }
    }

    /** @param differing no bytes: all reached; bytes: computed instead; empty: refused */
    private static void judge(String result, Optional<byte[]> differing) {
        boolean reached = differing.isPresent() && differing.get().length == 0;
        if (result.equals("valid") && !reached) {
            throw new BadVector("is valid, but "
                    + differing.map(d -> "computed " + Hex.of(d)).orElse("was refused"));
        }
        if (result.equals("invalid") && reached) {
            throw new BadVector("is invalid, but was accepted");
        }
    }

    private static Optional<byte[]> aead(Sm4Aead mode, Fields group, Fields test) {
        byte[] key = sized(group, "keySize", test, "key");
        byte[] iv = sized(group, "ivSize", test, "iv");
        byte[] tag = sized(group, "tagSize", test, "tag");
        byte[] aad = test.hex("aad");
        byte[] message = test.hex("msg");
        byte[] sealed = new ByteWriter().bytes(test.hex("ct")).bytes(tag).toByteArray();
        try {
            byte[] opened = mode.open(key, iv, aad, sealed, tag.length);
            if (!Arrays.equals(opened, message)) {
                return Optional.of(opened);
            }
            byte[] again = mode.seal(key, iv, aad, message, tag.length);
            return Optional.of(Arrays.equals(again, sealed) ? new byte[0] : again);
        } catch (MalformedInput | IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> hmac(Fields group, Fields test) {
        byte[] key = sized(group, "keySize", test, "key");
        byte[] tag = sized(group, "tagSize", test, "tag");
        byte[] mac = Sm3.hmac(key, test.hex("msg"));
        if (tag.length == 0 || tag.length > mac.length) {
            return Optional.empty();
        }
        byte[] left = Arrays.copyOf(mac, tag.length);
        return Optional.of(Arrays.equals(left, tag) ? new byte[0] : left);
    }

    private static byte[] sized(Fields group, String size, Fields test, String field) {
        byte[] bytes = test.hex(field);
        if (group.number(size) != (long) BITS * bytes.length) {
            throw new BadVector(
                    field + " has " + BITS * bytes.length + " bits, the group's " + size + " is " + group.number(size));
        }
        return bytes;
    }
}
