package io.zhitong.cos.chip;

/** A unit has been erased as often as the chip promises (存储单元寿命耗尽) and takes no further erase; status 6581. */
public final class WornOut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WornOut(int unit, int endurance) {
        super("unit " + unit + " reached its endurance of " + endurance + " erase operations");
    }
}
