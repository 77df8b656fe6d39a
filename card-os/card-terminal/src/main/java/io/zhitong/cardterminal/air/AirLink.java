package io.zhitong.cardterminal.air;

import java.util.Locale;

/**
 * A card in the field of a reader (空口链路), ISO/IEC 14443-3 and -4 type A: how long activation and exchanges last where both
 * sides answer at once, each frame 1236 cycles of the carrier after the other. Source of the figures: docs/performance.md.
 *
 * @param uidLevels 1 for a UID of 4 bytes, 2 for 7, 3 for 10
 * @param atsLength bytes of the answer to select
 */
public record AirLink(int uidLevels, int atsLength) {
    /** A UID of four bytes, an answer to select of 16: the cards in the field. */
    public static final AirLink USUAL = new AirLink(1, 16);

    /** Block without content: PCB and CRC. */
    static final int BLOCK_OVERHEAD = 3;

    /** Content of a block where FSD and FSC are 256. */
    static final int BLOCK_CONTENT = 256 - BLOCK_OVERHEAD;

    private static final double DELAY_MICROS = 1236 / AirRate.CARRIER;
    private static final double SHORT_FRAME_MICROS = (2 + 7) * 128 / AirRate.CARRIER;
    private static final int CRC = 2;

    public AirLink {
        if (uidLevels < 1 || uidLevels > 3 || atsLength < 1 || atsLength > 254) {
            throw new IllegalArgumentException("expected 1 to 3 UID levels and an ATS of 1 to 254 bytes");
        }
    }

    /** Milliseconds from REQA to the first command, with the change of the rate where it is not 106 kbit/s. */
    public double activationMillis(AirRate rate) {
        int ats = atsLength + CRC;
        // REQA as short frame, ATQA 2; a level: ANTICOLLISION 2, UID 5, SELECT 9, SAK 3; RATS 4, ATS
        double frames = SHORT_FRAME_MICROS
                + AirRate.KBIT_106.framesMicros(1, 2)
                + AirRate.KBIT_106.framesMicros(4 * uidLevels, (2 + 5 + 9 + 3) * uidLevels)
                + AirRate.KBIT_106.framesMicros(2, 4 + ats);
        double micros = frames + DELAY_MICROS * (4 + 4 * uidLevels);
        return (rate == AirRate.KBIT_106 ? micros : micros + changeOfRate()) / 1000;
    }

    /** PPS: 5 bytes there, 3 back, still at 106 kbit/s. */
    private static double changeOfRate() {
        return AirRate.KBIT_106.framesMicros(2, 5 + 3) + 2 * DELAY_MICROS;
    }

    /** Milliseconds of the exchanges alone. */
    public double exchangeMillis(Tally tally, AirRate rate) {
        return (rate.framesMicros(tally.frames(), tally.frameBytes()) + DELAY_MICROS * tally.frames()) / 1000;
    }

    /** Milliseconds from REQA to the end of the last answer. */
    public double millis(Tally tally, AirRate rate) {
        return activationMillis(rate) + exchangeMillis(tally, rate);
    }

    /** One line for a log: what was counted, and the milliseconds at the slowest and the fastest rate. */
    public String report(Tally tally) {
        return String.format(
                Locale.ROOT,
                "exchanges=%d bytes=%d at106=%.1fms at848=%.1fms",
                tally.exchanges(),
                tally.bytes(),
                millis(tally, AirRate.KBIT_106),
                millis(tally, AirRate.KBIT_848));
    }
}
