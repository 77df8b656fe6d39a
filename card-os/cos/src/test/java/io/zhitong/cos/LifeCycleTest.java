package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.cos.state.LifeState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states of a card's life: which way they go and what each allows. */
class LifeCycleTest {
    private static final String MF_KEY = "4d0102030405060708090a0b0c0d0e0f";
    private static final String MF = "00A40000023F00";

    private static Bench card(NvmGeometry shape) {
        Bench card = Purses.personalise(Bench.blank(shape));
        card.ok(MF);
        card.ok("80D4010015 39F0F00F33" + MF_KEY);
        Bench fresh = card.reset();
        fresh.ok(Purses.SELECT);
        Purses.load(fresh, 500);
        return fresh;
    }

    private static Bench card() {
        return card(new NvmGeometry(32768, 4, 500_000));
    }

    private static String advance(Bench card, int state) {
        card.send(MF);
        return card.macFrame(MF_KEY, 16, String.format("80F000%02X", state), "");
    }

    private static Bench in(LifeState state) {
        Bench card = card();
        if (state != LifeState.BLANK) {
            card.expect(advance(card, state.ordinal()), "9000");
        }
        return card;
    }

    @Test
    void states_go_forward_only_and_over_several_at_once() {
        for (int from = 0; from < 4; from++) {
            for (int to = 0; to < 6; to++) {
                Bench card = in(LifeState.values()[from]);
                String expected = to > 4 ? "6A86" : to > from ? "9000" : "6985";
                card.expect(advance(card, to), expected);
                assertEquals(
                        expected.equals("9000") ? to : from, card.card().life().ordinal());
                card.reset();
                assertEquals(
                        expected.equals("9000") ? to : from, card.card().life().ordinal(), "after reset");
            }
        }
    }

    @Test
    void state_needs_the_masters_key_the_master_file_and_a_challenge_of_a_block() {
        Bench card = card();
        card.expect(card.macFrame(Purses.CONTROL, 16, "80F00001", ""), "6985");
        card.ok(MF);
        card.expect(card.macFrame(Purses.CONTROL, 16, "80F00001", ""), "6988");
        card.expect(card.macFrame(MF_KEY, 8, "80F00001", ""), "6984");
        card.expect("80F0000104 00000000", "6984").expect("80F00001", "6700");
        card.expect(card.macFrame(MF_KEY, 16, "80F00101", ""), "6A86");
        card.expect(card.macFrame(MF_KEY, 16, "84F00001", ""), "6E00");
        card.expect(card.macFrame(MF_KEY, 16, "80F00001", "") + "04", "6700");
        assertEquals(LifeState.BLANK, card.card().life());
        Bench.blank().expect("80F0000104 00000000", "6A88");
        Bench.of(CardProfile.FM1208, Bench.seeded(1)).expect("80F0000104 00000000", "6D00");
    }

    @ParameterizedTest
    @CsvSource({
        "BLANK, 9000, 9000, 9000, 9000, 9000",
        "INITIALISED, 6985, 9000, 9000, 9000, 9000",
        "PERSONALISED, 6985, 9000, 9000, 9000, 6985",
        "BLOCKED, 6A81, 6A81, 6A81, 6A81, 6A81",
        "TERMINATED, 6A81, 6A81, 6A81, 6A81, 6A81"
    })
    void each_state_allows_what_the_manual_says(
            LifeState state, String keyInClear, String keySealed, String purchase, String create, String eraseMf) {
        Bench card = in(state);
        card.send(Purses.SELECT);
        card.expect("80D4010215 36F0F0FF33" + Purses.DAMK, keyInClear);
        if (state.compareTo(LifeState.BLOCKED) < 0) {
            card.expect(card.sealedFrame(Purses.CONTROL, "84D40103", "36F0F0FF33" + Purses.DAMK), keySealed);
        } else {
            card.expect("84D4010314" + "00".repeat(20), keySealed);
        }
        String init = card.send(Purses.initPurchase(1));
        assertEquals(purchase, init.substring(init.length() - 4));
        card.send(MF);
        card.expect("80E0DF07 0D 38 0100 F0 F0 01 FF FF 4142434447", create);
        card.expect("800E0000", eraseMf);
    }

    @Test
    void blocked_card_can_be_read_and_a_terminated_one_says_nothing() {
        Bench card = in(LifeState.BLOCKED);
        card.ok(Purses.SELECT);
        card.expect("805C000204", "000001F4 9000");
        card.ok("00B095001E");
        card.ok("00B201C417");
        card.ok("805A000202000008");
        card.expect("0020000003123456", "6A81").expect("00D69500020102", "6A81");
        card.expect(advance(card, 4), "9000");
        for (String frame : List.of(Purses.SELECT, "805C000204", "0084000010", "", "FFFFFFFF")) {
            card.expect(frame, "6A81");
        }
        card.reset();
        card.expect(Purses.SELECT, "6A81");
    }

    @Test
    void cut_anywhere_leaves_one_state_or_the_next() {
        Nvm nvm = card(new NvmGeometry(32768, 64, 1_000_000)).card().nvm();
        List<Step> script = new ArrayList<>();
        for (int state = 1; state <= 3; state++) {
            int to = state;
            script.add(new Step("advance to " + to, b -> advance(b, to), "9000"));
        }
        TearTest.run("life cycle", nvm, script, 1);
    }
}
