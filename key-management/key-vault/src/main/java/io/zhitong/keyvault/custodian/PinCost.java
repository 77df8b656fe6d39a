package io.zhitong.keyvault.custodian;

/**
 * What one guess at a PIN costs (口令散列代价): Argon2id of RFC 9106, one lane.
 *
 * @param kibibytes of memory
 * @param passes over it
 */
public record PinCost(int kibibytes, int passes) {
    /** 19 MiB and two passes, so that many guesses at once are dear in memory as well. */
    public static final PinCost STANDARD = new PinCost(19 * 1024, 2);

    public PinCost {
        if (kibibytes < 8 || kibibytes > 1 << 20 || passes < 1 || passes > 64) {
            throw new IllegalArgumentException("expected 8 KiB to 1 GiB and 1 to 64 passes");
        }
    }
}
