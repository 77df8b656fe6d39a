package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.cos.state.CardProfile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Power fails in every program or erase operation of every command of a script, with every content of the unit under way.
 * Afterwards the card is as before the command or as after it, or as before with one try fewer; it stays so at further
 * resets; and it answers again.
 */
class TearTest {
    private static final long SEED = 7;

    /** With {@code -Dzhitong.rounds=N}, N of 1000 or more, every operation is cut; else the longest searches take strides. */
    static final boolean LONG = Integer.getInteger("zhitong.rounds", 50) >= 1000;

    private static Nvm blank(int unit) {
        NvmGeometry shape = new NvmGeometry(32768, unit, 1_000_000);
        return Bench.of(CardProfile.BLANK.withMemory(shape), Bench.seeded(SEED))
                .card()
                .nvm();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 4, 1})
    void cut_anywhere_in_a_residents_card_leaves_before_or_after(int unit) {
        int stride = unit == 1 ? 7 : unit == 4 ? 2 : 1;
        int turned = run("resident, unit " + unit, blank(unit), Step.residentScript(), LONG ? 1 : stride);
        assertTrue(turned > 15, "commands that began the other half of the log: " + turned);
    }

    @Test
    void cut_anywhere_in_a_sam_leaves_before_or_after() {
        run("PSAM", SamTest.personalise().card().nvm(), Step.samScript(), 1);
    }

    @Test
    void cut_anywhere_in_key_generation_leaves_before_or_after() {
        run("access", Accesses.personalise("").card().nvm(), Step.accessScript(), 1);
    }

    /** Answers how many commands began the other half of the log. */
    static int run(String name, Nvm start, List<Step> script, int stride) {
        Nvm nvm = start;
        int tried = 0;
        int turned = 0;
        for (Step step : script) {
            Nvm after = nvm.copy();
            int operations = uncut(step, after);
            Set<String> allowed = allowed(step, nvm, after);
            tried += everywhere(step, nvm, operations, stride, allowed);
            Nvm full = withFullLog(nvm);
            int longer = uncut(step, full.copy());
            if (longer > operations) {
                tried += everywhere(step, full, longer, Math.max(stride, longer / (LONG ? 200 : 12)), allowed);
                turned++;
            }
            nvm = after;
        }
        assertTrue(tried > 60, "tried " + tried);
        System.out.println(
                "tear points tried, " + name + ": " + tried + ", of them with a full log " + turned + " commands");
        return turned;
    }

    private static int everywhere(Step step, Nvm start, int operations, int stride, Set<String> allowed) {
        int tried = 0;
        for (int k = 1; k <= operations; k += stride) {
            for (TornContent torn : TornContent.values()) {
                once(step, start.copy(), new PowerCut(k, torn), allowed);
                tried++;
            }
        }
        return tried;
    }

    /** The same card with the log of changes so full that the next commit begins its other half. */
    private static Nvm withFullLog(Nvm nvm) {
        Nvm full = nvm.copy();
        for (int usual = Math.min(touch(full), touch(full)); ; ) {
            Nvm next = full.copy();
            if (touch(next) > usual) {
                return full;
            }
            full = next;
        }
    }

    private static int touch(Nvm nvm) {
        int before = nvm.operations();
        JournalledMemory memory = new JournalledMemory(nvm, Card.JOURNAL);
        int last = memory.size() - 1;
        memory.write(last, (byte) (memory.u8(last) + 1));
        memory.commit();
        return nvm.operations() - before;
    }

    static int uncut(Step step, Nvm nvm) {
        Bench bench = Bench.on(nvm, Bench.seeded(SEED));
        String frame = step.prepare().apply(bench);
        int before = nvm.operations();
        String answer = bench.send(frame);
        assertEquals(step.sw(), answer.substring(answer.length() - 4), step.name());
        return nvm.operations() - before;
    }

    private static void once(Step step, Nvm nvm, PowerCut cut, Set<String> allowed) {
        String where = step.name() + " " + cut;
        Bench bench = Bench.on(nvm, Bench.seeded(SEED));
        String frame = step.prepare().apply(bench);
        nvm.cutPower(cut);
        assertTrue(isTorn(bench, frame), where);
        settled(bench, step, allowed, where);
    }

    private static boolean isTorn(Bench bench, String frame) {
        try {
            bench.send(frame);
            return false;
        } catch (PowerLoss e) {
            return true;
        }
    }

    private static void settled(Bench bench, Step step, Set<String> allowed, String where) {
        bench.reset();
        String found = bench.dump();
        assertTrue(allowed.contains(found), where);
        bench.reset();
        assertEquals(found, bench.dump(), where);
        bench.reset();
        assertEquals(found, bench.dump(), where);
        boolean blocked = found.contains("DF 315041592e5359532e4444463031 BLOCKED_FOR_GOOD");
        String answer = bench.send("00A4000000");
        assertEquals(blocked ? "6A81" : "9000", answer.substring(answer.length() - 4), where);
    }

    /** Before, after, and before with one try fewer of any one key. */
    private static Set<String> allowed(Step step, Nvm base, Nvm after) {
        Nvm before = base.copy();
        step.prepare().apply(Bench.on(before, Bench.seeded(SEED)));
        return allowed(before, after);
    }

    private static Set<String> allowed(Nvm before, Nvm after) {
        Set<String> allowed = new HashSet<>();
        String start = dump(before);
        allowed.add(start);
        allowed.add(dump(after));
        allowed.addAll(withOneTryFewer(start));
        allowed.add(withOneUnblockFewer(start));
        allowed.addAll(withOneTryFewer(withOneUnblockFewer(start)));
        allowed.add(withOneGmacFewer(start));
        return allowed;
    }

    private static String dump(Nvm nvm) {
        return Bench.on(nvm.copy(), Bench.seeded(SEED)).dump();
    }

    /** The unblocking tries of the one application that is blocked stand behind its state. */
    private static String withOneUnblockFewer(String dump) {
        return dump.replace(" BLOCKED 3", " BLOCKED 2");
    }

    /** The tries of the lock's GMAC, byte 115 of a purse whose state, byte 112, says locked. */
    private static String withOneGmacFewer(String dump) {
        return dump.lines()
                .map(line -> {
                    int content = line.lastIndexOf(' ') + 1;
                    boolean locked = line.startsWith("PURSE") && line.startsWith("01", content + 224);
                    String tries = locked ? line.substring(content + 230, content + 232) : "";
                    return locked
                            ? line.substring(0, content + 230)
                                    + String.format("%02x", Integer.parseInt(tries, 16) - 1)
                                    + line.substring(content + 232)
                            : line;
                })
                .collect(java.util.stream.Collectors.joining("\n", "", "\n"));
    }

    private static List<String> withOneTryFewer(String dump) {
        List<String> out = new ArrayList<>();
        for (int line = dump.indexOf("KEYS "); line >= 0; line = dump.indexOf("KEYS ", line + 1)) {
            int content = dump.indexOf(' ', dump.indexOf(' ', line + 19)) + 1;
            for (int at = content; at + 16 <= dump.length() && !dump.startsWith("00", at); ) {
                char tries = dump.charAt(at + 15);
                if (tries > '0' && tries <= 'f') {
                    String fewer = Integer.toHexString(Character.digit(tries, 16) - 1);
                    out.add(dump.substring(0, at + 15) + fewer + dump.substring(at + 16));
                }
                at += 16 + 2 * Integer.parseInt(dump.substring(at, at + 2), 16);
            }
        }
        return out;
    }

    @Test
    void second_cut_in_the_recovery_leaves_before_or_after() {
        Nvm nvm = blank(64);
        Random random = new Random(3);
        int tried = 0;
        for (Step step : Step.residentScript()) {
            Nvm after = nvm.copy();
            int operations = uncut(step, after);
            Set<String> allowed = allowed(step, nvm, after);
            for (int k = 1; k <= operations; k += LONG ? 1 : 3) {
                tried += twice(step, nvm, new PowerCut(k, TornContent.values()[random.nextInt(4)]), 1, allowed);
            }
            nvm = after;
        }
        assertTrue(tried > 500);
        System.out.println("tear points tried, second cut during recovery: " + tried);
    }

    /** Two cuts in a row, the first at every n-th operation; answers how many pairs. */
    static int twiceEverywhere(Step step, Nvm nvm, int n, int everySecond) {
        Nvm after = nvm.copy();
        int operations = uncut(step, after);
        Set<String> allowed = allowed(step, nvm, after);
        int tried = 0;
        for (int k = 1; k <= operations; k += n) {
            tried += twice(step, nvm, new PowerCut(k, TornContent.values()[k % 4]), everySecond, allowed);
        }
        return tried;
    }

    private static int twice(Step step, Nvm base, PowerCut first, int stride, Set<String> allowed) {
        int tried = 0;
        for (TornContent torn : TornContent.values()) {
            for (int j = 1; ; j += stride) {
                Nvm nvm = base.copy();
                Bench bench = Bench.on(nvm, Bench.seeded(SEED));
                String frame = step.prepare().apply(bench);
                nvm.cutPower(first);
                assertTrue(isTorn(bench, frame));
                nvm.cutPower(new PowerCut(j, torn));
                if (!resetIsTorn(bench)) {
                    break;
                }
                settled(bench, step, allowed, step.name() + " " + first + " then " + j + " " + torn);
                tried++;
            }
        }
        return tried;
    }

    private static boolean resetIsTorn(Bench bench) {
        try {
            bench.reset();
            bench.card().nvm().keepPower();
            return false;
        } catch (PowerLoss e) {
            return true;
        }
    }

    @Test
    void money_never_grows_and_number_of_a_sam_is_never_issued_twice() {
        Nvm sam = SamTest.personalise().card().nvm();
        Step init = Step.samScript().get(0);
        int operations = uncut(init, sam.copy());
        for (int k = 1; k <= operations; k++) {
            Bench bench = Bench.on(sam.copy(), Bench.seeded(SEED));
            String frame = init.prepare().apply(bench);
            bench.card().nvm().cutPower(new PowerCut(k, TornContent.RANDOM));
            assertTrue(isTorn(bench, frame));
            bench.reset();
            long next = Long.parseLong(bench.ok(init.prepare().apply(bench)).substring(0, 8), 16);
            assertTrue(next == 0 || next == 1, "number " + next);
        }
    }

    @Test
    void search_finds_a_card_that_gives_a_try_back() {
        Nvm before = blank(4);
        Bench bench = Bench.on(before, Bench.seeded(SEED));
        bench.ok("80E00000073F008001F0FFFF");
        bench.ok("80D4010015" + "39F0F00F32" + Purses.CONTROL);
        String two = bench.dump();
        assertEquals(1, withOneTryFewer(two).size());
        assertTrue(withOneTryFewer(two).get(0).contains("f00f0431"));
        assertFalse(allowed(before, before).contains(two.replace("f00f0432", "f00f0433")));
    }
}
