package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.smcrypto.Hex;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The terminal's frames for unload, overdraft, cash and CAPP, byte by byte, with the MACs of test-vectors/purse-sm4.json. */
class MoneyVectorsTest {
    private static final String SELECT = "00a40400 09 a00000000386980701 00";
    private static final String FCI = "6f2e 8409a00000000386980701 a5219f0c1e"
            + "4403000000000001 01 01 00004403000112345678 20260101 20301231 0101 9000";
    private static final CardAlgorithm SM4 = CardAlgorithm.SM4;

    private static Stream<DynamicTest> each(String kind, java.util.function.Consumer<JsonNode> play) {
        int[] number = {0};
        return Vectors.cases("purse-sm4.json", kind).stream()
                .map(c -> DynamicTest.dynamicTest(kind + " " + ++number[0], () -> play.accept(c)));
    }

    private static String text(JsonNode c, String field) {
        return c.get(field).asString();
    }

    private static String hex(JsonNode c, String field, int bytes) {
        return String.format("%0" + 2 * bytes + "x", c.get(field).asLong());
    }

    private static LocalDateTime at(JsonNode c) {
        return new CardTime(Hex.parse(text(c, "date") + text(c, "time"))).toLocal();
    }

    private static Script card() {
        return new Script("card").on(SELECT, FCI);
    }

    /** A host with that key, and whether the card's last word is right. */
    private static MoneyHost host(JsonNode c, String key, byte[] proofKey, boolean bySession) {
        return new MoneyHost() {
            @Override
            public Optional<byte[]> authorise(HostRecord t) {
                byte[] session = SM4.sessionKey(Vectors.hex(c, key), t.sessionSeed());
                assertEquals(text(c, "sessionKey"), Hex.of(session));
                return Arrays.equals(SM4.mac4(session, t.mac1Data()), t.mac1())
                        ? Optional.of(SM4.mac4(session, t.mac2Data()))
                        : Optional.empty();
            }

            @Override
            public boolean proofHolds(HostRecord t) {
                byte[] used = bySession ? SM4.sessionKey(proofKey, t.sessionSeed()) : proofKey;
                return Arrays.equals(SM4.mac4(used, t.proofData()), t.proof());
            }
        };
    }

    @TestFactory
    Stream<DynamicTest> unload_vectors() {
        return each("unload", c -> {
            Script card = card().on(
                            "80500501 0b 01" + hex(c, "amount", 4) + text(c, "terminal") + "10",
                            hex(c, "oldBalance", 4) + text(c, "onlineSeq") + "0104" + text(c, "random")
                                    + text(c, "MAC1") + "9000")
                    .on(
                            "80540300 0b" + text(c, "date") + text(c, "time") + text(c, "MAC2") + "04",
                            text(c, "MAC3") + "9000");
            var money = new TestMoney();
            var unload = new Unload(host(c, "DULK", Vectors.hex(c, "DULK"), true), money, Vectors.hex(c, "terminal"));
            var done = assertInstanceOf(
                    MoneyOutcome.Done.class, unload.unload(card, c.get("amount").asLong(), at(c), Pin.NONE));
            assertEquals(
                    c.get("oldBalance").asLong() - c.get("amount").asLong(),
                    done.record().newBalance());
            assertEquals(List.of(true), money.ends);
            card.assertDone();
        });
    }

    @TestFactory
    Stream<DynamicTest> overdraft_vectors() {
        return each("overdraft", c -> {
            Script card = card().on(
                            "80500401 07 01" + text(c, "terminal") + "13",
                            hex(c, "oldBalance", 4) + text(c, "onlineSeq") + hex(c, "oldLimit", 3) + "0104"
                                    + text(c, "random") + text(c, "MAC1") + "9000")
                    .on(
                            "80580000 0e" + hex(c, "newLimit", 3) + text(c, "date") + text(c, "time") + text(c, "MAC2")
                                    + "04",
                            text(c, "TAC") + "9000");
            var money = new TestMoney();
            var update = new OverdraftUpdate(
                    host(c, "DUK", Vectors.hex(c, "DTK"), false), money, Vectors.hex(c, "terminal"));
            var done = assertInstanceOf(
                    MoneyOutcome.Done.class,
                    update.update(card, c.get("newLimit").asLong(), at(c), Pin.NONE));
            assertEquals(c.get("newBalance").asLong(), done.record().newBalance());
            card.assertDone();
        });
    }

    private static Script module(JsonNode c, String type) {
        return new Script("PSAM")
                .on("00a40000 02 3f00 00", "9000")
                .on("00b09500 0a", "00004403990000000001 9000")
                .on("00b09600 06", text(c, "terminal") + "9000")
                .on("00a40000 02 df02 00", "9000")
                .on("00b09900 04", text(c, "terminalSeq") + "9000")
                .on(
                        "80700000 1c" + text(c, "random") + text(c, "offlineSeq") + hex(c, "amount", 4) + type
                                + text(c, "date") + text(c, "time") + "0104" + "4403000112345678" + "08",
                        text(c, "terminalSeq") + text(c, "MAC1") + "9000")
                .on("80720000 04" + text(c, "MAC2"), "9000");
    }

    private static String init(JsonNode c, String p1p2) {
        return "8050" + p1p2 + "0b 01" + hex(c, "amount", 4) + text(c, "terminal") + "0f";
    }

    private static String offer(JsonNode c) {
        return "00ffffff" + text(c, "offlineSeq") + "000000 0104" + text(c, "random") + "9000";
    }

    private static Script debited(Script card, JsonNode c) {
        return card.on(
                "80540100 0f" + text(c, "terminalSeq") + text(c, "date") + text(c, "time") + text(c, "MAC1") + "08",
                text(c, "TAC") + text(c, "MAC2") + "9000");
    }

    private static final PurchaseJournal FORGETFUL = new PurchaseJournal() {
        @Override
        public void intent(PurchaseIntent intent) {}

        @Override
        public void settled(PurchaseRecord record) {}
    };

    private static void proved(JsonNode c, PurchaseOutcome outcome) {
        PurchaseRecord record =
                assertInstanceOf(PurchaseOutcome.Paid.class, outcome).record();
        assertEquals(text(c, "TAC"), Hex.of(record.tac()));
        assertEquals(text(c, "TAC"), Hex.of(SM4.tac4(Vectors.hex(c, "DTK"), record.tacData())));
        assertEquals(text(c, "type"), String.format("%02x", record.type().id()));
    }

    @TestFactory
    Stream<DynamicTest> cash_vectors() {
        return each("cash", c -> {
            Script card = debited(card().on(init(c, "0201"), offer(c)), c);
            Script slot = module(c, "04");
            var cash = new CashWithdrawal(Psam.open(slot), FORGETFUL, CardAcceptance.EVERY);
            proved(c, cash.withdraw(card, c.get("amount").asLong(), at(c), Pin.NONE));
            card.assertDone();
            slot.assertDone();
        });
    }

    @TestFactory
    Stream<DynamicTest> capp_vectors_with_a_record_written_between_init_and_debit() {
        return each("capp", c -> {
            Script card = debited(
                    card().on("00b201bc 00", "aa0500 0102030405 9000")
                            .on(init(c, "0302"), offer(c))
                            .on("80dcaab8 08 aa0500 0a0b0c0d0e", "9000"),
                    c);
            Script slot = module(c, "09");
            var capp = new CappPurchase(Psam.open(slot), FORGETFUL, CardAcceptance.EVERY);
            proved(c, capp.pay(card, rule(c.get("amount").asLong()), at(c)));
            assertEquals(5, card.exchanges);
            card.assertDone();
            slot.assertDone();
        });
    }

    private static CappRule rule(long due) {
        return new CappRule() {
            @Override
            public int shortId() {
                return 0x17;
            }

            @Override
            public int recordNumber() {
                return 1;
            }

            @Override
            public long due(PurseData card, byte[] record, CardTime time) {
                assertEquals("aa05000102030405", Hex.of(record));
                return due;
            }

            @Override
            public int writtenAt() {
                return 0;
            }

            @Override
            public boolean follows(int offlineSeq) {
                return true;
            }

            @Override
            public List<CappUpdate> updates(PurseData card, int offlineSeq, CardTime time) {
                return List.of(new CappUpdate(0xAA, 0x17, Hex.parse("aa05000a0b0c0d0e")));
            }
        };
    }

    /** Field by field: version 01, type 03, key version, algorithm, serial, sequence, balance, limit, amount, terminal … */
    @Test
    void record_of_an_unload_has_these_bytes() {
        JsonNode c = Vectors.cases("purse-sm4.json", "unload").get(0);
        var record = new HostRecord(
                io.zhitong.cardspec.TransactionType.UNLOAD,
                1,
                4,
                Hex.parse("00004403000112345678"),
                0x9C0C,
                500_000,
                0,
                12_345,
                Vectors.hex(c, "terminal"),
                CardTime.of(at(c)),
                Vectors.hex(c, "random"),
                Vectors.hex(c, "MAC1"),
                Vectors.hex(c, "MAC3"));
        assertEquals(
                "01030104" + "00004403000112345678" + "9c0c" + "0007a120" + "000000" + "00003039" + "b9163b2dd7a7"
                        + "20270316081500" + "c8115e86" + "4c830907" + "e7e19017",
                Hex.of(record.encode()));
        assertEquals(HostRecord.LENGTH, record.encode().length);
    }
}
