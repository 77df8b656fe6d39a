package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bytes on the wire are those of the first load in test-vectors/purse-sm4.json. */
class LoadTest {
    private static final String SELECT = "00a40400 09 a00000000386980701 00";
    private static final String FCI = "6f2e 8409a00000000386980701 a5219f0c1e"
            + "4403000000000001 01 01 00004403000112345678 20200101 20401231 0101";
    private static final String INIT = "80500002 0b 01 0000312a 2ef34eec3143 10";
    private static final String OFFER = "0004f859 7657 01 04 b113641e 875bc1c7";
    private static final String CREDIT = "80520000 0b 20201013 113051 3283d378 04";
    private static final String PROVE = "805a0002 02 7657 08";
    private static final LocalDateTime AT = LocalDateTime.of(2020, 10, 13, 11, 30, 51);
    private static final long AMOUNT = 12586;
    private static final byte[] DLK = Hex.parse("6fee95a9e3756e4384053899b0fc3ee0");
    private static final byte[] DTK = Hex.parse("77b58678657b761ddba97f96bd5ccfc4");

    private final List<String> journal = new ArrayList<>();
    private final Script card = new Script("card").on(SELECT, FCI + "9000");

    private final LoadHost host = new LoadHost() {
        @Override
        public Optional<byte[]> authorise(LoadRecord load) {
            byte[] session = CardAlgorithm.SM4.sessionKey(DLK, load.sessionSeed());
            return Arrays.equals(load.mac1(), CardAlgorithm.SM4.mac4(session, load.mac1Data()))
                    ? Optional.of(CardAlgorithm.SM4.mac4(session, load.mac2Data()))
                    : Optional.empty();
        }

        @Override
        public boolean tacHolds(LoadRecord load) {
            return Arrays.equals(load.tac(), CardAlgorithm.SM4.tac4(DTK, load.tacData()));
        }
    };

    private final LoadJournal recording = new LoadJournal() {
        @Override
        public void intent(LoadRecord load) {
            journal.add("intent " + load.amount());
        }

        @Override
        public void settled(LoadRecord load, boolean credited) {
            journal.add((credited ? "credited " : "not credited ") + Hex.of(load.tac()));
        }
    };

    private final Load load = new Load(host, recording, Hex.parse("2ef34eec3143"));

    private LoadRecord tornTap() {
        card.on(INIT, OFFER + "9000").leavesOn(CREDIT);
        return assertInstanceOf(LoadOutcome.InDoubt.class, load.load(card, AMOUNT, AT))
                .load();
    }

    @Test
    void a_load_reproduces_the_published_bytes() {
        card.on(INIT, OFFER + "9000").on(CREDIT, "19f63761 9000");
        var record = assertInstanceOf(LoadOutcome.Loaded.class, load.load(card, AMOUNT, AT))
                .record();
        assertEquals(338307, record.newBalance());
        assertEquals(List.of("intent 12586", "credited 19f63761"), journal);
        assertEquals(record, LoadRecord.parse(record.encode()));
        card.assertDone();
    }

    @Test
    void a_wrong_mac1_gets_no_mac2_and_the_card_is_left_as_it_is() {
        card.on(INIT, OFFER.replace("875bc1c7", "875bc1c6") + "9000");
        assertEquals(new LoadOutcome.Refused(LoadRefusal.CARD_MAC_WRONG, 0), load.load(card, AMOUNT, AT));
        assertTrue(journal.isEmpty());
        card.assertDone();
    }

    @Test
    void a_card_that_refuses_mac2_is_not_credited() {
        card.on(INIT, OFFER + "9000").on(CREDIT, "9302");
        assertEquals(new LoadOutcome.Refused(LoadRefusal.CARD_REFUSED, 0x9302), load.load(card, AMOUNT, AT));
        assertEquals("not credited 00000000", journal.get(1));
    }

    @Test
    void a_wrong_tac_leaves_the_load_open_for_people() {
        card.on(INIT, OFFER + "9000").on(CREDIT, "19f63760 9000");
        assertEquals(new LoadOutcome.Refused(LoadRefusal.TAC_WRONG, 0), load.load(card, AMOUNT, AT));
        assertEquals(List.of("intent 12586"), journal);
    }

    @Test
    void an_amount_that_would_not_fit_in_the_balance_is_refused_before_the_vault_is_asked() {
        card.on("80500002 0b 01 ffffffff 2ef34eec3143 10", OFFER + "9000");
        assertEquals(new LoadOutcome.Refused(LoadRefusal.AMOUNT_TOO_LARGE, 0), load.load(card, 0xFFFFFFFFL, AT));
    }

    @Test
    void torn_tap_the_proof_of_the_card_settles_the_load() {
        LoadRecord open = tornTap();
        var back = new Script("card").on(SELECT, FCI + "9000").on(PROVE, "00000000 19f63761 9000");
        assertInstanceOf(LoadOutcome.Loaded.class, load.resolve(back, open));
        assertEquals("credited 19f63761", journal.get(1));
    }

    @Test
    void torn_tap_without_proof_and_with_the_old_counter_was_not_credited() {
        LoadRecord open = tornTap();
        var back = new Script("card").on(SELECT, FCI + "9000").on(PROVE, "9406").on(INIT, OFFER + "9000");
        assertEquals(new LoadOutcome.Refused(LoadRefusal.NOT_CREDITED, 0x9406), load.resolve(back, open));
        assertEquals("not credited 00000000", journal.get(1));
    }

    @Test
    void torn_tap_without_proof_but_with_a_later_counter_stays_in_doubt() {
        LoadRecord open = tornTap();
        var back = new Script("card")
                .on(SELECT, FCI + "9000")
                .on(PROVE, "9406")
                .on(INIT, OFFER.replace("7657", "7658") + "9000");
        assertInstanceOf(LoadOutcome.InDoubt.class, load.resolve(back, open));
        assertEquals(1, journal.size());
    }

    @Test
    void torn_tap_another_card_is_told_so() {
        LoadRecord open = tornTap();
        var other = new Script("card").on(SELECT, FCI.replace("12345678", "12345679") + "9000");
        assertEquals(new LoadOutcome.Refused(LoadRefusal.OTHER_CARD, 0), load.resolve(other, open));
    }

    @Test
    void a_record_of_another_length_or_version_is_refused() {
        assertThrows(MalformedInput.class, () -> LoadRecord.parse(new byte[LoadRecord.LENGTH]));
        assertThrows(MalformedInput.class, () -> LoadRecord.parse(Hex.parse("01")));
    }
}
