package io.zhitong.keyvault.quorum;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shamir's sharing of 32 secret bytes over GF(2⁸), each byte by a polynomial of its own of degree m − 1 whose constant term
 * is the secret (门限秘密共享). Coefficients are uniform, zero included.
 */
public final class Quorum {
    private Quorum() {}

    /** Deals n shares of which m open; the caller closes them. */
    public static List<Share> deal(SecretBytes secret, int needed, int dealt, RandomSource random) {
        if (needed < 1 || dealt < needed || dealt > 255 || secret.length() != Share.VALUE) {
            throw new IllegalArgumentException("expected 32 secret bytes and 1 <= m <= n <= 255");
        }
        byte[] setId = random.bytes(Share.SET_ID);
        byte[] coefficients = random.bytes(Share.VALUE * (needed - 1));
        return deal(secret, needed, dealt, setId, coefficients);
    }

    /**
     * Deals the same shares whenever it is asked with the same numbers.
     *
     * @param setId 8 bytes
     * @param coefficients 32 bytes for each power from 1 to m − 1, wiped here
     */
    public static List<Share> deal(SecretBytes secret, int needed, int dealt, byte[] setId, byte[] coefficients) {
        if (coefficients.length != Share.VALUE * (needed - 1)) {
            throw new IllegalArgumentException("expected 32 bytes for each power");
        }
        byte[] constant = secret.export(SecretAccess.TOKEN);
        try {
            List<Share> shares = new ArrayList<>(dealt);
            for (int x = 1; x <= dealt; x++) {
                byte[] value = evaluate(constant, coefficients, x);
                shares.add(new Share(setId, needed, dealt, x, SecretBytes.takeOver(value)));
            }
            return shares;
        } finally {
            Arrays.fill(constant, (byte) 0);
            Arrays.fill(coefficients, (byte) 0);
        }
    }

    /**
     * Joins shares of one set: at least m; every further one must lie on the same polynomials.
     *
     * @throws VaultException with the fault: mixed, too few, or contradicting shares
     */
    public static SecretBytes join(List<Share> shares) {
        check(shares);
        int needed = shares.get(0).needed();
        List<Share> base = shares.subList(0, needed);
        for (Share further : shares.subList(needed, shares.size())) {
            try (SecretBytes expected = interpolate(base, further.x())) {
                if (!expected.equals(further.value())) {
                    throw new VaultException(
                            VaultFault.SHARES_DISAGREE, "one of them is wrong: try " + needed + " at a time");
                }
            }
        }
        return interpolate(base, 0);
    }

    private static void check(List<Share> shares) {
        if (shares.isEmpty()) {
            throw new VaultException(VaultFault.TOO_FEW_SHARES, "expected shares, none was given");
        }
        Share first = shares.get(0);
        for (Share share : shares) {
            if (!Arrays.equals(share.setId(), first.setId())
                    || share.needed() != first.needed()
                    || share.dealt() != first.dealt()) {
                throw new VaultException(VaultFault.MIXED_SHARES, "expected shares that were dealt together");
            }
        }
        long different = shares.stream().mapToInt(Share::x).distinct().count();
        if (different < shares.size() || different < first.needed()) {
            throw new VaultException(
                    VaultFault.TOO_FEW_SHARES,
                    "expected " + first.needed() + " different shares of " + first.dealt() + ", came " + different);
        }
    }

    private static byte[] evaluate(byte[] constant, byte[] coefficients, int x) {
        byte[] out = new byte[constant.length];
        int degree = coefficients.length / constant.length;
        for (int i = 0; i < out.length; i++) {
            int value = 0;
            for (int power = degree - 1; power >= 0; power--) {
                value = Gf256.multiply(value, x) ^ coefficients[power * out.length + i] & 0xFF;
            }
            out[i] = (byte) (Gf256.multiply(value, x) ^ constant[i]);
        }
        return out;
    }

    /** The polynomials' values at a place, by Lagrange. */
    private static SecretBytes interpolate(List<Share> base, int at) {
        byte[] out = new byte[Share.VALUE];
        for (Share share : base) {
            int weight = weight(base, share, at);
            byte[] value = share.value().export(SecretAccess.TOKEN);
            for (int i = 0; i < out.length; i++) {
                out[i] ^= (byte) Gf256.multiply(value[i] & 0xFF, weight);
            }
            Arrays.fill(value, (byte) 0);
        }
        return SecretBytes.takeOver(out);
    }

    private static int weight(List<Share> base, Share of, int at) {
        int weight = 1;
        for (Share other : base) {
            if (other.x() != of.x()) {
                int factor = Gf256.multiply(at ^ other.x(), Gf256.inverse(of.x() ^ other.x()));
                weight = Gf256.multiply(weight, factor);
            }
        }
        return weight;
    }
}
