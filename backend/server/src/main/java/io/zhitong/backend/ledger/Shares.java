package io.zhitong.backend.ledger;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Divides an amount by weights without losing or inventing a fen (分摊): largest remainder, ties to the earlier party. */
public final class Shares {
    private Shares() {}

    /**
     * @param amountFen 0 or more
     * @param weights at least one, none negative, one above 0
     * @return the shares in the order of the weights; their sum is the amount and each differs from its exact share by less
     *     than one fen
     */
    public static long[] split(long amountFen, long... weights) {
        BigInteger total =
                Arrays.stream(weights).mapToObj(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        if (amountFen < 0 || total.signum() <= 0 || Arrays.stream(weights).anyMatch(w -> w < 0)) {
            throw new IllegalArgumentException("expected an amount of 0 or more and weights of 0 or more, one above 0");
        }
        BigInteger amount = BigInteger.valueOf(amountFen);
        BigInteger[] remainders = new BigInteger[weights.length];
        long[] shares = new long[weights.length];
        for (int i = 0; i < weights.length; i++) {
            BigInteger[] parts = amount.multiply(BigInteger.valueOf(weights[i])).divideAndRemainder(total);
            shares[i] = parts[0].longValueExact();
            remainders[i] = parts[1];
        }
        long left = amountFen - Arrays.stream(shares).sum();
        IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
                .limit(left)
                .forEach(i -> shares[i]++);
        return shares;
    }
}
