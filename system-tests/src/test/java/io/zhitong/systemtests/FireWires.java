package io.zhitong.systemtests;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Both doors of the demo estate with contacts, in one fire zone, and a supervised alarm line (消防与报警接线). */
final class FireWires implements AutoCloseable {
    static final int LEAF_OF_SEALED = 1;
    static final int LEAF_OF_FAST = 2;
    static final int FIRE = 3;
    static final int ALARM = 7;
    private static final int FIRE_OF_FAST = 4;
    private static final int ZONE = 1;

    /** Codes of docs/link.md. */
    private static final int CONTACT = 1;

    private static final int FIRE_CONTACT = 4;
    private static final int ALARM_INPUT = 6;
    private static final int SEALED = 1;
    private static final int FAST = 3;
    private static final int OWN_KEY = 3;
    private static final int SEALED_CARD = 4;

    private final Panel panel = new Panel();

    FireWires() {
        panel.turn(LEAF_OF_SEALED, Panel.CLOSED);
        panel.turn(LEAF_OF_FAST, Panel.CLOSED);
        panel.turn(FIRE, Panel.OPEN);
        panel.turn(FIRE_OF_FAST, Panel.OPEN);
        panel.turn(ALARM, Panel.RESTING);
    }

    Panel panel() {
        return panel;
    }

    /** Two people put the wires into the policy; returns when the controller holds it. */
    void putInForce(String console) {
        Rulebook rules = new Rulebook(console);
        Console admin = Console.of(console, "admin");
        rules.approve(rules.drafted("消防与报警接线", items()), Map.of("percent", "100"));
        Await.until(
                "the controller holds the wires",
                Duration.ofSeconds(30),
                () -> admin.get("/sync").contains("data-device=\"42\" data-proved=\"true\""));
    }

    private static List<Map<String, String>> items() {
        return List.of(
                Rulebook.inFireZone(1, SEALED, SEALED_CARD, ZONE, FIRE),
                Rulebook.inFireZone(2, FAST, OWN_KEY, ZONE, FIRE_OF_FAST),
                Rulebook.input(LEAF_OF_SEALED, 1, CONTACT, false),
                Rulebook.input(LEAF_OF_FAST, 2, CONTACT, false),
                Rulebook.input(FIRE, 1, FIRE_CONTACT, false),
                Rulebook.input(FIRE_OF_FAST, 2, FIRE_CONTACT, false),
                Rulebook.input(ALARM, 1, ALARM_INPUT, true));
    }

    @Override
    public void close() {
        panel.close();
    }
}
