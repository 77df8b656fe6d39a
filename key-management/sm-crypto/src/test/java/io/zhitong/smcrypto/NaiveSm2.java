package io.zhitong.smcrypto;

import java.math.BigInteger;

/**
 * SM2 with the school's formulas over plain integers, written from GB/T 32918.2 and .5 alone: slow, open to every side
 * channel, and without one line in common with the tested one but the hash.
 */
final class NaiveSm2 {
    static final BigInteger P = hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF");
    static final BigInteger A = hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC");
    static final BigInteger B = hex("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93");
    static final BigInteger N = hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123");
    static final Point G = new Point(
            hex("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"),
            hex("BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"));
    static final Point INFINITY = new Point(BigInteger.ZERO, BigInteger.ZERO);

    private NaiveSm2() {}

    record Point(BigInteger x, BigInteger y) {}

    static BigInteger hex(String digits) {
        return new BigInteger(digits, 16);
    }

    static Point add(Point a, Point b) {
        if (a.equals(INFINITY)) {
            return b;
        }
        if (b.equals(INFINITY)) {
            return a;
        }
        if (a.x().equals(b.x()) && a.y().add(b.y()).mod(P).signum() == 0) {
            return INFINITY;
        }
        BigInteger slope = a.equals(b)
                ? a.x().pow(2)
                        .multiply(BigInteger.valueOf(3))
                        .add(A)
                        .multiply(a.y().shiftLeft(1).modInverse(P))
                : b.y().subtract(a.y()).multiply(b.x().subtract(a.x()).mod(P).modInverse(P));
        BigInteger x = slope.pow(2).subtract(a.x()).subtract(b.x()).mod(P);
        return new Point(x, slope.multiply(a.x().subtract(x)).subtract(a.y()).mod(P));
    }

    static Point multiply(BigInteger k, Point point) {
        Point sum = INFINITY;
        for (int bit = k.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (k.testBit(bit)) {
                sum = add(sum, point);
            }
        }
        return sum;
    }

    static boolean onCurve(Point point) {
        return point.y()
                        .pow(2)
                        .subtract(point.x().pow(3).add(A.multiply(point.x())).add(B))
                        .mod(P)
                        .signum()
                == 0;
    }

    /** Verification of GB/T 32918.2 clause 7, e given. */
    static boolean verify(Point key, BigInteger e, BigInteger r, BigInteger s) {
        if (r.signum() <= 0 || s.signum() <= 0 || r.compareTo(N) >= 0 || s.compareTo(N) >= 0) {
            return false;
        }
        BigInteger t = r.add(s).mod(N);
        if (t.signum() == 0) {
            return false;
        }
        Point sum = add(multiply(s, G), multiply(t, key));
        return e.add(sum.x()).mod(N).equals(r);
    }

    /** Signature of GB/T 32918.2 clause 6 with a given k. */
    static BigInteger[] sign(BigInteger d, BigInteger e, BigInteger k) {
        BigInteger r = e.add(multiply(k, G).x()).mod(N);
        BigInteger s = d.add(BigInteger.ONE)
                .modInverse(N)
                .multiply(k.subtract(r.multiply(d)))
                .mod(N);
        return new BigInteger[] {r, s};
    }
}
