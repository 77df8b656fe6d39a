package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardreaders.RecordingChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.AccessSam;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cos.Card;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PSAM and access SAM made by a real vault: interrupted anywhere, made twice, ordered wrongly. */
class SamCardTest {
    private static final TestVault VAULT = TestVault.shared();

    private static Card fresh() throws IOException {
        return TestCards.fresh(CardProfile.PSAM, VAULT.transportKey());
    }

    private static void make(Card module, SamOrder order) {
        module.reset();
        new SamCard(VAULT.keys).make(module::process, order, Progress.SILENT);
        module.reset();
    }

    private static SamOrder order(SamOrder.Kind kind, String serial, String terminal) {
        return new SamOrder(kind, TestOrders.CITY, TestOrders.COMMUNITY, Hex.parse(serial), Hex.parse(terminal), 1);
    }

    /** What the finished module can do: a purchase number, or the MAC of a fast answer. */
    private static String use(SamOrder.Kind kind, Card module) {
        module.reset();
        if (kind == SamOrder.Kind.ACCESS) {
            byte[] message = Hex.parse("5a54463100112233");
            return Hex.of(AccessSam.open(module::process).mac(1, CredentialNumber.parse("4403000100000001"), message));
        }
        Psam psam = Psam.open(module::process);
        String init = "807000001c" + "01020304" + "0001" + "00000064" + "06" + "20261121120000" + "0104"
                + "4403000100000001" + "08";
        // the city's master is one derivation above the card: no further factor
        String answer = Hex.of(module.process(Hex.parse(init)));
        return Hex.of(psam.serial()) + Hex.of(psam.terminal()) + answer;
    }

    @ParameterizedTest
    @EnumSource(SamOrder.Kind.class)
    void order_cut_off_at_every_exchange_is_finished_by_running_it_again(SamOrder.Kind kind) throws IOException {
        SamOrder order = TestOrders.sam(kind);
        Card whole = fresh();
        var counting = new RecordingChannel(whole::process);
        new SamCard(VAULT.keys).make(counting, order, Progress.SILENT);
        String expected = use(kind, whole);
        int exchanges = counting.exchanges().size();
        assertTrue(exchanges > 20, "exchanges: " + exchanges);
        for (int n = 1; n <= exchanges; n++) {
            boolean done = n % 2 == (kind == SamOrder.Kind.ACCESS ? 0 : 1);
            Card module = fresh();
            var cut = TestCards.leavingAt(n, done, module);
            assertThrows(CardException.class, () -> new SamCard(VAULT.keys).make(cut, order, Progress.SILENT));
            make(module, order);
            assertEquals(numberAside(expected), numberAside(use(kind, module)), "cut at " + n + " " + done);
        }
    }

    /** A module torn behind its last file may begin with 0 in place of 1; MAC1 depends on the number. */
    private static String numberAside(String used) {
        return used.length() == 16 ? used : used.substring(0, 32) + used.substring(used.length() - 4);
    }

    @Test
    void module_made_for_one_thing_is_not_made_into_another() throws IOException {
        Card access = fresh();
        make(access, TestOrders.sam(SamOrder.Kind.ACCESS));
        String before = use(SamOrder.Kind.ACCESS, access);
        assertEquals(
                PersonalisationRefused.Reason.ALREADY_ISSUED,
                assertThrows(PersonalisationRefused.class, () -> make(access, TestOrders.sam(SamOrder.Kind.PURCHASE)))
                        .reason());
        assertEquals(before, use(SamOrder.Kind.ACCESS, access));
    }

    @Test
    void module_with_a_serial_number_takes_no_other() throws IOException {
        Card module = fresh();
        make(module, order(SamOrder.Kind.PURCHASE, "00004403990000000001", "440300000043"));
        var other = order(SamOrder.Kind.PURCHASE, "00004403990000000002", "440300000044");
        var refused = assertThrows(PersonalisationRefused.class, () -> make(module, other));
        assertEquals(PersonalisationRefused.Reason.ALREADY_ISSUED, refused.reason());
        module.reset();
        Psam psam = Psam.open(module::process);
        assertEquals("00004403990000000001", Hex.of(psam.serial()));
        assertEquals("440300000043", Hex.of(psam.terminal()));
    }

    @Test
    void finished_module_is_left_alone_but_for_its_terminal_number() throws IOException {
        Card module = fresh();
        make(module, order(SamOrder.Kind.PURCHASE, "00004403990000000001", "440300000043"));
        var channel = new RecordingChannel(module::process);
        new SamCard(VAULT.keys)
                .make(channel, order(SamOrder.Kind.PURCHASE, "00004403990000000001", "440300000045"), Progress.SILENT);
        assertTrue(channel.exchanges().stream().noneMatch(e -> (e.command()[1] & 0xFF) == 0xD4), "no key");
        assertTrue(channel.exchanges().stream().noneMatch(e -> (e.command()[1] & 0xFF) == 0x0E), "nothing erased");
        module.reset();
        assertArrayEquals(Hex.parse("440300000045"), Psam.open(module::process).terminal());
    }

    @Test
    void strangers_cannot_set_the_number_back_or_rewrite_serial_and_terminal() throws IOException {
        Card module = fresh();
        make(module, TestOrders.sam(SamOrder.Kind.PURCHASE));
        for (String frame : new String[] {
            "00a4000000",
            "00d695000a00000000000000000000",
            "00d69600066666666666ff",
            "00a40000023f00",
            "800e0000",
            "80e0001b0728000af0f0ff00",
            "00a4000002df02",
            "00d699000400000000",
            "800e0000",
            "80e0001b0728000af0f0ff00",
            "80d4010915 3ef0f00104" + "00".repeat(16)
        }) {
            String answer = Hex.of(module.process(Hex.parse(frame.replace(" ", ""))));
            boolean select = frame.startsWith("00a4");
            assertEquals(select ? "9000" : "6982", answer.substring(answer.length() - 4), frame);
        }
    }

    @Test
    void module_of_another_factory_is_refused_before_anything_is_written() throws IOException {
        Card foreign =
                TestCards.fresh(CardProfile.PSAM, io.zhitong.smcrypto.SecretBytes.takeOver(Hex.parse("11".repeat(16))));
        var channel = new RecordingChannel(foreign::process);
        var refused = assertThrows(
                PersonalisationRefused.class,
                () -> new SamCard(VAULT.keys).make(channel, TestOrders.sam(SamOrder.Kind.PURCHASE), Progress.SILENT));
        assertEquals(PersonalisationRefused.Reason.NOT_OURS, refused.reason());
        assertTrue(channel.exchanges().stream()
                .noneMatch(e -> java.util.Set.of(0xD4, 0xD6, 0xE0, 0x0E).contains(e.command()[1] & 0xFF)));
    }

    @Test
    void card_in_place_of_a_module_is_refused_by_what_it_cannot_do() throws IOException {
        Card card = TestCards.fresh(CardProfile.BLANK, VAULT.transportKey());
        var refused = assertThrows(
                CardException.class,
                () -> new SamCard(VAULT.keys)
                        .make(card::process, TestOrders.sam(SamOrder.Kind.PURCHASE), Progress.SILENT));
        assertEquals(CardException.Reason.STATUS, refused.reason());
    }
}
