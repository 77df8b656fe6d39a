package io.zhitong.backend.foundation;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Row identifiers (行标识): UUID version 7 of RFC 9562 §5.7, made in the application, so that an identifier is known
 * before the row is written and new rows lie together in the index.
 *
 * <p>Layout: milliseconds since 1970, 48 bits ‖ version 7, 4 bits ‖ random 12 ‖ variant 2, 2 bits ‖ random 62. Thread-safe.
 */
@Component
public final class TimeOrderedIds {
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public TimeOrderedIds(Clock clock) {
        this.clock = clock;
    }

    public UUID next() {
        long high = (clock.millis() << 16) | 0x7000L | (random.nextInt() & 0xFFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
