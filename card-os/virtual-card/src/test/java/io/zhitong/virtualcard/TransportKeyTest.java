package io.zhitong.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The batch key file and the factory that makes cards as files with it. */
class TransportKeyTest {
    private static final String KEY = "00112233445566778899aabbccddeeff";

    @TempDir
    private Path directory;

    private Path key(String content) throws IOException {
        return Files.writeString(directory.resolve("transport.key"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, KEY + "\n", KEY + "\r\n", "  " + KEY + "  \n\n", "00112233445566778899AABBCCDDEEFF"})
    void key_is_read_with_blanks_around_it(String content) throws IOException {
        try (SecretBytes read = TransportKey.read(key(content))) {
            assertArrayEquals(Hex.parse(KEY), read.export(SecretAccess.TOKEN));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "00112233445566778899aabbccddeef",
                "00112233445566778899aabbccddee",
                KEY + "00",
                KEY + KEY,
                "0x112233445566778899aabbccddeeff",
                "00 112233445566778899aabbccddeeff x",
                "密钥",
                "zz112233445566778899aabbccddeeff"
            })
    void other_content_is_refused_without_repeating_it(String content) throws IOException {
        Path file = key(content);
        CommandFailure refused = assertThrows(CommandFailure.class, () -> TransportKey.read(file));
        assertEquals(ExitStatus.ENVIRONMENT, refused.status());
        assertTrue(refused.getMessage().contains("transport.key"), refused.getMessage());
        assertFalse(refused.getMessage().contains("112233"), refused.getMessage());
    }

    @Test
    void large_missing_and_unreadable_files_are_refused() throws IOException {
        Path large = key(KEY + " ".repeat(300));
        assertThrows(CommandFailure.class, () -> TransportKey.read(large));
        assertThrows(CommandFailure.class, () -> TransportKey.read(directory.resolve("nowhere")));
        assertThrows(CommandFailure.class, () -> TransportKey.read(directory));
    }

    private Nvm make(String name, CardProfile profile) throws IOException {
        try (SecretBytes batch = SecretBytes.takeOver(Hex.parse(KEY))) {
            return CardFileStore.make(directory.resolve(name), profile, batch);
        }
    }

    private static byte[] chip(Card card) {
        return Arrays.copyOfRange(card.process(Hex.parse("00b0850000")), 8, 16);
    }

    @Test
    void card_from_the_factory_opens_with_the_batch_key_diversified_by_its_chip_and_with_no_other() throws IOException {
        make("a.card", CardProfile.COMMUNITY);
        Card card = new Card(Nvm.open(directory.resolve("a.card")), RandomSource.secure());
        assertEquals("63ce", authenticate(card, Hex.parse(KEY)));
        byte[] other = chip(card);
        other[7] ^= 1;
        assertEquals("63cd", authenticate(card, CardAlgorithm.SM4.diversify(Hex.parse(KEY), other)));
        assertEquals("9000", authenticate(card, CardAlgorithm.SM4.diversify(Hex.parse(KEY), chip(card))));
        assertEquals("9000", Hex.of(card.process(Hex.parse("80e0001b0728000af0f0ff00"))));
    }

    private static String authenticate(Card card, byte[] key) {
        byte[] challenge = Arrays.copyOf(card.process(Hex.parse("0084000010")), 16);
        return Hex.of(card.process(Hex.parse("0082000010" + Hex.of(Sm4.encryptBlock(key, challenge)))));
    }

    @Test
    void no_two_cards_have_a_chip_number_or_a_uid_in_common() throws IOException {
        Set<String> chips = new HashSet<>();
        Set<String> uids = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            Card card = new Card(make(i + ".card", CardProfile.COMMUNITY), RandomSource.secure());
            assertTrue(chips.add(Hex.of(chip(card))));
            assertEquals(Hex.of(chip(card)), Hex.of(card.identity().chipId()));
            uids.add(Hex.of(card.identity().uid()));
        }
        assertTrue(uids.stream().allMatch(uid -> uid.length() == 8 && uid.startsWith("08")), uids.toString());
        assertNotEquals(1, uids.size());
    }

    @Test
    void card_is_not_made_over_another_and_a_draft_of_a_killed_factory_is_in_nobodys_way() throws IOException {
        make("a.card", CardProfile.BLANK);
        byte[] before = Files.readAllBytes(directory.resolve("a.card"));
        assertThrows(IOException.class, () -> make("a.card", CardProfile.BLANK));
        assertArrayEquals(before, Files.readAllBytes(directory.resolve("a.card")));
        Files.write(directory.resolve("b.card.new"), new byte[77]);
        make("b.card", CardProfile.BLANK);
        assertFalse(Files.exists(directory.resolve("b.card.new")));
        assertEquals(
                "blank",
                new Card(Nvm.open(directory.resolve("b.card")), RandomSource.secure())
                        .profile()
                        .name());
    }

    @Test
    void key_of_the_factory_lies_in_no_card_file() throws IOException {
        make("a.card", CardProfile.COMMUNITY);
        make("p.card", CardProfile.PSAM);
        Path planted = Files.write(directory.resolve("planted"), Hex.parse("ff" + KEY + "ff"));
        assertTrue(holds(planted));
        assertFalse(holds(directory.resolve("a.card")));
        assertFalse(holds(directory.resolve("p.card")));
    }

    private static boolean holds(Path file) throws IOException {
        return Hex.of(Files.readAllBytes(file)).contains(KEY);
    }
}
