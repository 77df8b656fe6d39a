package io.zhitong.keyvault.quorum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every selection of custodians for several quorums, and shares that lie. */
class QuorumTableTest {
    private static final String SECRET = "5a".repeat(31) + "01";

    private static SecretBytes secret() {
        return SecretBytes.takeOver(Hex.parse(SECRET));
    }

    private static String opened(List<Share> shares) {
        try (SecretBytes joined = Quorum.join(shares)) {
            return Hex.of(joined.export(SecretAccess.TOKEN));
        }
    }

    private static VaultFault fault(List<Share> shares) {
        return assertThrows(VaultException.class, () -> Quorum.join(shares)).fault();
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"1, 1", "1, 3", "2, 2", "2, 5", "3, 4", "5, 5", "4, 7"})
    void every_selection_opens_or_is_too_small(int needed, int dealt) {
        List<Share> shares = Quorum.deal(secret(), needed, dealt, RandomSource.secure());
        int opening = 0;
        for (int chosen = 1; chosen < 1 << dealt; chosen++) {
            List<Share> some = new ArrayList<>();
            for (int i = 0; i < dealt; i++) {
                if ((chosen >> i & 1) == 1) {
                    some.add(shares.get(i));
                }
            }
            Collections.shuffle(some, new Random(chosen));
            if (some.size() >= needed) {
                assertEquals(SECRET, opened(some));
                opening++;
            } else {
                assertEquals(VaultFault.TOO_FEW_SHARES, fault(some));
            }
        }
        assertTrue(opening > 0);
    }

    @Test
    void largest_quorum_opens() {
        List<Share> shares = Quorum.deal(secret(), 200, 255, RandomSource.secure());
        assertEquals(SECRET, opened(shares.subList(55, 255)));
        assertEquals(VaultFault.TOO_FEW_SHARES, fault(shares.subList(56, 255)));
    }

    @Test
    void one_lying_custodian_among_more_than_needed_is_noticed_and_nothing_opens() {
        List<Share> honest = Quorum.deal(secret(), 3, 5, RandomSource.secure());
        for (int liar = 0; liar < 5; liar++) {
            List<Share> shares = new ArrayList<>(honest);
            Share old = shares.get(liar);
            byte[] value = old.value().export(SecretAccess.TOKEN);
            value[liar] ^= 1;
            shares.set(liar, new Share(old.setId(), old.needed(), old.dealt(), old.x(), SecretBytes.takeOver(value)));
            assertEquals(VaultFault.SHARES_DISAGREE, fault(shares));
        }
    }

    @Test
    void coefficients_are_fresh_with_every_dealing() {
        List<Share> one = Quorum.deal(secret(), 2, 2, RandomSource.secure());
        List<Share> two = Quorum.deal(secret(), 2, 2, RandomSource.secure());
        assertEquals(VaultFault.MIXED_SHARES, fault(List.of(one.get(0), two.get(1))));
        String first = one.get(0).export(SecretAccess.TOKEN);
        String second = two.get(0).export(SecretAccess.TOKEN);
        assertTrue(!first.substring(22, 86).equals(second.substring(22, 86)));
    }

    @Test
    void every_bit_of_a_share_is_under_its_check_digits() {
        String text = Quorum.deal(secret(), 2, 3, RandomSource.secure()).get(1).export(SecretAccess.TOKEN);
        assertEquals(94, text.length());
        for (int bit = 0; bit < 4 * text.length(); bit++) {
            int at = bit / 4;
            int digit = Character.digit(text.charAt(at), 16) ^ (8 >> bit % 4);
            String changed = text.substring(0, at) + Character.forDigit(digit, 16) + text.substring(at + 1);
            assertEquals(
                    VaultFault.BAD_SHARE,
                    assertThrows(VaultException.class, () -> Share.parse(changed))
                            .fault(),
                    "bit " + bit);
        }
        for (String wrong : List.of("", text.substring(2), text + "00", text.replaceFirst(".", "g"))) {
            assertEquals(
                    VaultFault.BAD_SHARE,
                    assertThrows(VaultException.class, () -> Share.parse(wrong)).fault());
        }
    }

    @ParameterizedTest(name = "{0} of {1}, x = {2}")
    @CsvSource({"0, 1, 1", "2, 1, 1", "1, 256, 1", "1, 1, 0", "2, 3, 4"})
    void shares_that_cannot_be_are_refused(int needed, int dealt, int x) {
        assertThrows(
                VaultException.class,
                () -> new Share(new byte[8], needed, dealt, x, SecretBytes.takeOver(new byte[32])));
    }
}
