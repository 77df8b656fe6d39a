package io.zhitong.smcrypto;

/**
 * The token that has to be shown to take key bytes out of {@link SecretBytes}.
 *
 * <p>It guards nothing by itself: it makes every place where a key leaves its wrapper findable by one search.
 */
public enum SecretAccess {
    /** The only token. */
    TOKEN
}
