package io.zhitong.cos.chip;

/** Power failed inside the chip (掉电): nothing after it has happened, the card lives again only after a reset. */
public final class PowerLoss extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PowerLoss() {
        super("power failed in a program or erase operation", null, false, false);
    }
}
