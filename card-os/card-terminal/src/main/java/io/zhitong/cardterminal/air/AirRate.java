package io.zhitong.cardterminal.air;

/** Bit rate between reader and card (空口速率), ISO/IEC 14443 type A; a bit lasts 128, 64, 32 or 16 cycles of the carrier. */
public enum AirRate {
    KBIT_106(106, 128),
    KBIT_212(212, 64),
    KBIT_424(424, 32),
    KBIT_848(848, 16);

    /** Carrier in MHz, that is cycles a microsecond. */
    static final double CARRIER = 13.56;

    private final int kbit;
    private final int cycles;

    AirRate(int kbit, int cycles) {
        this.kbit = kbit;
        this.cycles = cycles;
    }

    /** Nominal rate in kbit/s. */
    public int kbit() {
        return kbit;
    }

    /** Microseconds of frames with so many bytes together: start and end bit a frame, eight bits and parity a byte. */
    double framesMicros(int frames, int bytes) {
        return (2.0 * frames + 9.0 * bytes) * cycles / CARRIER;
    }
}
