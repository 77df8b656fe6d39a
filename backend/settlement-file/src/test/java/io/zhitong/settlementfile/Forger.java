package io.zhitong.settlementfile;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Rewrites a file and makes every check value and the digest right again, as published: only form or sums can betray it. */
final class Forger {
    private final List<String[]> lines = new ArrayList<>();

    Forger(byte[] file) {
        for (String line : new String(file, StandardCharsets.ISO_8859_1).split("\n")) {
            String[] fields = line.split("\\|", -1);
            lines.add(Arrays.copyOf(fields, fields.length - 1));
        }
    }

    /** Lines and fields count from 0; the check value is not a field here. */
    Forger set(int line, int field, String value) {
        lines.get(line)[field] = value;
        return this;
    }

    Forger drop(int line, int field) {
        List<String> fields = new ArrayList<>(List.of(lines.get(line)));
        fields.remove(field);
        lines.set(line, fields.toArray(String[]::new));
        return this;
    }

    byte[] file() {
        StringBuilder out = new StringBuilder();
        String link = "0".repeat(16);
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i);
            if (fields[0].equals("T")) {
                fields[fields.length - 1] = hex(out.toString());
            }
            String content = String.join("|", fields) + "|";
            link = hex(link + content).substring(0, 16);
            out.append(content).append(link).append('\n');
        }
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String hex(String text) {
        return Hex.of(Sm3.hash(text.getBytes(StandardCharsets.ISO_8859_1))).toUpperCase(Locale.ROOT);
    }
}
