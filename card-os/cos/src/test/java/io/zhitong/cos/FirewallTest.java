package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.Firewall.App;
import io.zhitong.cos.chip.Nvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many applications on one card, each with its own administrator: city purse, two communities' access applications, a
 * parking company's own. From each of them, and from the MF, every command of the card is tried against every other.
 */
class FirewallTest {
    private static final int EACH = Math.max(40, Integer.getInteger("zhitong.rounds", 0));

    private static final App MF = new App("MF", "00A40000023F00", 0x3F00, "a0");
    private static final App PURSE = new App("purse", Purses.SELECT, 0x3F01, "a1");
    private static final App ONE = new App("community 1", "00A404000EF05A544143430000000000440301", 0xAC01, "a2");
    private static final App TWO = new App("community 2", "00A404000EF05A544143430000000000440302", 0xAC02, "a3");
    private static final App PARKING = new App("parking", "00A4040007D15600000150AA", 0xDF05, "a4");
    private static final List<App> APPS = List.of(PURSE, ONE, TWO, PARKING);

    /** A personalised card; every file and key is used and changed with the status of its own application only; the
     * issuer of the card, who runs the MF, made the key file and wrote the first key. */
    private static Nvm card(String readRule, String writeRule) {
        Bench card = Bench.blank();
        card.ok("80E00000 07 3F 0080 01 F0 FF FF");
        card.ok("80D40100 15 39F0F00FFF" + MF.key(0x39));
        card.ok("80D40100 15 36F0F1FFFF" + MF.key(0x36));
        for (App app : APPS) {
            Firewall.enter(card, MF);
            String name = app.select().substring(10);
            card.ok(String.format("80E0%04X%02X38 0600 F1 F1 01 FFFF", app.fid(), 8 + name.length() / 2) + name);
            card.ok(app.select());
            fill(card, app, readRule, writeRule);
        }
        card.ok(MF.select());
        card.expect(card.macFrame(MF.key(0x39), 16, "80F00002", ""), "9000");
        return card.card().nvm();
    }

    private static void fill(Bench card, App app, String readRule, String writeRule) {
        card.ok("80E00000 07 3F 0180 01 F1 FF FF");
        card.expect(card.sealedFrame(MF.key(0x39), "84D40100", "F9F0F10FFF" + app.key(0x39)), "9000");
        for (String key : List.of("F6F1F1FFFF", "FEF1F10104", "FFF1F10104", "F4F1F10104", "FBF1F10104")) {
            int type = Integer.parseInt(key.substring(0, 2), 16) & 0x3F;
            String id = type == 0x36 ? "00" : "01";
            card.expect(card.sealedFrame(app.key(0x39), "84D401" + id, key + app.key(type)), "9000");
        }
        card.ok(card.authenticateFrame(app.key(0x39)));
        String access = readRule + writeRule;
        card.ok("80E00005 07 28 0020 " + access + " FF 00");
        card.ok("80E00006 07 2C 0040 " + access + " FF 00");
        card.ok("80E00018 07 2E 0317 F1 EF FF 00");
        card.ok("80E00001 07 2F 0208 F1 00 FF 18");
        card.ok("80E00002 07 2F 0208 F1 00 FF 18");
        card.ok("00D68500 20" + app.mark().repeat(32));
        card.ok("00E20030 08" + app.mark().repeat(8));
    }

    @Test
    void no_command_reaches_from_any_application_into_another() {
        Nvm card = card("F1", "F1");
        assertTrue(
                Firewall.headers(card).size() > 35,
                "commands: " + Firewall.headers(card).size());
        Firewall wall = new Firewall(card, EACH);
        List<String> holes = new ArrayList<>();
        int pairs = 0;
        for (App other : APPS) {
            for (App home : List.of(MF, PURSE, ONE, TWO, PARKING)) {
                if (home != other) {
                    holes.addAll(wall.walk(home, other));
                    pairs++;
                }
            }
        }
        assertEquals(List.of(), holes);
        assertEquals(16, pairs);
        System.out.println("firewall: " + pairs + " pairs, "
                + pairs * Firewall.headers(card).size() * 2 * (24 + EACH) + " frames");
    }

    @ParameterizedTest
    @CsvSource({"F0, F1, reads", "F1, F0, changes", "01, F1, reads", "F1, 01, changes"})
    void walk_finds_a_file_left_open(String readRule, String writeRule, String verb) {
        App home = readRule.equals("01") || writeRule.equals("01") ? MF : TWO;
        List<String> holes = new Firewall(card(readRule, writeRule), 100).walk(home, ONE);
        assertTrue(holes.stream().anyMatch(hole -> hole.contains(" " + verb + " community 1")), holes.toString());
    }

    @Test
    void walk_finds_two_applications_under_one_key() {
        App twin = new App("twin", ONE.select(), ONE.fid(), TWO.mark());
        Bench card = Bench.on(card("F1", "F1"), Bench.seeded(1));
        card.ok(ONE.select());
        card.expect(card.sealedFrame(ONE.key(0x39), "84D43900", "F9F0F10FFF" + twin.key(0x39)), "9000");
        List<String> holes = new Firewall(card.card().nvm(), 100).walk(TWO, ONE);
        assertFalse(holes.isEmpty());
    }

    @Test
    void each_application_works_beside_the_others() {
        Bench card = Bench.on(card("F1", "F1"), Bench.seeded(1));
        for (App app : APPS) {
            card.ok(app.select());
            card.expect("00B0850008", "6982");
            Firewall.enter(card, app);
            card.expect(
                    "00B0850008", app.mark().toUpperCase(java.util.Locale.ROOT).repeat(8) + "9000");
            card.ok("805001020B0100000000440300000001");
        }
    }

    @Test
    void eight_communities_and_a_purse_fit_on_one_card() {
        Bench card = Purses.personalise(Bench.blank());
        card.ok(MF.select());
        for (int n = 1; n <= 8; n++) {
            card.ok(MF.select());
            String name = String.format("F05A5441434300000000004403%02X", n);
            card.ok(String.format("80E0AC%02X 16 38 0600 F0 F0 83 FF FF", n) + name);
            card.ok("00A404000E" + name);
            card.ok("80E00000 07 3F 0180 01 F0 FF FF");
            card.ok("80D40100 15 39F0F00F33" + ONE.key(0x39));
            for (String file : List.of("110010", "120040", "130004", "140079", "150079")) {
                card.ok("80E000" + file.substring(0, 2) + "0728" + file.substring(2) + "EFF0FF00");
            }
            card.ok(card.macFrame(ONE.key(0x39), 16, "84F60000", ""));
        }
        card.ok(Purses.SELECT);
        Purses.load(card, 5);
    }
}
