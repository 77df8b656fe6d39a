package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.systemtests.Neighbourhood.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fire drill as a community walks it (消防演练): the contact or an order, relays that the building feels, leaves that people push
 * open, and the page that says what came of it. Its log of what was done when is held against the evidence.
 */
final class FireDrill {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String GATE = "1号楼大门";
    private static final String GARAGE = "地下车库门";

    private final Neighbourhood people;
    private final Panel panel;
    private final Console guard;
    /** What stood on the wall, with the harness's own time before and after. */
    private final Map<String, Seen> seen = new HashMap<>();

    private record Seen(long position, Instant from, Instant to) {}

    FireDrill(Neighbourhood people, Panel panel) {
        this.people = people;
        this.panel = panel;
        this.guard = Console.of(people.estate().consoleUrl(), "property");
    }

    void passesByTheContact() {
        String drill = begun();
        act("FIRE", "消防报警", List.of(GATE, GARAGE), () -> panel.turn(FireWires.FIRE, Panel.CLOSED));
        released();
        act("POINT_OPENED", "门开", List.of(GATE), () -> panel.turn(FireWires.LEAF_OF_SEALED, Panel.OPEN));
        act("POINT_OPENED", "门开", List.of(GARAGE), () -> panel.turn(FireWires.LEAF_OF_FAST, Panel.OPEN));
        panel.turn(FireWires.LEAF_OF_SEALED, Panel.CLOSED);
        panel.turn(FireWires.LEAF_OF_FAST, Panel.CLOSED);
        act("FIRE_ENDED", "消防报警结束", List.of(GATE, GARAGE), () -> panel.turn(FireWires.FIRE, Panel.OPEN));
        people.fallen(Gate.SEALED);
        people.fallen(Gate.FAST);
        String page = ended(drill);
        assertTrue(page.contains("drill-passed"), page);
        assertFalse(page.contains("data-verdict=\"MISSING\""), page);
        assertEvidence(drill);
    }

    /** By order of an operator; the garage's leaf is jammed: its lock lets go, and nobody gets it open. */
    void failsByOrderWhereADoorIsJammed() {
        String drill = begun();
        act("FIRE", "消防报警", List.of(GATE, GARAGE), () -> order("FIRE"));
        released();
        act("POINT_OPENED", "门开", List.of(GATE), () -> panel.turn(FireWires.LEAF_OF_SEALED, Panel.OPEN));
        panel.turn(FireWires.LEAF_OF_SEALED, Panel.CLOSED);
        act("FIRE_ENDED", "消防报警结束", List.of(GATE, GARAGE), () -> order("FIRE_RESET"));
        people.fallen(Gate.SEALED);
        people.fallen(Gate.FAST);
        String page = ended(drill);
        assertTrue(page.contains("drill-failed"), page);
        assertEquals(List.of("SEEN", "SEEN", "SEEN"), verdicts(page, GATE));
        assertEquals(List.of("SEEN", "MISSING", "MISSING"), verdicts(page, GARAGE));
    }

    private String begun() {
        guard.get("/drills");
        guard.post("/drills", "kind=FIRE&point=42%3A1&point=42%3A2");
        return Console.find(guard.get("/drills"), "href=\"/drills/([0-9a-f-]{36})\"")
                .orElseThrow(() -> new AssertionError("no drill was begun"));
    }

    private void order(String what) {
        guard.get("/wall");
        String told = guard.post("/wall/site", Map.of("what", what, "number", "1", "why", "消防演练"));
        assertTrue(told.contains(" 1 台已执行"), told);
    }

    private void released() {
        people.openedRemotely(Gate.SEALED);
        people.openedRemotely(Gate.FAST);
    }

    /** Does it, and waits until the wall tells of it at every one of these doors. */
    private void act(String step, String what, List<String> doors, Runnable deed) {
        long before = people.wall().newest();
        Instant from = Instant.now();
        deed.run();
        for (String door : doors) {
            Wall.Line line = Await.value(
                    () -> what + " of " + door + " on " + people.wall(),
                    SOON,
                    () -> people.wall().newest(what, door, before));
            seen.put(door + step, new Seen(line.position(), from, Instant.now()));
        }
    }

    private String ended(String drill) {
        guard.get("/drills/" + drill);
        guard.post("/drills/" + drill + "/end", Map.of());
        return guard.get("/drills/" + drill);
    }

    private static List<String> verdicts(String page, String door) {
        return java.util.regex.Pattern.compile("<tr data-verdict=\"([A-Z]+)\">\\s*<td>" + door + "</td>")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Every step at both doors, each the event that the wall showed, at the time it was done. */
    private void assertEvidence(String drill) {
        String csv = guard.get("/drills/" + drill + "/evidence.csv");
        List<String[]> steps = csv.lines()
                .filter(line -> line.startsWith(drill))
                .map(line -> line.split(","))
                .toList();
        assertEquals(6, steps.size(), csv);
        for (String[] step : steps) {
            Seen done = seen.get(step[4].replace("\"", "") + step[5]);
            assertEquals("SEEN", step[6], csv);
            assertEquals(done.position(), Long.parseLong(step[7]), csv);
            Instant happened = Instant.parse(step[8]);
            assertFalse(happened.isBefore(done.from().minusMillis(500)), csv);
            assertFalse(happened.isAfter(done.to().plusMillis(500)), csv);
        }
    }
}
