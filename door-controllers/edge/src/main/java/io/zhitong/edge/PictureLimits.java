package io.zhitong.edge;

import java.time.Duration;

/**
 * Bounds of the pictures that wait (图片存放限额).
 *
 * @param maxBytes of all pictures together
 * @param keep after it a picture that nobody took is gone: whose face it shows should not lie at a door for ever
 * @param leastFree bytes of the disk that stay free for the journal
 */
public record PictureLimits(long maxBytes, Duration keep, long leastFree) {

    public static final PictureLimits DEFAULT = new PictureLimits(64L << 20, Duration.ofDays(7), 128L << 20);
}
