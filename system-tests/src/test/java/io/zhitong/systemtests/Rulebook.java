package io.zhitong.systemtests;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Changes the policy as two people do at the console (策略改动): one drafts, the other approves. */
final class Rulebook {
    private static final String POINT = "7";
    private static final String WIRE = "8";
    private static final Map<String, String> DOOR = Map.ofEntries(
            Map.entry("kind", POINT),
            Map.entry("device", "42"),
            Map.entry("threat", "255"),
            Map.entry("escape", "1"),
            Map.entry("pulse", "3000"),
            Map.entry("longer", "6000"),
            Map.entry("held", "30000"));

    private final String url;
    private final Console author;
    private final Console approver;

    Rulebook(String url) {
        this.url = url;
        this.author = Console.of(url, "property");
        this.approver = Console.of(url, "admin");
    }

    /** An input terminal of the controller, function as docs/link.md numbers them. */
    static Map<String, String> input(int terminal, int point, int function, boolean supervised) {
        Map<String, String> wire = new TreeMap<>(Map.of(
                "kind",
                WIRE,
                "device",
                "42",
                "io",
                Integer.toString(terminal),
                "point",
                Integer.toString(point),
                "function",
                Integer.toString(function)));
        if (supervised) {
            wire.put("supervised", "1");
        }
        return wire;
    }

    /** A door of the demo estate in a fire zone, with its own fire contact. */
    static Map<String, String> inFireZone(int point, int method, int least, int zone, int contact) {
        Map<String, String> door = new TreeMap<>(DOOR);
        door.put("point", Integer.toString(point));
        door.put("method", Integer.toString(method));
        door.put("least", Integer.toString(least));
        door.put("fireZone", Integer.toString(zone));
        door.put("fireContact", Integer.toString(contact));
        door.put("name", "门" + point);
        return door;
    }

    /** A rule of the residents, instead of the one with that number if there is one. */
    static Map<String, String> rule(String instead, String name, String where, String schedule) {
        return Map.of("kind", "2", "id", instead, "name", name, "group", "1", "where", where, "schedule", schedule);
    }

    /** As it was at that version. */
    void back(long version) {
        approver.get("/rules");
        approver.post("/rules/rollback", Map.of("version", Long.toString(version), "why", "恢复"));
    }

    /** A draft of these items; answers its number. */
    String drafted(String title, List<Map<String, String>> items) {
        author.get("/rules");
        author.post("/rules/draft", Map.of("title", title));
        String draft = Console.find(author.get("/rules"), "href=\"/rules\\?draft=([0-9a-f-]+)\">" + title)
                .orElseThrow(() -> new AssertionError("no draft " + title));
        items.forEach(item -> author.post("/rules/draft/item", with(item, "draft", draft)));
        return draft;
    }

    /** Puts it in force: at all devices, or at one first. */
    void approve(String draft, Map<String, String> stage) {
        String page = approver.get("/rules/whatif?draft=" + draft);
        String seen = Console.find(page, "name=\"seen\" value=\"([0-9A-F]+)\"")
                .orElseThrow(() -> new AssertionError("nothing to approve:\n" + page));
        Map<String, String> form = with(with(stage, "draft", draft), "seen", seen);
        approver.post("/rules/approve", form);
        if (author.get("/rules").contains("draft=" + draft)) {
            throw new AssertionError("not approved at " + url + ": " + page);
        }
    }

    private static Map<String, String> with(Map<String, String> form, String name, String value) {
        Map<String, String> more = new TreeMap<>(form);
        more.put(name, value);
        return more;
    }
}
