package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The PSAM against the card: neither knows the other's formulas but by bytes. */
class SamTest {
    static final String MASTER = "5a0102030405060708090a0b0c0d0e0f";
    static final String SERIAL = "4403010112345678";
    static final String CITY = "4403ff0000000000";
    static final String INIT =
            "807000001C" + "01020304" + "0001" + "00000064" + "06" + Purses.TIME + "0104" + SERIAL + "08";
    private final Bench sam = personalise();

    static Bench personalise() {
        return personalise(Nvm.inMemory(CardProfile.PSAM.memory()));
    }

    static Bench personalise(Nvm nvm) {
        CardBirth.of(nvm, CardProfile.PSAM, Bench.CHIP, SecretBytes.copyOf(Bench.BATCH_KEY));
        Bench fresh = Bench.on(nvm, Bench.seeded(5));
        String own = Hex.of(CardAlgorithm.SM4.diversify(Bench.BATCH_KEY, Bench.CHIP.chipId()));
        byte[] challenge = Hex.parse(fresh.ok("0084000010"));
        fresh.ok("00820000 10" + Hex.of(Sm4.encryptBlock(Hex.parse(own), challenge)));
        fresh.ok("80E00016 07 28 0006 F0 F0 FF 00");
        fresh.ok("00D69600 06" + Purses.TERMINAL);
        fresh.ok("80E0DF02 0D 38 0400 F0 F0 01 FF FF 5053414D31");
        fresh.ok("00A4000002 DF02");
        fresh.ok("80E00000 07 3F 0200 01 01 FF FF");
        fresh.ok(fresh.sealedFrame(own, "84D40100", "F9F0F00F33" + Purses.CONTROL));
        for (String key : List.of("FEF0F00104", "F0F0F00104", "F2F0F00104", "FBF0F00104", "F4F0F00104")) {
            fresh.ok(fresh.sealedFrame(Purses.CONTROL, "84D40101", key + MASTER));
        }
        fresh.ok(fresh.sealedFrame(Purses.CONTROL, "84D40101", "F6F0F0FF33" + MASTER));
        fresh.ok("80E00019 07 28 0004 F0 EF FF 00");
        return fresh;
    }

    private static String init(String answerOfCard, long amount) {
        return "807000001C" + answerOfCard.substring(22, 30) + answerOfCard.substring(8, 12) + Purses.hex8(amount)
                + "06" + Purses.TIME + answerOfCard.substring(18, 22) + SERIAL + "08";
    }

    private static Bench cardOf(String dpk) {
        Bench card = Purses.personalise(Bench.blank(), Purses.DLK, dpk, Purses.DTK);
        Purses.load(card, 1000);
        return card;
    }

    private static Bench card() {
        return cardOf(Hex.of(CardAlgorithm.SM4.diversify(Hex.parse(MASTER), Hex.parse(SERIAL))));
    }

    @Test
    void purchase_between_card_and_sam() {
        Bench card = card();
        String fromSam = sam.ok(init(card.ok(Purses.initPurchase(250)), 250));
        assertEquals("00000000", fromSam.substring(0, 8));
        String fromCard = card.ok("805401000F" + fromSam.substring(0, 8) + Purses.TIME + fromSam.substring(8));
        sam.expect("80720000 04" + fromCard.substring(8), "9000");
        assertEquals(750, Purses.balance(card));
    }

    @Test
    void master_of_a_city_takes_two_factors_the_cards_first() {
        byte[] key = CardAlgorithm.SM4.diversify(Hex.parse(MASTER), List.of(Hex.parse(CITY), Hex.parse(SERIAL)));
        Bench card = cardOf(Hex.of(key));
        String one = init(card.ok(Purses.initPurchase(250)), 250);
        String two = one.replace("807000001C", "8070000024").replace(SERIAL, SERIAL + CITY);
        String fromSam = sam.ok(two);
        card.ok("805401000F" + fromSam.substring(0, 8) + Purses.TIME + fromSam.substring(8));
    }

    @Test
    void number_is_never_issued_twice_even_if_nothing_comes_of_it() {
        Bench card = card();
        String init = init(card.ok(Purses.initPurchase(250)), 250);
        assertEquals("00000000", sam.ok(init).substring(0, 8));
        assertEquals("00000001", sam.ok(init).substring(0, 8));
        sam.reset();
        sam.ok("00A4000002 DF02");
        assertEquals("00000002", sam.ok(init).substring(0, 8));
        sam.expect("00B0990000", "00000003 9000");
    }

    @Test
    void wrong_mac2_answers_9302_and_fifteen_of_them_block_the_key() {
        Bench card = card();
        String init = init(card.ok(Purses.initPurchase(250)), 250);
        for (int i = 0; i < 14; i++) {
            sam.ok(init);
            sam.expect("80720000 04 00000000", "9302");
        }
        sam.ok(init);
        sam.expect("80720000 04 00000000", "9303");
        sam.expect(init, "9303");
    }

    @Test
    void nothing_may_stand_between_init_and_credit() {
        Bench card = card();
        sam.ok(init(card.ok(Purses.initPurchase(250)), 250));
        sam.ok("00B0990000");
        sam.expect("80720000 04 00000000", "6901");
    }

    @Test
    void wrong_requests_raise_no_number() {
        Bench card = card();
        String init = init(card.ok(Purses.initPurchase(250)), 250);
        sam.expect(init.replace("06" + Purses.TIME, "08" + Purses.TIME), "6A80");
        sam.expect(init.replace("0104" + SERIAL, "0204" + SERIAL), "9403");
        sam.expect(init.replace("0104" + SERIAL, "0107" + SERIAL), "6A80");
        sam.expect("80700000 14" + "00".repeat(20), "6700");
        sam.expect("80700000 18" + "00".repeat(24), "6700");
        sam.expect("80700100 1C" + "00".repeat(28), "6A86");
        sam.expect("00B0990000", "00000000 9000");
    }

    @Test
    void delivered_access_key_makes_macs_of_the_fast_transaction_only() {
        byte[] key = CardAlgorithm.SM4.diversify(Hex.parse(MASTER), Hex.parse(SERIAL));
        sam.ok("801A3B01 08" + SERIAL);
        String message = "5a544631" + "00112233";
        String expected = Hex.of(java.util.Arrays.copyOf(Sm4.cmac(key, Hex.parse(message)), 8));
        assertEquals(expected, sam.ok("80FA1000 08" + message + "08").toLowerCase(java.util.Locale.ROOT));
        sam.expect("80FA1000 08 5a54463200112233", "6985");
        sam.expect("80FA0000 10" + "00".repeat(16), "6985");
        sam.ok("801A3B41 08" + SERIAL);
        assertEquals(expected, sam.ok("80FA1000 08" + message).toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void delivered_keys_encrypt_and_mac_by_their_type() {
        byte[] key = CardAlgorithm.SM4.diversify(Hex.parse(MASTER), Hex.parse(SERIAL));
        sam.ok("801A3001 08" + SERIAL);
        assertEquals(
                Hex.of(Sm4.encryptBlock(key, new byte[16])),
                sam.ok("80FA0000 10" + "00".repeat(16)).toLowerCase(java.util.Locale.ROOT));
        sam.expect("80FA0500 20" + "00".repeat(32), "6985");
        sam.ok("801A3201 08" + SERIAL);
        assertEquals(
                Hex.of(CardAlgorithm.SM4.mac4(key, new byte[] {1})),
                sam.ok("80FA0500 11" + "00".repeat(16) + "01").toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void purchase_and_tac_masters_are_never_delivered_and_masters_never_used_undiversified() {
        sam.expect("801A3E01 08" + SERIAL, "6985");
        sam.expect("801A3401 08" + SERIAL, "6985");
        sam.expect("801A1B01", "6985");
        sam.expect("801A9B01 20" + SERIAL.repeat(4), "6985");
        sam.expect("801A3B01 10" + SERIAL.repeat(2), "6700");
        sam.expect("801A3B09 08" + SERIAL, "6A88");
        sam.expect("801A3301 08" + SERIAL, "6A86");
        sam.expect("00880001 10" + SERIAL.repeat(2), "6985");
        sam.expect("80FA1000 08 5a54463100112233", "6901");
    }

    @Test
    void delivered_key_is_gone_after_select() {
        sam.ok("801A3B01 08" + SERIAL);
        sam.ok("00A4000002 DF02");
        sam.expect("80FA1000 08 5a54463100112233", "6901");
    }

    @Test
    void two_serials_make_two_keys() {
        sam.ok("801A3001 08" + SERIAL);
        String one = sam.ok("80FA0000 10" + "00".repeat(16));
        sam.ok("801A3001 08" + SERIAL.replace('8', '9'));
        assertNotEquals(one, sam.ok("80FA0000 10" + "00".repeat(16)));
    }
}
