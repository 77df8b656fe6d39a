package io.zhitong.keyvault.module.qualify;

import io.zhitong.keyvault.module.qualify.Qualification.Outcome;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of a library, for people and as JSON (检测报告); the fields are those of docs/keys.md. */
final class QualifyReport {
    private static final String FORMAT = "zhitong-sdf-qualification-1";

    private QualifyReport() {}

    static String text(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        text.append("device 设备: ").append(outcome.device()).append('\n');
        for (CheckResult each : outcome.results()) {
            text.append(String.format(
                    "%-9s %s  %-22s %s %s%n",
                    each.verdict().english(),
                    each.verdict().chinese(),
                    each.check().id(),
                    each.check().chinese(),
                    each.check().english()));
            each.deviations()
                    .forEach(one -> text.append("    expected 应为: ")
                            .append(one.expected())
                            .append("\n    came 实为: ")
                            .append(one.came())
                            .append('\n'));
        }
        return text.append(conclusion(outcome)).append('\n').toString();
    }

    private static String conclusion(Outcome outcome) {
        long deviating = outcome.results().stream()
                .filter(each -> each.verdict() != Verdict.PASS)
                .count();
        return deviating == 0
                ? "qualified 合格: " + outcome.results().size() + " checks passed"
                : "NOT qualified 不合格: " + deviating + " of " + outcome.results().size() + " checks deviate";
    }

    static String json(Outcome outcome, Path library, Instant at) throws IOException {
        String checks = outcome.results().stream().map(QualifyReport::check).collect(Collectors.joining(",\n    "));
        return "{\n  " + field("format", FORMAT)
                + ",\n  " + field("library", String.valueOf(library.getFileName()))
                + ",\n  " + field("librarySm3", Hex.of(Sm3.hash(Files.readAllBytes(library))))
                + ",\n  " + field("device", outcome.device())
                + ",\n  " + field("at", at.toString())
                + ",\n  \"qualified\": " + outcome.passed()
                + ",\n  \"derivedKeysCrossHostMemory\": true"
                + ",\n  \"checks\": [\n    " + checks + "\n  ]\n}\n";
    }

    private static String check(CheckResult result) {
        List<String> deviations = result.deviations().stream()
                .map(each -> "{" + field("expected", each.expected()) + ", " + field("came", each.came()) + "}")
                .toList();
        return "{" + field("id", result.check().id())
                + ", " + field("zh", result.check().chinese())
                + ", " + field("en", result.check().english())
                + ", " + field("verdict", result.verdict().word())
                + ", \"deviations\": [" + String.join(", ", deviations) + "]}";
    }

    private static String field(String name, String value) {
        StringBuilder text = new StringBuilder("\"").append(name).append("\": \"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (c >= ' ') {
                text.appendCodePoint(c);
            }
        });
        return text.append('"').toString();
    }
}
