package io.zhitong.zt;

import static java.util.Map.entry;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The floors (楼层) of the house: what each module may import of ours, itself and what those stand on included. A program
 * is imported by nobody but {@code zt}.
 */
final class Floors {
    private static final Map<String, Set<String>> STANDS_ON = Map.ofEntries(
            entry("cli-api", Set.of()),
            entry("sm-crypto", Set.of()),
            entry("machine-tls", Set.of("sm-crypto")),
            entry("key-api", Set.of("sm-crypto", "machine-tls")),
            entry("key-vault", Set.of("key-api", "cli-api")),
            entry("card-spec", Set.of("sm-crypto")),
            entry("cos", Set.of("card-spec")),
            entry("virtual-card", Set.of("cos", "cli-api")),
            entry("card-terminal", Set.of("card-spec", "key-api", "cli-api")),
            entry("card-readers", Set.of("card-spec")),
            entry("access-model", Set.of("card-spec")),
            entry("decision", Set.of("access-model")),
            entry("points", Set.of("decision")),
            entry("uhppote", Set.of("access-model")),
            entry("link", Set.of("access-model", "machine-tls")),
            entry("fleet", Set.of("link", "decision", "cli-api")),
            entry("edge", Set.of("link", "card-terminal")),
            entry("controller", Set.of("edge", "points", "card-readers", "cli-api")),
            entry("pos", Set.of("edge", "card-readers", "cli-api")),
            entry("personalisation", Set.of("card-terminal", "key-api")),
            entry("settlement-file", Set.of("card-spec", "cli-api")),
            entry("server", Set.of("link", "personalisation", "card-readers", "settlement-file", "points", "uhppote")),
            entry(
                    "zt",
                    Set.of(
                            "key-vault",
                            "virtual-card",
                            "personalisation",
                            "card-readers",
                            "settlement-file",
                            "controller",
                            "fleet",
                            "pos")),
            entry("system-tests", Set.of("server", "zt", "controller", "pos")),
            entry("bench", Set.of("zt")));

    private Floors() {}

    static Set<String> modules() {
        return new TreeSet<>(STANDS_ON.keySet());
    }

    /** All modules that {@code module} may import; empty for a module of the lowest floor or one not in the table. */
    static Set<String> mayImport(String module) {
        Set<String> found = new LinkedHashSet<>();
        collect(module, found);
        return found;
    }

    private static void collect(String module, Set<String> found) {
        for (String below : STANDS_ON.getOrDefault(module, Set.of())) {
            if (found.add(below)) {
                collect(below, found);
            }
        }
    }

    /** The package of a module: {@code key-api} → {@code io.zhitong.keyapi}. */
    static String packageOf(String module) {
        return "io.zhitong." + (module.equals("server") ? "backend" : module.replace("-", ""));
    }

    /** The module of a class of ours; empty text when no module owns the package. */
    static String moduleOf(String className) {
        return STANDS_ON.keySet().stream()
                .filter(each -> className.startsWith(packageOf(each) + "."))
                .findFirst()
                .orElse("");
    }
}
