package io.zhitong.backend.setup;

import io.zhitong.machinetls.PrivateFiles;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The one-time code of a new installation (设置码): 80 random bits as 16 letters and digits in a file of mode 0600; who can read
 * it stands at the machine. Here is kept only its SM3. Good for {@value #HOURS} hours; the next one is drawn when it is looked
 * for after that. After {@value #TRIES} wrong tries all wait {@value #WAIT_MINUTES} minutes. Thread-safe.
 */
final class SetupCode {
    static final int HOURS = 24;
    static final int TRIES = 5;
    static final int WAIT_MINUTES = 5;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 16;
    private static final int LONGEST_TYPED = 64;

    /** What a try gave. */
    enum Verdict {
        RIGHT,
        WRONG,
        WAIT
    }

    private final Path file;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private byte[] hash = new byte[0];
    private Instant ends = Instant.MIN;
    private Instant again = Instant.MIN;
    private int wrong;

    SetupCode(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Draws one and writes it, unless one is good. */
    synchronized void ready() {
        if (clock.instant().isBefore(ends)) {
            return;
        }
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(i > 0 && i % 4 == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        hash = hash(code.toString());
        ends = clock.instant().plus(Duration.ofHours(HOURS));
        PrivateFiles.write(file, code + "\n");
    }

    /** Counts a wrong one; compares in constant time. */
    synchronized Verdict tried(String typed) {
        Instant now = clock.instant();
        if (now.isBefore(again)) {
            return Verdict.WAIT;
        }
        if (now.isBefore(ends) && typed.length() <= LONGEST_TYPED && MessageDigest.isEqual(hash, hash(typed))) {
            wrong = 0;
            return Verdict.RIGHT;
        }
        wrong++;
        if (wrong >= TRIES) {
            wrong = 0;
            again = now.plus(Duration.ofMinutes(WAIT_MINUTES));
        }
        return Verdict.WRONG;
    }

    /** Used, or not needed: no code opens anything any more. */
    synchronized void over() {
        ends = Instant.MIN;
        hash = new byte[0];
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] hash(String typed) {
        String plain = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return Sm3.hash(plain.getBytes(StandardCharsets.UTF_8));
    }
}
