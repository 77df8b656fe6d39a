package io.zhitong.cardterminal.air;

/**
 * What a transaction took (交易计量).
 *
 * @param exchanges commands answered or begun
 * @param bytes of commands and answers together, status words included
 * @param frames blocks on the air, acknowledgements of chained ones included
 * @param frameBytes of all of them, with three bytes of each block around its content
 * @param work of the chip
 */
public record Tally(int exchanges, int bytes, int frames, int frameBytes, ChipWork work) {
    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, ChipWork.NONE);

    /** One more exchange; an answer of length 0 never came. */
    Tally and(int command, int answer, ChipWork done) {
        int sent = blocks(command);
        int came = blocks(answer);
        int acknowledged = Math.max(0, sent - 1) + Math.max(0, came - 1);
        int more = sent + came + acknowledged;
        return new Tally(
                exchanges + 1,
                bytes + command + answer,
                frames + more,
                frameBytes + command + answer + AirLink.BLOCK_OVERHEAD * more,
                work.plus(done));
    }

    private static int blocks(int length) {
        return (length + AirLink.BLOCK_CONTENT - 1) / AirLink.BLOCK_CONTENT;
    }
}
