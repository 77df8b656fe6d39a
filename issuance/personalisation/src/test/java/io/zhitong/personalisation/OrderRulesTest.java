package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardreaders.RecordingChannel;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.PurseData;
import io.zhitong.cos.Card;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which card takes which order, and the bytes that describe its files and keys, literally as docs/card.md has them. */
class OrderRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, TestOrders.ZONE);
    private static final String SERIAL = "4403000100000001";
    private static final byte[] NEIGHBOURS = Hex.parse("0000000044030002");

    private static final TestVault VAULT = TestVault.shared();

    private static Card fresh() throws IOException {
        return TestCards.fresh(CardProfile.COMMUNITY, VAULT.transportKey());
    }

    private static CardOrder order(byte[] community, String serial, String credential, LocalDate from, LocalDate to) {
        CardOrder base = TestOrders.card(serial, "王小明", VAULT.issuer());
        return new CardOrder(
                TestOrders.CITY,
                community,
                TestOrders.ZONE,
                base.purse(),
                "王小明",
                CredentialNumber.parse(credential),
                from,
                to,
                1,
                1,
                VAULT.issuer());
    }

    private static CardOrder plain() {
        return order(TestOrders.COMMUNITY, SERIAL, SERIAL, TestOrders.FROM, TestOrders.TO);
    }

    private static void make(Card card, CardOrder order) {
        card.reset();
        new ResidentCard(VAULT.keys, CLOCK).make(card::process, order, Progress.SILENT);
    }

    private static PersonalisationRefused.Reason refusal(Card card, CardOrder order) {
        return assertThrows(PersonalisationRefused.class, () -> make(card, order))
                .reason();
    }

    @Test
    void card_of_one_credential_is_not_made_into_anothers_even_with_the_same_purse() throws IOException {
        Card card = fresh();
        make(card, plain());
        CardOrder other = order(TestOrders.COMMUNITY, SERIAL, "4403000100000009", TestOrders.FROM, TestOrders.TO);
        assertEquals(PersonalisationRefused.Reason.ALREADY_ISSUED, refusal(card, other));
        make(card, plain());
    }

    @Test
    void card_of_one_community_is_not_taken_over_by_the_next() throws IOException {
        Card card = fresh();
        make(card, plain());
        CardOrder neighbours = order(NEIGHBOURS, SERIAL, SERIAL, TestOrders.FROM, TestOrders.TO);
        var channel = new RecordingChannel(card::process);
        card.reset();
        var refused = assertThrows(
                PersonalisationRefused.class,
                () -> new ResidentCard(VAULT.keys, CLOCK).make(channel, neighbours, Progress.SILENT));
        assertEquals(PersonalisationRefused.Reason.NOT_OURS, refused.reason());
        assertTrue(
                channel.exchanges().stream()
                        .noneMatch(e -> Set.of(0xD4, 0xD6, 0xE0, 0x0E).contains(e.command()[1] & 0xFF)),
                "nothing was written");
    }

    @Test
    void card_for_a_later_day_is_made_and_checked_as_of_its_first_day() throws IOException {
        Card card = fresh();
        LocalDate first = LocalDate.of(2028, 2, 29);
        make(card, order(TestOrders.COMMUNITY, SERIAL, SERIAL, first, first));
        make(card, order(TestOrders.COMMUNITY, SERIAL, SERIAL, first, first));
    }

    @Test
    void card_whose_days_are_over_does_not_verify() throws IOException {
        Card card = fresh();
        LocalDate past = LocalDate.of(2020, 1, 1);
        CardOrder expired = order(TestOrders.COMMUNITY, SERIAL, SERIAL, past, past);
        assertThrows(PersonalisationRefused.class, () -> make(card, expired));
    }

    @Test
    void steps_of_a_finished_card_are_only_those_that_read() throws IOException {
        Card card = fresh();
        make(card, plain());
        Set<CardStep> steps = new TreeSet<>();
        card.reset();
        new ResidentCard(VAULT.keys, CLOCK).make(card::process, plain(), steps::add);
        assertEquals(Set.of(CardStep.IDENTIFY, CardStep.TAKE_OVER, CardStep.VERIFY), steps);
    }

    @Test
    void chip_number_is_read_without_any_key() throws IOException {
        Card card = fresh();
        var channel = new RecordingChannel(card::process);
        byte[] chip = new ResidentCard(VAULT.keys, CLOCK).chipOf(channel);
        assertEquals(Hex.of(card.identity().chipId()), Hex.of(chip));
        assertEquals(
                List.of(0xA4, 0xB0),
                channel.exchanges().stream().map(e -> e.command()[1] & 0xFF).toList());
    }

    @Test
    void descriptions_of_files_are_the_bytes_of_the_page() {
        assertEquals(
                "38060001019" + "5ffffa00000000386980701",
                Hex.of(FilePlan.directory(0x0600, 0x95, CardFiles.purseAid())));
        assertEquals("3f01400101ffff", Hex.of(FilePlan.keys(0x0140, 1)));
        assertEquals("a8001ef0f0ff80", Hex.of(FilePlan.protectedBinary(30, FilePlan.FREE)));
        assertEquals("a80037f1f0ff80", Hex.of(FilePlan.protectedBinary(55, FilePlan.BY_ISSUER)));
        assertEquals("280004f001ff80", Hex.of(FilePlan.openBinary(4, FilePlan.FREE)));
        assertEquals("2e0a17f1efff80", Hex.of(FilePlan.log(FilePlan.BY_ISSUER)));
        assertEquals("2f0208f000ff18", Hex.of(FilePlan.purse(0x18)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "PURSE_CONTROL, f9f00f0fff",
        "DACK, f9f00f01ff",
        "DAMK, f6f00fffff",
        "DPK, fef00f0104",
        "DLK, fff00f0104",
        "DTK, f4f00f0104",
        "ACCESS_FAST, fbf00f0104",
        "ACCESS_LINE, f6f00fffff"
    })
    void heads_of_key_records_are_the_bytes_of_the_page(KeyUsage usage, String head) {
        KeyRef key = KeyRef.of(usage, 1, TestOrders.CITY);
        KeyRecord record = switch (usage) {
            case PURSE_CONTROL -> KeyRecord.authentication(0, 0x0F, key);
            case DACK -> KeyRecord.authentication(1, 0x01, key);
            case DAMK, ACCESS_LINE -> KeyRecord.line(0, key);
            default -> KeyRecord.versioned(1, key);
        };
        assertEquals(head, Hex.of(record.head()));
        assertEquals(Integer.parseInt(head.substring(0, 2), 16), record.type());
    }

    @Test
    void purse_data_is_written_as_ordered_and_shown_by_select() throws IOException {
        Card card = fresh();
        make(card, plain());
        card.reset();
        String fci = Hex.of(card.process(Hex.parse("00a4040009a0000000038698070100")));
        PurseData ordered = plain().purse();
        assertEquals("6f2e8409a00000000386980701a5219f0c1e" + Hex.of(ordered.encode()) + "9000", fci);
        assertEquals("000000009000", Hex.of(card.process(Hex.parse("805c000204"))));
        assertEquals("6a82", Hex.of(card.process(Hex.parse("805c000104"))), "no deposit");
    }
}
