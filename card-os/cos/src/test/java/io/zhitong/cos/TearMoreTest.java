package io.zhitong.cos;

import static io.zhitong.cos.Vectors.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands that {@link TearTest} does not cut: deposit, unload, cash, compound purchase, records, keys, birth. */
class TearMoreTest {
    private static Nvm purse() {
        Bench bench = Purses.personalise(Bench.blank(new NvmGeometry(32768, 64, 1_000_000)));
        bench.ok("80E0001A 07 EA 0304 F0 F0 FF 00");
        bench.ok("80E0001B 07 2C 0040 F0 F0 FF 00");
        bench.ok("80E0001C 07 2E 0204 F0 F0 FF 00");
        bench.ok("80D40102 15 3E F0 F0 02 04" + Purses.DPK);
        bench.setPurse(1, 9000, 0x00FF, 0x00FF, 0);
        bench.setPurse(2, 9000, 0x00FF, 0x00FF, 0);
        return bench.card().nvm();
    }

    private static List<Step> purseScript() {
        return List.of(
                Step.in("deposit load", b -> host(b, "0001", "02BC", "01", Purses.DLK, "805200000B")),
                Step.in("unload", b -> host(b, "0501", "0190", "03", Purses.DULK, "805403000B")),
                Step.in("unload with wrong MAC2", b -> wrong(b, "0501", "10")).expecting("9302"),
                Step.in("deposit purchase", b -> offline(b, "0101", "05")),
                Step.in("cash", b -> offline(b, "0201", "04")),
                Step.in("compound purchase", b -> offline(b, "0302", "09")),
                Step.in("create CAPP records", b -> "80E00017072C0040F0F0FF00"),
                Step.in("append CAPP record", b -> "00E200B805" + "AA02000102"),
                Step.in("compound purchase with a record", TearMoreTest::withRecord),
                Step.in("grant overdraft", b -> overdraft(b, Purses.DUK)),
                Step.in("grant overdraft with wrong MAC2", b -> overdraft(b, Purses.DTK))
                        .expecting("9302"),
                Step.in("grey lock", b -> Greys.lock(b.ok(Greys.INIT), "92")),
                Step.in("grey debit with wrong GMAC", b -> Flips.bit(greyDebit(b), 40 + 23 * 8))
                        .expecting("9302"),
                Step.in("grey debit", TearMoreTest::greyDebit),
                Step.in("fetch the TAC of it", b -> "E0CA01021E"),
                Step.in("grey lock again", b -> Greys.lock(b.ok(Greys.INIT), "92")),
                Step.in("grey unlock by the host", b -> Greys.unlock(b.ok(Greys.INIT_UNLOCK), 3)),
                Step.in("append encrypted record", b -> b.sealedFrame(Purses.DAMK, "04E200D0", "01020304")),
                Step.in("update encrypted record", b -> b.sealedFrame(Purses.DAMK, "04DC01D4", "05060708")),
                Step.in("append variable record", b -> "00E200D805" + "0102030405"),
                Step.in("append another variable record", b -> "00E200D802" + "0607"),
                Step.in("update variable record", b -> "00DC01DC05" + "A1A2A3A4A5"),
                Step.in("append first cyclic record", b -> "00E200E004" + "01010101"),
                Step.in("append second cyclic record", b -> "00E200E004" + "02020202"),
                Step.in("append over the oldest", b -> "00E200E004" + "03030303"),
                Step.in("replace key plain", b -> "80D43E0215" + "3EF0F00304" + "5a".repeat(16)),
                Step.in(
                        "replace key sealed",
                        b -> b.sealedFrame(Purses.CONTROL, "84D43F01", "FFF0F00204" + Purses.DLK)),
                Step.in(
                        "change own control key",
                        b -> b.sealedFrame(Purses.CONTROL, "84D43900", "F9F0F00F33" + "4b".repeat(16))),
                Step.in("create application inside", b -> "80E0DF010D380040F0F001FFFF" + "4142434445"),
                Step.in("block application for good", b -> b.macFrame(Purses.DAMK, 16, "841E0001", "")),
                Step.of("write MF line key", "80D4010015" + "36F0F0FF33" + Purses.DAMK),
                new Step("block card", b -> b.macFrame(Purses.DAMK, 16, "84160000", ""), "9000"));
    }

    @Test
    void cut_anywhere_in_the_other_purse_and_record_commands_leaves_before_or_after() {
        TearTest.run("other commands", purse(), purseScript(), TearTest.LONG ? 1 : 6);
    }

    private static String host(Bench b, String p1p2, String amount, String type, String key, String frame) {
        String init = b.ok("8050" + p1p2 + "0B01" + "0000" + amount + Purses.TERMINAL + "10");
        int sequence = Integer.parseInt(init.substring(8, 12), 16);
        byte[] random = Hex.parse(init.substring(16, 24).toLowerCase(java.util.Locale.ROOT));
        byte[] session = CardAlgorithm.SM4.sessionKey(Hex.parse(key), PurseCryptograms.onlineSeed(random, sequence));
        byte[] covered =
                Hex.parse("0000" + amount.toLowerCase(java.util.Locale.ROOT) + type + Purses.TERMINAL + Purses.TIME);
        return frame + Purses.TIME + Hex.of(CardAlgorithm.SM4.mac4(session, covered));
    }

    private static String withRecord(Bench b) {
        String debit = offline(b, "0302", "09");
        b.ok("80DCAAB805" + "AA02010304");
        return debit;
    }

    private static String overdraft(Bench b, String key) {
        String init = b.ok("805004010701" + Purses.TERMINAL);
        String session = Witness.derive(key, init.substring(22, 30) + init.substring(8, 12) + "8000");
        return "805800000E" + "000064" + Purses.TIME
                + Witness.mac4(session, "000064" + "07" + Purses.TERMINAL + Purses.TIME) + "04";
    }

    private static String greyDebit(Bench b) {
        return Greys.debit(7, Integer.parseInt(b.ok(Greys.PROOF).substring(14, 18), 16));
    }

    private static String wrong(Bench b, String p1p2, String le) {
        b.ok("8050" + p1p2 + "0B01" + "00000001" + Purses.TERMINAL + le);
        return "805403000B" + Purses.TIME + "00000000";
    }

    private static String offline(Bench b, String p1p2, String type) {
        String init = b.ok("8050" + p1p2 + "0B01" + "00000141" + Purses.TERMINAL + "0F");
        byte[] random = Hex.parse(init.substring(22, 30).toLowerCase(java.util.Locale.ROOT));
        int sequence = Integer.parseInt(init.substring(8, 12), 16);
        byte[] session =
                CardAlgorithm.SM4.sessionKey(Hex.parse(Purses.DPK), PurseCryptograms.offlineSeed(random, sequence, 5));
        byte[] covered = Hex.parse("00000141" + type + Purses.TERMINAL + Purses.TIME);
        return "805401000F" + "00000005" + Purses.TIME + Hex.of(CardAlgorithm.SM4.mac4(session, covered));
    }

    @Test
    void cut_anywhere_while_a_sam_confirms_leaves_before_or_after() {
        Step good = new Step("credit SAM with right MAC2", TearMoreTest::confirmed, "9000");
        Step delivered = new Step(
                "deliver key writes nothing",
                b -> {
                    b.ok("00A4000002DF02");
                    return "801A3B0108" + SamTest.SERIAL;
                },
                "9000");
        Nvm sam = SamTest.personalise().card().nvm();
        Bench tired = Bench.on(sam, Bench.seeded(1));
        confirmed(tired);
        tired.expect("807200000400000000", "9302");
        TearTest.run("PSAM confirms", sam, List.of(good, delivered), 1);
    }

    static String confirmed(Bench sam) {
        sam.ok("00A4000002DF02");
        String answer = sam.ok(
                "807000001C" + "01020304" + "0001" + "00000064" + "06" + Purses.TIME + "0104" + SamTest.SERIAL + "08");
        byte[] dpk = CardAlgorithm.SM4.diversify(Hex.parse(SamTest.MASTER), Hex.parse(SamTest.SERIAL));
        long number = Long.parseLong(answer.substring(0, 8), 16);
        byte[] session =
                CardAlgorithm.SM4.sessionKey(dpk, PurseCryptograms.offlineSeed(Hex.parse("01020304"), 1, number));
        return "8072000004" + Hex.of(CardAlgorithm.SM4.mac4(session, PurseCryptograms.purchaseMac2(100)));
    }

    @Test
    void cut_anywhere_in_a_private_answer_leaves_the_newest_date_old_or_new() {
        Step step = new Step(
                "private answer",
                b -> {
                    b.ok(Accesses.SELECT);
                    return text(Accesses.FILE.get("cases").get(2), "command");
                },
                "9000");
        Nvm start = Accesses.personalise("").card().nvm();
        Nvm after = start.copy();
        int operations = TearTest.uncut(step, after);
        assertTrue(operations > 0);
        String old = Bench.on(start.copy(), Bench.seeded(7)).dump();
        String grown = Bench.on(after, Bench.seeded(7)).dump();
        int stride = Math.max(1, operations / 12);
        for (int k = 1; k <= operations; k += stride) {
            Nvm nvm = start.copy();
            Bench bench = Bench.on(nvm, Bench.seeded(7));
            String frame = step.prepare().apply(bench);
            nvm.cutPower(new PowerCut(k, TornContent.values()[k % 4]));
            assertThrows(PowerLoss.class, () -> bench.send(frame));
            bench.reset();
            String found = bench.dump();
            assertTrue(found.equals(old) || found.equals(grown), "cut at " + k);
        }
    }

    @Test
    void cut_during_birth_leaves_a_whole_card_or_none() {
        NvmGeometry shape = new NvmGeometry(16384, 64, 1000);
        CardProfile profile = CardProfile.COMMUNITY.withMemory(shape);
        Nvm whole = Nvm.inMemory(shape);
        CardBirth.of(whole, profile, Bench.CHIP, SecretBytes.copyOf(Bench.BATCH_KEY));
        String expected = Bench.on(whole.copy(), Bench.seeded(1)).dump();
        int operations = whole.operations();
        int born = 0;
        int none = 0;
        for (int k = 1; k <= operations; k++) {
            Nvm nvm = Nvm.inMemory(shape);
            nvm.cutPower(new PowerCut(k, TornContent.values()[k % 4]));
            assertThrows(
                    PowerLoss.class, () -> CardBirth.of(nvm, profile, Bench.CHIP, SecretBytes.copyOf(Bench.BATCH_KEY)));
            nvm.powerUp();
            try {
                assertEquals(expected, Bench.on(nvm, Bench.seeded(1)).dump(), "cut at " + k);
                born++;
            } catch (MalformedInput noCard) {
                none++;
            }
        }
        assertEquals(operations, born + none);
        assertTrue(none > 0);
    }

    @Test
    void power_that_fails_stays_off_until_reset() {
        Bench bench = Purses.personalise(Bench.blank(new NvmGeometry(32768, 64, 1_000_000)));
        String credit = Purses.credit(5, bench.ok(Purses.initLoad(5)));
        bench.card().nvm().cutPower(new PowerCut(2, TornContent.ERASED));
        assertThrows(PowerLoss.class, () -> bench.send(credit));
        assertThrows(PowerLoss.class, () -> bench.send(credit));
        bench.reset();
        bench.ok(Purses.SELECT);
        bench.expect("805C000204", "00000000 9000");
    }
}
