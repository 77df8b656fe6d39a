package io.zhitong.backend.bench;

import io.zhitong.backend.wall.WallLine;

/**
 * What a point last decided (最近结果), in words.
 *
 * @param line as the wall tells it
 * @param fresh whether it has just happened
 */
public record Verdict(WallLine line, boolean fresh) {
    /** The sign that goes with the words. */
    public String sign() {
        return switch (line.tone()) {
            case GRANTED -> "✓";
            case DENIED -> "✕";
            case ALARM -> "!";
            case PAYMENT -> "¥";
            case PLAIN -> "·";
        };
    }
}
