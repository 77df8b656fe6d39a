package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.cos.state.CardProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changing, reloading and unblocking a PIN, the MACs by {@link Witness}. */
class PinTest {
    private static final String OLD = "0020000003123456";
    private static final String NEW = "00200000025678";
    private final Bench card = Purses.personalise(Bench.blank());

    @BeforeEach
    void pin() {
        card.ok("80D4 0100 15 37 F0 F0 FF 33" + Purses.DPUK);
        card.ok("80D4 0100 15 38 F0 F0 FF 33" + Purses.DRPK);
        card.ok("80D4 0100 08 3A F0 EF 01 33 123456");
    }

    private static String reload(String iv, String pin) {
        String mac = Witness.mac4(Purses.DRPK, iv, pin);
        return String.format("805E0000%02X", pin.length() / 2 + 4) + pin + mac;
    }

    private void block() {
        card.expect("0020000003000000", "63C2");
        card.expect("0020000003000000", "63C1");
        card.expect("0020000003000000", "63C0");
        card.expect(OLD, "6983");
    }

    @Test
    void change_takes_the_old_pin_and_the_new_one_serves_at_once() {
        card.expect("0020000003000000", "63C2");
        card.ok("805E0100 06 123456 FF 5678");
        card.expect(OLD, "63C2");
        card.ok(NEW);
        card.reset();
        card.ok(Purses.SELECT);
        card.ok(NEW);
    }

    @Test
    void change_with_a_wrong_old_pin_costs_tries_and_the_pin_state_and_the_last_one_blocks() {
        card.ok(OLD);
        card.ok("805C000104");
        card.expect("805E0100 06 123457 FF 5678", "63C2");
        card.expect("805C000104", "6982");
        card.expect("805E0100 05 1234 FF 5678", "63C1");
        card.expect("805E0100 06 123457 FF 5678", "63C0");
        card.expect("805E0100 06 123456 FF 5678", "6983");
        card.expect(OLD, "6983");
    }

    @ParameterizedTest(name = "CHANGE PIN {0}: {1}")
    @CsvSource({
        "805E0100 06 123456 00 5678, 6A80",
        "805E0100 04 12 FF 5678, 6700",
        "805E0100 05 123456 FF 56, 6700",
        "805E0100 0B 123456 FF 12345678901234, 6700",
        "805E0100 04 123456 FF, 6700",
        "805E0100, 6A80",
        "805E0101 06 123456 FF 5678, 6A88",
        "805E0200 06 123456 FF 5678, 6A86",
        "805E0100 06 123456 FF 5678 01, 6700",
        "845E0100 06 123456 FF 5678, 6E00"
    })
    void change_of_another_form_costs_no_try(String frame, String word) {
        String before = card.dump();
        card.expect(frame, word);
        assertEquals(before, card.dump());
        card.ok(OLD);
    }

    @Test
    void reload_sets_a_blocked_pin_anew() {
        block();
        card.ok(reload("00".repeat(16), "5678"));
        card.expect(OLD, "63C2");
        card.ok(NEW);
    }

    @Test
    void reload_after_a_challenge_is_made_for_it_and_cannot_be_played_again() {
        String challenge = card.ok("0084000010");
        String frame = reload(challenge, "5678");
        card.ok(frame);
        card.expect(frame, "6988");
        card.ok("0084000010");
        card.expect(frame, "6988");
        String four = card.ok("0084000004");
        card.ok(reload(four + "00".repeat(12), "5678"));
    }

    @Test
    void reload_with_a_wrong_mac_leaves_the_pin_and_three_of_them_block_the_reload_key() {
        block();
        for (int i = 0; i < 3; i++) {
            card.expect(Flips.bit(reload("00".repeat(16), "5678"), 12 * 4), "6988");
        }
        card.expect(reload("00".repeat(16), "5678"), "6983");
        card.expect(OLD, "6983");
    }

    /** The field's card: key left half ⊕ right half, single DES; literals by openssl, des-ede3. */
    @Test
    void reload_on_a_3des_card() {
        Bench old = Bench.of(CardProfile.FM1208, Bench.seeded(1));
        old.ok("80E0 3F01 11 38 0800 F0 F0 95 FF FF A00000000386980701");
        old.ok(Purses.SELECT);
        old.ok("80E0 0000 07 3F 0180 95 F0 FF FF");
        old.ok("80D4 0100 15 38 F0 F0 FF 33" + Purses.DRPK);
        old.ok("80D4 0100 08 3A F0 EF 01 33 123456");
        old.expect("805E0000 06 5678 86D706F8", "6988");
        old.ok("805E0000 06 5678 86D706F9");
        old.ok(NEW);
        Bench fed = old.feeding("A1A2A3A4");
        fed.ok(Purses.SELECT);
        fed.ok("0084000004");
        fed.ok("805E0000 06 5678 98C583CA");
    }

    @Test
    void unblock_brings_a_new_pin_encrypted_and_all_its_tries() {
        block();
        card.ok(card.sealedFrame(Purses.DPUK, "84240000", "5678"));
        card.ok(NEW);
        card.expect(OLD, "63C2");
    }

    @Test
    void unblock_needs_a_challenge_of_a_block_and_the_right_mac() {
        block();
        card.expect("84240000 14" + "00".repeat(20), "6984");
        String sealed = card.sealedFrame(Purses.DPUK, "84240000", "5678");
        card.ok("0084000008");
        card.expect(sealed, "6984");
        for (int i = 0; i < 3; i++) {
            card.expect(Flips.bit(card.sealedFrame(Purses.DPUK, "84240000", "5678"), 5 * 8), "6988");
        }
        card.expect(card.sealedFrame(Purses.DPUK, "84240000", "5678"), "6983");
        card.expect(OLD, "6983");
    }

    @ParameterizedTest(name = "UNBLOCK PIN {0}")
    @CsvSource({"5678901234567890, 6A80", "56, 6A80"})
    void unblock_to_what_is_no_pin_is_refused(String pin, String word) {
        card.expect(card.sealedFrame(Purses.DPUK, "84240000", pin), word);
        card.ok(OLD);
    }

    /** Keys 37 and 38 and the PIN that ask for a status of the DF. */
    @Test
    void use_conditions_of_pin_and_keys_hold_for_all_four() {
        card.ok("80D4 0101 15 37 FF F0 FF 33" + Purses.DPUK);
        card.ok("80D4 0101 15 38 FF F0 FF 33" + Purses.DRPK);
        card.ok("80D4 0101 08 3A FF EF 01 33 123456");
        String before = card.dump();
        card.expect("0020000103123456", "6982");
        card.expect("805E0101 06 123456 FF 5678", "6982");
        card.expect(reload("00".repeat(16), "5678").replace("805E0000", "805E0001"), "6982");
        card.expect(card.sealedFrame(Purses.DPUK, "84240001", "5678"), "6982");
        assertEquals(before, card.dump());
        card.ok(card.authenticateFrame(Purses.CONTROL));
        card.ok("805E0101 06 123456 FF 5678");
    }

    @Test
    void reload_and_unblock_need_their_own_keys() {
        card.ok("80D4 0101 07 3A F0 EF 01 33 1234");
        card.expect("805E0001 06 5678 00000000", "6A88");
        card.ok("0084000010");
        card.expect("84240001 14" + "00".repeat(20), "6A88");
        card.expect("805E0000 04 00000000", "6700");
        card.expect("805E0000 05 56 00000000", "6700");
    }
}
