package io.zhitong.smcrypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.ECPoint;

/** A point on the SM2 curve (公钥). Immutable, thread-safe. */
public final class Sm2PublicKey {
    private final ECPoint point;

    Sm2PublicKey(ECPoint point) {
        this.point = point.normalize();
    }

    /**
     * Reads x‖y (64 bytes), 04‖x‖y (65) or a compressed point (33).
     *
     * @throws MalformedInput if the bytes are no point of the curve, with the words of an {@link Sm2Fault}
     */
    public static Sm2PublicKey decode(byte[] encoded) {
        if (isInfinity(encoded)) {
            throw Sm2Fault.POINT_INFINITY.refused();
        }
        byte[] form = encoded;
        if (encoded.length == 64) {
            form = new byte[65];
            form[0] = 4;
            System.arraycopy(encoded, 0, form, 1, 64);
        }
        if (form.length != 33 && form.length != 65) {
            throw Sm2Fault.POINT_LENGTH.refused();
        }
        try {
            ECPoint point = Sm2.CURVE.getCurve().decodePoint(form);
            if (!point.isInfinity() && point.isValid()) {
                return new Sm2PublicKey(point);
            }
        } catch (IllegalArgumentException e) {
            throw Sm2Fault.POINT_OFF_CURVE.refused();
        }
        throw Sm2Fault.POINT_OFF_CURVE.refused();
    }

    /** One byte 00, or both coordinates 0: the two ways in which people write the point that has no coordinates. */
    private static boolean isInfinity(byte[] encoded) {
        int from = encoded.length == 65 ? 1 : 0;
        boolean form = encoded.length == 1 || encoded.length == 64 || encoded.length == 65 && encoded[0] == 4;
        int bits = 0;
        for (int i = from; i < encoded.length; i++) {
            bits |= encoded[i];
        }
        return form && bits == 0;
    }

    /** x‖y, 64 bytes. */
    public byte[] xy() {
        return Arrays.copyOfRange(point.getEncoded(false), 1, 65);
    }

    /** 02 or 03 ‖ x, 33 bytes. */
    public byte[] compressed() {
        return point.getEncoded(true);
    }

    ECPoint point() {
        return point;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sm2PublicKey that && point.equals(that.point);
    }

    @Override
    public int hashCode() {
        return point.hashCode();
    }

    @Override
    public String toString() {
        return "Sm2PublicKey[" + Hex.of(compressed()) + "]";
    }
}
