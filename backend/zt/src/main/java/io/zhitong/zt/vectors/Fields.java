package io.zhitong.zt.vectors;

import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Strict reading of one JSON object of a vector file: every field asked for must be there with the right form, and
 * {@link #end()} refuses fields nobody asked for, so that a misspelt expectation cannot pass unread.
 */
final class Fields {
    private static final Set<String> REMARKS = Set.of("id", "note", "source", "caveat");

    private final String path;
    private final JsonNode node;
    private final Set<String> unread = new TreeSet<>();

    Fields(String path, JsonNode node) {
        if (!node.isObject()) {
            throw new BadVector((path.isEmpty() ? "the file" : path) + " must be a JSON object");
        }
        this.path = path;
        this.node = node;
        unread.addAll(node.propertyNames());
        unread.removeAll(REMARKS);
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text(String name) {
        JsonNode value = field(name);
        if (!value.isString()) {
            throw new BadVector(at(name) + " must be a string");
        }
        return value.stringValue();
    }

    /** Hex of any length. */
    byte[] hex(String name) {
        return decode(name, text(name));
    }

    /** Hex of exactly {@code length} bytes. */
    byte[] hex(String name, int length) {
        byte[] bytes = hex(name);
        if (bytes.length != length) {
            throw new BadVector(at(name) + " must have " + length + " bytes, has " + bytes.length);
        }
        return bytes;
    }

    /** Hex of whole blocks of 16 bytes. */
    byte[] blocks(String name) {
        byte[] bytes = hex(name);
        if (bytes.length % 16 != 0) {
            throw new BadVector(at(name) + " must have whole blocks of 16 bytes, has " + bytes.length + " bytes");
        }
        return bytes;
    }

    /** An integer 0 … 2³²−1. */
    long number(String name) {
        JsonNode value = field(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() >>> 32 != 0) {
            throw new BadVector(at(name) + " must be a whole number from 0 to 4294967295");
        }
        return value.longValue();
    }

    List<byte[]> hexList(String name, int length) {
        JsonNode value = field(name);
        if (!value.isArray() || value.isEmpty()) {
            throw new BadVector(at(name) + " must be a list of hex strings");
        }
        List<byte[]> list = new ArrayList<>();
        for (JsonNode item : value) {
            byte[] bytes = decode(name, item.isString() ? item.stringValue() : "?");
            if (bytes.length != length) {
                throw new BadVector(at(name) + " must hold items of " + length + " bytes");
            }
            list.add(bytes);
        }
        return list;
    }

    Fields object(String name) {
        return new Fields(at(name), field(name));
    }

    List<JsonNode> objects(String name) {
        JsonNode value = field(name);
        if (!value.isArray() || value.isEmpty()) {
            throw new BadVector(at(name) + " must be a list with at least one case");
        }
        List<JsonNode> list = new ArrayList<>();
        value.forEach(list::add);
        return list;
    }

    /** Compares the expectation in field {@code name} with what was computed. */
    void expect(String name, byte[] computed) {
        byte[] expected = hex(name);
        if (!Arrays.equals(expected, computed)) {
            throw new BadVector(at(name) + " expected " + Hex.of(expected) + ", computed " + Hex.of(computed));
        }
    }

    /** Refuses fields that were never read. */
    void end() {
        if (!unread.isEmpty()) {
            throw new BadVector("unknown field" + (unread.size() > 1 ? "s " : " ") + String.join(", ", unread)
                    + (path.isEmpty() ? "" : " in " + path));
        }
    }

    private JsonNode field(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new BadVector("missing field " + at(name));
        }
        unread.remove(name);
        return value;
    }

    private byte[] decode(String name, String text) {
        if (text.length() % 2 != 0 || !text.matches("[0-9a-fA-F]*")) {
            throw new BadVector(at(name) + " must be hex digits, two for each byte");
        }
        return Hex.parse(text);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
