package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileSystem;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.cos.state.Session;
import io.zhitong.cos.state.Switches;
import io.zhitong.smcrypto.Hex;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Switches of the purse that no shipped profile turns: the same card under a profile of its own. */
class SwitchesTest {
    private final Bench card = Purses.personalise(Bench.blank());

    private CardContext under(Switches switches) {
        CardProfile ours = CardProfile.BLANK;
        CardProfile other = new CardProfile(
                9,
                "other",
                ours.algorithm(),
                ours.birth(),
                false,
                ours.memory(),
                ours.room(),
                ours.purseRoom(),
                ours.ats(),
                switches,
                0,
                0);
        JournalledMemory memory = new JournalledMemory(card.card().nvm(), Card.JOURNAL);
        FileSystem files = new FileSystem(memory, other.purseRoom());
        return new CardContext(other, memory, files, new Session(files.mf()), Bench.seeded(2));
    }

    private static String send(CardContext context, String frame) {
        CommandApdu apdu = CommandApdu.parse(Hex.parse(frame.replace(" ", "").toLowerCase(Locale.ROOT)));
        context.session().beginCommand();
        try {
            byte[] data = CommandSet.find(apdu, context.profile()).run(apdu, context);
            context.memory().commit();
            return Hex.of(data).toUpperCase(Locale.ROOT);
        } catch (CommandRefused e) {
            context.memory().rollback();
            return String.format("%04X", e.sw());
        }
    }

    private static Switches purse(boolean tries, boolean logsNext, boolean tacFirst) {
        return new Switches(true, tries, logsNext, tacFirst, true, StatusWord.CONDITIONS_NOT_MET, Set.of());
    }

    @Test
    void proof_comes_the_other_way_round() {
        Purses.load(card, 100);
        String answer = Purses.purchase(card, 1, 1);
        String native1 = card.ok("805A0006020000");
        assertEquals(answer.substring(8) + answer.substring(0, 8), native1);
        CardContext turned = under(purse(true, true, true));
        send(turned, Purses.SELECT);
        assertEquals(answer, send(turned, "805A0006020000"));
    }

    @Test
    void log_shows_the_number_of_the_transaction_itself() {
        CardContext turned = under(purse(true, false, false));
        send(turned, Purses.SELECT);
        send(turned, Purses.credit(100, send(turned, Purses.initLoad(100))));
        assertEquals("0000000000", send(turned, "00B201C417").substring(0, 10));
    }

    @Test
    void money_keys_without_tries_never_block() {
        CardContext turned = under(purse(false, true, false));
        send(turned, Purses.SELECT);
        for (int i = 0; i < 20; i++) {
            send(turned, Purses.initLoad(1));
            assertEquals("9302", send(turned, "805200000B" + Purses.TIME + "00000000"));
        }
        assertEquals(
                8,
                send(turned, Purses.credit(1, send(turned, Purses.initLoad(1)))).length());
    }

    @Test
    void missing_pin_answers_as_the_profile_says() {
        card.ok("80D4 0100 08 3A F0 EF 01 33 123456");
        CardContext turned = under(purse(true, true, false));
        send(turned, Purses.SELECT);
        assertEquals("6985", send(turned, "805C000104"));
        assertEquals("6985", send(turned, Purses.initLoad(1)));
        card.reset();
        card.ok(Purses.SELECT);
        card.expect("805C000104", "6982");
    }
}
