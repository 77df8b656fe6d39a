package io.zhitong.edge.installer;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The one-time code that opens the page, and the one session it opened (一次性安装码). A code is 8 digits and good for one login;
 * after {@value #MOST_TRIES} wrong ones it is void, and for a minute none is taken. Thread-safe.
 */
final class AccessCode {

    static final int MOST_TRIES = 5;
    static final long WAIT_MILLIS = 60_000;
    static final long SESSION_MILLIS = 30 * 60_000;
    private static final int DIGITS = 8;
    private static final BigInteger CODES = BigInteger.TEN.pow(DIGITS);

    private final RandomSource random;
    private final LongSupplier monotonicMillis;
    private final Consumer<String> shown;
    private String code = "";
    private int tries;
    private long closedUntil = Long.MIN_VALUE;
    private Optional<String> session = Optional.empty();
    private long usedAt;

    /** @param shown where a new code is written down for the installer */
    AccessCode(RandomSource random, LongSupplier monotonicMillis, Consumer<String> shown) {
        this.random = random;
        this.monotonicMillis = monotonicMillis;
        this.shown = shown;
        renew();
    }

    private void renew() {
        // 16 bytes against 10^8 codes: no digit is likelier than another by more than one part in 10^30
        code = String.format("%0" + DIGITS + "d", new BigInteger(1, random.bytes(16)).mod(CODES));
        tries = 0;
        shown.accept(code);
    }

    /** A new session's secret, which ends every other; nothing for a wrong code. */
    synchronized Optional<String> login(String typed) {
        long now = monotonicMillis.getAsLong();
        if (now < closedUntil) {
            return Optional.empty();
        }
        if (!same(typed.strip(), code)) {
            tries++;
            if (tries >= MOST_TRIES) {
                closedUntil = now + WAIT_MILLIS;
                renew();
            }
            return Optional.empty();
        }
        renew();
        session = Optional.of(Hex.of(random.bytes(32)));
        usedAt = now;
        return session;
    }

    /** Whether that session goes on; using it keeps it for half an hour more. */
    synchronized boolean valid(String secret) {
        long now = monotonicMillis.getAsLong();
        boolean good = session.filter(own -> same(secret, own)).isPresent() && now - usedAt <= SESSION_MILLIS;
        if (good) {
            usedAt = now;
        }
        return good;
    }

    synchronized void logout() {
        session = Optional.empty();
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
