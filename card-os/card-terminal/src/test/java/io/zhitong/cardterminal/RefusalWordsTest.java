package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardException;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a status word or a failing reader means to the person at the till, and the SAM's turn. */
class RefusalWordsTest {

    @ParameterizedTest
    @CsvSource({
        "6A82, NO_PURSE, NO_PURSE",
        "9401, FUNDS_TOO_LOW, CARD_REFUSED",
        "6283, CARD_BLOCKED, CARD_REFUSED",
        "9303, CARD_BLOCKED, CARD_REFUSED",
        "6A81, CARD_BLOCKED, CARD_REFUSED",
        "9302, SAM_MAC_REFUSED, CARD_REFUSED",
        "6985, CARD_REFUSED, CARD_REFUSED",
        "9402, CARD_REFUSED, CARD_REFUSED",
        "1234, CARD_REFUSED, CARD_REFUSED"
    })
    void status_word_of_a_card_means_this_to_who_pays_and_to_who_loads(
            String sw, PurchaseRefusal paying, LoadRefusal loading) {
        CardException refused = new CardException("INIT", Integer.parseInt(sw, 16));
        assertEquals(paying, PurchaseRefusal.before(refused));
        assertEquals(loading, LoadRefusal.of(refused));
    }

    @ParameterizedTest
    @CsvSource({
        "REMOVED, CARD_LEFT, CARD_LEFT, CARD_LEFT",
        "TIMEOUT, CARD_LEFT, CARD_LEFT, CARD_LEFT",
        "READER_FAILED, CARD_LEFT, CARD_LEFT, READER_FAILED",
        "MALFORMED, CARD_ANSWER_MALFORMED, CARD_ANSWER_MALFORMED, LENGTH"
    })
    void failure_of_the_channel_means_this_at_till_load_desk_and_door(
            CardException.Reason reason, PurchaseRefusal paying, LoadRefusal loading, AccessFailure entering) {
        CardException failed = new CardException(reason, "planted");
        assertEquals(paying, PurchaseRefusal.before(failed));
        assertEquals(loading, LoadRefusal.of(failed));
        assertEquals(entering, AccessApplication.refusal(failed).reason());
    }

    @Test
    void fci_of_a_strange_card_is_read_or_refused_and_nothing_else() {
        Fci fci = Fci.parse(Hex.parse("6f09" + "8402" + "4142" + "a503" + "880101"));
        assertEquals("4142", Hex.of(fci.name()));
        assertEquals("01", Hex.of(fci.proprietary(0x88).orElseThrow()));
        for (String wrong : new String[] {"", "6f", "6f05", "6f0284", "8400", "6f0484008400", "6f04a5028802"}) {
            assertThrows(MalformedInput.class, () -> Fci.parse(Hex.parse(wrong)), wrong);
        }
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextBoolean()) {
                bytes[0] = 0x6F;
                bytes[1] = (byte) (bytes.length - 2);
            }
            try {
                assertEquals(Hex.of(bytes), Hex.of(Fci.parse(bytes).encoded()));
            } catch (MalformedInput refused) {
                assertTrue(String.valueOf(refused.getMessage()).startsWith("expected"));
            }
        }
    }

    private static final String SELECT_MF = "00a40000023f0000";
    private static final String SELECT_DF02 = "00a4000002df0200";

    private static Script psam() {
        return new Script("PSAM")
                .on(SELECT_MF, "9000")
                .on("00b095000a", "00004403010100000001" + "9000")
                .on("00b0960006", "440300000043" + "9000")
                .on(SELECT_DF02, "9000")
                .on("00b0990004", "00000007" + "9000");
    }

    @Test
    void psam_states_serial_terminal_and_next_number_when_it_is_opened() {
        Script slot = psam();
        Psam sam = Psam.open(slot);
        slot.assertDone();
        assertEquals("00004403010100000001", Hex.of(sam.serial()));
        assertEquals("440300000043", Hex.of(sam.terminal()));
        try (PurchaseSam.Session session = sam.begin()) {
            assertEquals(7, session.nextSequence());
            assertEquals(PurchaseSam.Verdict.CANNOT_TELL, session.confirm(7, new byte[4]), "nothing was authorised");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00a40000023f0000, 6a82",
        "00b095000a, 6a82",
        "00b0960006, 6982",
        "00a4000002df0200, 6a82",
        "00b0990004, 6c03"
    })
    void psam_that_is_not_one_of_ours_is_not_opened(String at, String answer) {
        Script slot = new Script("PSAM");
        String[][] steps = {
            {SELECT_MF, "9000"},
            {"00b095000a", "000044030101000000019000"},
            {"00b0960006", "4403000000439000"},
            {SELECT_DF02, "9000"},
            {"00b0990004", "000000079000"}
        };
        for (String[] step : steps) {
            slot.on(step[0], step[0].equals(at) ? answer : step[1]);
            if (step[0].equals(at)) {
                break;
            }
        }
        CardException refused = assertThrows(CardException.class, () -> Psam.open(slot));
        assertEquals(CardException.Reason.STATUS, refused.reason());
        slot.assertDone();
    }

    /** A SAM shared by two tills answers with the other's signature unless one waits for the other. */
    @Test
    void sam_serves_one_purchase_at_a_time_and_lets_the_next_in_when_it_ends() throws Exception {
        Psam sam = Psam.open(psam());
        ExecutorService tills = Executors.newFixedThreadPool(4);
        try {
            List<Integer> inside = new ArrayList<>();
            CyclicBarrier start = new CyclicBarrier(4);
            CountDownLatch done = new CountDownLatch(4 * 200);
            int[] present = {0};
            List<Future<?>> all = new ArrayList<>();
            for (int till = 0; till < 4; till++) {
                all.add(tills.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    for (int i = 0; i < 200; i++) {
                        try (PurchaseSam.Session session = sam.begin()) {
                            inside.add(++present[0]);
                            session.nextSequence();
                            present[0]--;
                        }
                        done.countDown();
                    }
                    return null;
                }));
            }
            assertTrue(done.await(20, TimeUnit.SECONDS));
            for (Future<?> one : all) {
                one.get(10, TimeUnit.SECONDS);
            }
            assertEquals(800, inside.size());
            assertTrue(inside.stream().allMatch(count -> count == 1));
        } finally {
            tills.shutdownNow();
        }
    }

    @Test
    void access_sam_delivers_and_computes_without_anybody_between() throws Exception {
        List<String> seen = new ArrayList<>();
        AccessSam sam = AccessSam.open(command -> {
            seen.add(Hex.of(command).substring(2, 4));
            return Hex.parse(command[1] == (byte) 0xFA ? "01020304050607089000" : "9000");
        });
        ExecutorService doors = Executors.newFixedThreadPool(4);
        try {
            List<Future<byte[]>> macs = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                long number = i + 1;
                macs.add(doors.submit(() -> sam.mac(1, new io.zhitong.cardspec.CredentialNumber(number), new byte[8])));
            }
            for (Future<byte[]> mac : macs) {
                assertEquals("0102030405060708", Hex.of(mac.get(10, TimeUnit.SECONDS)));
            }
        } finally {
            doors.shutdownNow();
        }
        assertEquals(201, seen.size());
        for (int i = 1; i < seen.size(); i++) {
            assertEquals(i % 2 == 1 ? "1a" : "fa", seen.get(i), "exchange " + i);
        }
    }

    @Test
    void access_sam_that_refuses_or_answers_short_is_a_failure_of_the_sam() {
        for (String answer : new String[] {"6985", "6a88", "9000", "010203049000"}) {
            AccessSam sam = AccessSam.open(command -> Hex.parse(command[1] == (byte) 0xFA ? answer : "9000"));
            CardException failed = assertThrows(
                    CardException.class, () -> sam.mac(1, new io.zhitong.cardspec.CredentialNumber(1), new byte[8]));
            assertInstanceOf(CardException.class, failed);
            assertTrue(failed.reason() == CardException.Reason.STATUS
                    || failed.reason() == CardException.Reason.MALFORMED);
        }
    }
}
