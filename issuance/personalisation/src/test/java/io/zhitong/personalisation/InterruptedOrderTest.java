package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardreaders.RecordingChannel;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.Purse;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A resident's card whose power fails inside a command, whose vault goes away, or whose relay changes what passes. */
class InterruptedOrderTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T04:00:00Z"), TestOrders.ZONE);
    private static final String SERIAL = "4403000100000001";

    private static final TestVault VAULT = TestVault.shared();

    private static Card fresh() throws IOException {
        return TestCards.fresh(CardProfile.COMMUNITY, VAULT.transportKey());
    }

    private static CardOrder order(String name) {
        return TestOrders.card(SERIAL, name, VAULT.issuer());
    }

    private static void make(KeyService keys, CardChannel card) {
        new ResidentCard(keys, CLOCK).make(card, order("王小明"), Progress.SILENT);
    }

    /** The card loses power at that program or erase operation, counted over the whole order. */
    private static CardChannel losingPower(Card card, int operation) {
        card.nvm().cutPower(new PowerCut(operation, TornContent.values()[operation % 4]));
        return command -> {
            try {
                return card.process(command);
            } catch (PowerLoss e) {
                throw new CardException(CardException.Reason.REMOVED, "power failed");
            }
        };
    }

    /** Whether the order was still under way at that operation. */
    private static boolean cut(Card card, int at) {
        try {
            make(VAULT.keys, losingPower(card, at));
            return false;
        } catch (CardException e) {
            assertEquals(CardException.Reason.REMOVED, e.reason());
            return true;
        }
    }

    @Test
    void power_that_fails_inside_any_command_leaves_a_card_that_the_same_order_finishes() throws IOException {
        Card whole = fresh();
        int before = whole.nvm().operations();
        make(VAULT.keys, whole::process);
        int operations = whole.nvm().operations() - before;
        assertTrue(operations > 1000, "operations: " + operations);
        int cuts = Integer.getInteger("zhitong.rounds", 6);
        for (int i = 0; i < cuts; i++) {
            int at = 1 + (int) ((long) operations * i / cuts) + i % 3;
            Card card = fresh();
            if (!cut(card, at)) { // random keys and challenges need a few operations more or less
                assertTrue(at > operations - 20, "not cut at " + at + " of " + operations);
                continue;
            }
            card.nvm().keepPower();
            card.reset();
            make(VAULT.keys, card::process);
            card.reset();
            assertEquals(0, Purse.select(card::process).balance(), "cut at " + at);
        }
    }

    /** The vault with its n-th call failing. */
    private static KeyService failingAt(int n, AtomicInteger calls) {
        return (KeyService) Proxy.newProxyInstance(
                KeyService.class.getClassLoader(), new Class<?>[] {KeyService.class}, (proxy, method, arguments) -> {
                    if (calls.incrementAndGet() == n) {
                        throw new KeyServiceException(KeyRefusal.values()[0], "away");
                    }
                    try {
                        return method.invoke(VAULT.keys, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void vault_that_goes_away_at_any_call_is_told_and_the_order_is_finished_later() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        make(failingAt(0, calls), fresh()::process);
        int whole = calls.get();
        assertTrue(whole > 15, "calls: " + whole);
        for (int n = 1; n <= whole; n++) {
            Card card = fresh();
            KeyService failing = failingAt(n, new AtomicInteger());
            assertThrows(KeyServiceException.class, () -> make(failing, card::process), "call " + n);
            card.reset();
            make(VAULT.keys, card::process);
        }
    }

    @ParameterizedTest(name = "bit {1} of each answer to INS {0} changed")
    @CsvSource({"84, 0", "F6, 0", "F6, 64", "F6, 540"})
    void relay_that_changes_a_challenge_or_the_cards_point_gets_no_finished_card(String ins, int bit)
            throws IOException {
        Card card = fresh();
        int instruction = Integer.parseInt(ins, 16);
        CardChannel lying = command -> {
            byte[] answer = card.process(command);
            if ((command[1] & 0xFF) == instruction && answer.length > 2 && bit / 8 < answer.length - 2) {
                answer[bit / 8] ^= (byte) (0x80 >> bit % 8);
            }
            return answer;
        };
        assertThrows(RuntimeException.class, () -> make(VAULT.keys, lying));
        card.reset();
        make(VAULT.keys, card::process);
    }

    @Test
    void transport_key_opens_a_finished_card_no_more() throws IOException {
        Card card = fresh();
        byte[] transport = VAULT.transportKey().export(io.zhitong.smcrypto.SecretAccess.TOKEN);
        make(VAULT.keys, card::process);
        card.reset();
        byte[] file = card.process(Hex.parse("00b0850000"));
        byte[] own = io.zhitong.cardspec.CardAlgorithm.SM4.diversify(transport, Arrays.copyOfRange(file, 8, 16));
        byte[] challenge = Arrays.copyOf(card.process(Hex.parse("0084000010")), 16);
        byte[] cryptogram = io.zhitong.smcrypto.Sm4.encryptBlock(own, challenge);
        assertEquals("63ce", Hex.of(card.process(Hex.parse("0082000010" + Hex.of(cryptogram)))));
    }

    /** Bytes of a card's memory that hold its log of changes. */
    private static final int LOG = 6144;

    @ParameterizedTest
    @CsvSource({"王小明, 王小明", "一个非常非常长的持卡人姓名也能写入, 一个非常非常长的持卡", "Ælfgifu, ?lfgifu", "'', ''", "阿卜杜拉·买买提·吐尔逊, 阿卜杜拉·买买提·吐"})
    void holders_name_is_cut_at_a_character_of_gbk(String name, String kept) throws IOException {
        Card card = fresh();
        new ResidentCard(VAULT.keys, CLOCK).make(card::process, order(name), Progress.SILENT);
        var chip = new JournalledMemory(card.nvm().copy(), LOG);
        byte[] memory = chip.read(0, chip.size());
        byte[] expected = Arrays.copyOf(kept.getBytes(Charset.forName("GBK")), 20);
        assertTrue(contains(memory, expected), "kept " + kept);
        if (!name.isEmpty()) {
            assertTrue(!contains(memory, "不在卡上".getBytes(Charset.forName("GBK"))), "search finds what is there only");
        }
    }

    private static boolean contains(byte[] where, byte[] what) {
        return Hex.of(where).contains(Hex.of(what));
    }

    @Test
    void two_cards_of_one_order_have_no_key_pair_in_common() throws IOException {
        Card one = fresh();
        Card two = fresh();
        make(VAULT.keys, one::process);
        make(VAULT.keys, two::process);
        assertNotEquals(pointOf(one), pointOf(two));
    }

    /** The certificate's compressed point, found behind the credential number and the dates. */
    private static String pointOf(Card card) {
        String memory = Hex.of(card.nvm().read(0, card.nvm().geometry().size()));
        int at = memory.indexOf(SERIAL + "20260101" + "20351231" + "0001");
        assertTrue(at > 0, "a certificate");
        return memory.substring(at + 36, at + 36 + 66);
    }

    @Test
    void orders_that_cannot_be_are_refused_before_a_card_is_touched() {
        CardOrder good = order("x");
        assertThrows(
                IllegalArgumentException.class,
                () -> new CardOrder(
                        new byte[7],
                        good.community(),
                        good.zone(),
                        good.purse(),
                        "x",
                        good.credential(),
                        good.from(),
                        good.to(),
                        1,
                        1,
                        good.issuer()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CardOrder(
                        good.city(),
                        good.community(),
                        good.zone(),
                        good.purse(),
                        "x",
                        CredentialNumber.parse(SERIAL),
                        good.to(),
                        good.from(),
                        1,
                        1,
                        good.issuer()));
        byte[] city = good.city();
        city[0] = 9;
        assertArrayEquals(TestOrders.CITY, good.city());
    }

    @Test
    void every_key_written_to_a_card_is_encrypted_and_every_write_has_a_mac() throws IOException {
        Card card = fresh();
        var channel = new RecordingChannel(card::process);
        make(VAULT.keys, channel);
        long keyWrites = channel.exchanges().stream()
                .filter(e -> (e.command()[1] & 0xFF) == 0xD4)
                .peek(e -> assertEquals(0x84, e.command()[0] & 0xFF))
                .peek(e -> assertEquals(0x24, e.command()[4], "ENC of 32 and MAC of 4 bytes"))
                .count();
        assertEquals(10, keyWrites, "control key of the card, six of the purse, three of the access");
        channel.exchanges().stream()
                .filter(e -> (e.command()[1] & 0xFF) == 0xD6)
                .forEach(e -> assertEquals(0x04, e.command()[0] & 0xFF));
    }
}
