package io.zhitong.cardterminal.air;

/**
 * The contacts of a SAM (接触式线路), ISO/IEC 7816-3 protocol T=1: eleven elementary time units a character, four characters
 * around each block.
 *
 * @param baud characters' bits a second, such as 9600, 38400 or 115200
 */
public record ContactLine(int baud) {
    private static final int CHARACTER = 11;
    private static final int BLOCK_OVERHEAD = 4;

    public ContactLine {
        if (baud < 300) {
            throw new IllegalArgumentException("expected at least 300 baud");
        }
    }

    /** Milliseconds that the exchanges take on the line. */
    public double millis(Tally tally) {
        int characters = tally.bytes() + 2 * BLOCK_OVERHEAD * tally.exchanges();
        return 1000.0 * characters * CHARACTER / baud;
    }
}
