package io.zhitong.zt.vectors;

/** A vector file or case that cannot be judged or does not hold; the message names field, expectation and finding. */
final class BadVector extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadVector(String message) {
        super(message);
    }
}
