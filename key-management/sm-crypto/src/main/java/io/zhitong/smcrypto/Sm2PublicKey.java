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
     * @throws MalformedInput if the bytes are no point of the curve
     */
    public static Sm2PublicKey decode(byte[] encoded) {
        byte[] form = encoded;
        if (encoded.length == 64) {
            form = new byte[65];
            form[0] = 4;
            System.arraycopy(encoded, 0, form, 1, 64);
        }
        if (form.length != 33 && form.length != 65) {
            throw new MalformedInput("expected an SM2 point of 33, 64 or 65 bytes, came " + encoded.length);
        }
        try {
            ECPoint point = Sm2.CURVE.getCurve().decodePoint(form);
            if (point.isInfinity() || !point.isValid()) {
                throw new MalformedInput("expected a point on the SM2 curve");
            }
            return new Sm2PublicKey(point);
        } catch (IllegalArgumentException e) {
            throw new MalformedInput("expected a point on the SM2 curve");
        }
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
