package io.zhitong.uhppote.driver;

import java.time.Duration;

/**
 * How long and how often a board is asked (重试).
 *
 * @param answer how long an answer may take
 * @param attempts how often a repeatable message is sent in all, 1 to 10
 * @param turn how long a question may wait for those before it
 */
public record Patience(Duration answer, int attempts, Duration turn) {

    /** The vendor's sample waits 400 ms and asks again three times. */
    public static final Patience USUAL = new Patience(Duration.ofMillis(400), 4, Duration.ofSeconds(10));

    public Patience {
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("expected 1 to 10 attempts, came " + attempts);
        }
    }
}
