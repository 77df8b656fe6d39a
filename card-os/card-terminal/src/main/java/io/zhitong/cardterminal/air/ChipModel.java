package io.zhitong.cardterminal.air;

/**
 * How fast a chip works (芯片模型), microseconds each.
 *
 * @param command reading, dispatching and answering any command
 * @param block one block of SM4
 * @param multiplication one multiplication of a point of the SM2 curve
 * @param write one program or erase operation of a memory unit
 */
public record ChipModel(double command, double block, double multiplication, double write) {
    /** The stated model of docs/performance.md: a dual-interface chip with coprocessors for SM2 and SM4. */
    public static final ChipModel STATED = new ChipModel(300, 30, 40_000, 250);

    public ChipModel {
        if (command < 0 || block < 0 || multiplication < 0 || write < 0) {
            throw new IllegalArgumentException("expected times of at least 0");
        }
    }

    /** Milliseconds of a card's or SAM's own work. */
    public double millis(Tally tally) {
        ChipWork work = tally.work();
        return (command * tally.exchanges()
                        + block * work.blocks()
                        + multiplication * work.multiplications()
                        + write * work.writes())
                / 1000;
    }
}
