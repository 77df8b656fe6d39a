package io.zhitong.keyvault.quorum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumTest {
    private static final byte[] SECRET = Hex.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff");

    private final List<Share> dealt = Quorum.deal(SecretBytes.copyOf(SECRET), 3, 4, RandomSource.secure());

    @Test
    void any_three_of_four_give_the_secret_and_all_four_agree() {
        for (int without = 0; without < 4; without++) {
            List<Share> three = new ArrayList<>(dealt);
            three.remove(without);
            assertEquals(SecretBytes.copyOf(SECRET), Quorum.join(three));
        }
        assertEquals(SecretBytes.copyOf(SECRET), Quorum.join(dealt));
    }

    @Test
    void line_through_two_known_points_is_computed_by_hand() {
        // f(x) = s + c·x with s = 57, c = 83 in every byte: f(1) = 57 ^ 83 = D4, f(2) = 57 ^ 83·02 = 57 ^ 1D = 4A.
        List<Share> shares = List.of(parse(2, 2, 1, 0xD4), parse(2, 2, 2, 0x4A));

        byte[] expected = new byte[32];
        Arrays.fill(expected, (byte) 0x57);
        assertEquals(SecretBytes.copyOf(expected), Quorum.join(shares));
    }

    @Test
    void two_shares_or_the_same_twice_are_too_few() {
        assertEquals(VaultFault.TOO_FEW_SHARES, fault(dealt.subList(0, 2)));
        assertEquals(VaultFault.TOO_FEW_SHARES, fault(List.of(dealt.get(0), dealt.get(1), dealt.get(1))));
        assertEquals(VaultFault.TOO_FEW_SHARES, fault(List.of()));
    }

    @Test
    void two_shares_leave_every_secret_possible() {
        // Whatever third value is put in, some secret comes out: two shares alone say nothing about which.
        Share third = dealt.get(2);
        byte[] other = third.value().export(SecretAccess.TOKEN);
        other[0] ^= 1;
        Share forged = new Share(third.setId(), 3, 4, 3, SecretBytes.copyOf(other));
        SecretBytes wrong = Quorum.join(List.of(dealt.get(0), dealt.get(1), forged));

        assertNotEquals(SecretBytes.copyOf(SECRET), wrong);
        assertEquals(VaultFault.SHARES_DISAGREE, fault(List.of(dealt.get(0), dealt.get(1), forged, dealt.get(3))));
    }

    @Test
    void shares_of_two_sets_do_not_mix() {
        List<Share> others = Quorum.deal(SecretBytes.copyOf(SECRET), 3, 4, RandomSource.secure());

        assertEquals(VaultFault.MIXED_SHARES, fault(List.of(dealt.get(0), dealt.get(1), others.get(2))));
    }

    @Test
    void each_mistyped_digit_is_found_by_the_share_itself() {
        String text = dealt.get(0).export(SecretAccess.TOKEN);
        assertEquals(94, text.length());
        assertEquals(dealt.get(0).value(), Share.parse(text + "\n").value());
        for (int i = 0; i < text.length(); i++) {
            char wrong = text.charAt(i) == '0' ? '1' : '0';
            String mistyped = text.substring(0, i) + wrong + text.substring(i + 1);
            assertEquals(VaultFault.BAD_SHARE, parseFault(mistyped), "digit " + i);
        }
        assertEquals(VaultFault.BAD_SHARE, parseFault(text.substring(2)));
        assertEquals(VaultFault.BAD_SHARE, parseFault(""));
        assertEquals(VaultFault.BAD_SHARE, parseFault("not hex"));
    }

    @Test
    void share_never_prints_its_value() {
        Share share = dealt.get(0);
        String value = Hex.of(share.value().export(SecretAccess.TOKEN));

        assertTrue(share.export(SecretAccess.TOKEN).contains(value), "the value is findable where it belongs");
        assertFalse(share.toString().contains(value));
    }

    private static Share parse(int needed, int dealt, int x, int everyByte) {
        byte[] body = new byte[8 + 3 + 32];
        body[8] = (byte) needed;
        body[9] = (byte) dealt;
        body[10] = (byte) x;
        Arrays.fill(body, 11, body.length, (byte) everyByte);
        return Share.parse(Hex.of(body) + Hex.of(Arrays.copyOf(Sm3.hash(body), 4)));
    }

    private static VaultFault fault(List<Share> shares) {
        return assertThrows(VaultException.class, () -> Quorum.join(shares)).fault();
    }

    private static VaultFault parseFault(String text) {
        return assertThrows(VaultException.class, () -> Share.parse(text)).fault();
    }
}
