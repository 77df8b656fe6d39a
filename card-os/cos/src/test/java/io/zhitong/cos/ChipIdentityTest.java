package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chip's identification is written once and nothing a terminal can say changes it; the UID betrays nobody. */
class ChipIdentityTest {
    private static final String OWN = Hex.of(CardAlgorithm.SM4.diversify(Bench.BATCH_KEY, Bench.CHIP.chipId()));

    @Test
    void fuses_are_blown_once() {
        Nvm nvm = Nvm.inMemory(new NvmGeometry(16384, 4, 100));
        assertArrayEquals(new byte[12], nvm.fused());
        assertThrows(IllegalStateException.class, () -> nvm.fuse(new byte[11]));
        nvm.fuse(Hex.parse("0102030405060708" + "08a1b2c3"));
        assertThrows(IllegalStateException.class, () -> nvm.fuse(new byte[12]));
        assertThrows(IllegalStateException.class, () -> nvm.copy().fuse(new byte[12]));
        assertEquals("010203040506070808a1b2c3", Hex.of(nvm.fused()));
    }

    @Test
    void fuses_stay_in_the_file_and_no_second_birth_changes_them(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.card");
        CardProfile profile = CardProfile.BLANK;
        CardBirth.of(Nvm.create(file, profile.memory()), profile, Bench.CHIP, SecretBytes.copyOf(Bench.BATCH_KEY));
        Nvm again = Nvm.open(file);
        ChipIdentity other = new ChipIdentity(new byte[8], Hex.parse("08000000"));
        assertThrows(
                IllegalStateException.class,
                () -> CardBirth.of(again, profile, other, SecretBytes.copyOf(Bench.BATCH_KEY)));
        assertEquals(
                "4403010112345678",
                Hex.of(new Card(Nvm.open(file), Bench.seeded(1)).identity().chipId()));
    }

    /** In the hands of who knows the master file's key: every command the card has, sealed rightly, and noise. */
    @Test
    void no_sequence_of_commands_changes_the_number_nor_the_file_that_shows_it() {
        Bench card = Bench.of(CardProfile.COMMUNITY, Bench.seeded(1));
        var headers = Firewall.headers(card.card().nvm());
        Random random = new Random(33);
        int good = 0;
        for (int i = 0; i < Math.max(4000, Integer.getInteger("zhitong.rounds", 0)); i++) {
            if (i % 200 == 0) {
                card = Bench.of(CardProfile.COMMUNITY, Bench.seeded(i));
                card.send(card.authenticateFrame(OWN));
            }
            int[] header = headers.get(random.nextInt(headers.size()));
            good += card.send(frame(card, header, random)).endsWith("9000") ? 1 : 0;
            assertEquals("4403010112345678", Hex.of(card.card().identity().chipId()));
            if (i % 20 == 19) {
                String dump = card.dump();
                assertTrue(dump.matches("(?s).*BINARY 0005[^\\n]*4403010112345678.*"), "0005 shows it");
            }
        }
        assertTrue(good > 500, "commands that did something: " + good);
    }

    private static String frame(Bench card, int[] header, Random random) {
        String[] p1p2 = {"0000", "0005", "8500", "0001", "0100", "3900", "3F00", "0002", "F900", "0003"};
        String[] datas = {"", "0005", "3F00", "00".repeat(16), "39F0F00F33" + OWN, "28001EF0F0FF00", "010203"};
        String head = String.format("%02X%02X", header[0], header[1]) + p1p2[random.nextInt(p1p2.length)];
        String data = datas[random.nextInt(datas.length)];
        return switch (random.nextInt(4)) {
            case 0 -> head + (data.isEmpty() ? "00" : String.format("%02X", data.length() / 2) + data);
            case 1 -> card.macFrame(OWN, 16, head, data);
            case 2 -> data.isEmpty() ? head : card.sealedFrame(OWN, head, data);
            default -> card.authenticateFrame(OWN);
        };
    }

    @Test
    void file_0005_survives_erasing_and_deleting_and_cannot_be_written() {
        Bench card = Bench.of(CardProfile.COMMUNITY, Bench.seeded(1));
        card.ok(card.authenticateFrame(OWN));
        card.ok("80E00006 07 28 0004 F0 F0 FF 00");
        card.expect(card.macFrame(OWN, 16, "80E40000", "0005"), "6985");
        card.expect("00D68508 08 0000000000000000", "6982").expect("80E00005 07 28 001E F0 F0 FF 00", "6A80");
        card.ok("800E0000");
        card.expect("00B08508 08", "4403010112345678 9000").expect("00B0860004", "6A82");
    }

    @Test
    void uid_begins_with_08_and_is_another_at_every_power_up_but_the_ats_is_the_same() {
        Bench card = Bench.of(CardProfile.COMMUNITY, Bench.seeded(1));
        Set<String> uids = new HashSet<>();
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            answers.add(Hex.of(card.card().reset()));
            uids.add(Hex.of(card.card().uid()));
        }
        assertTrue(uids.stream().allMatch(uid -> uid.length() == 8 && uid.startsWith("08")), uids.toString());
        assertTrue(uids.size() > 45, "different ones: " + uids.size());
        assertEquals(Set.of("087877a0025a5401"), answers);
        assertEquals(answers, Set.of(Hex.of(Bench.blank().card().reset())));
    }

    @Test
    void bought_card_keeps_its_uid() {
        Bench card = Bench.of(CardProfile.FM1208, Bench.seeded(1));
        card.reset();
        assertEquals("08a1b2c3", Hex.of(card.card().uid()));
    }
}
