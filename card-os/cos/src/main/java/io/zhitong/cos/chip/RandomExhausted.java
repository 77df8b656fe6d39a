package io.zhitong.cos.chip;

/** A fed random source has no bytes left (随机数用尽): the run must stop, since another number would prove nothing. */
public final class RandomExhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was wanted and what was there. */
    public RandomExhausted(int wanted, int left) {
        super("expected " + wanted + " more random bytes, " + left + " are left; feed more");
    }
}
