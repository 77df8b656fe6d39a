package io.zhitong.cos.chip;

/**
 * Shape of a non-volatile memory (非易失存储器).
 *
 * @param size bytes, a whole number of units, at most 65536
 * @param unit bytes that are programmed or erased together: 1, 4 or 64
 * @param endurance erase operations a unit bears
 */
public record NvmGeometry(int size, int unit, int endurance) {
    public NvmGeometry {
        if (unit != 1 && unit != 4 && unit != 64) {
            throw new IllegalArgumentException("expected units of 1, 4 or 64 bytes, came " + unit);
        }
        if (size < unit || size > 65536 || size % unit != 0) {
            throw new IllegalArgumentException("expected at most 65536 bytes in whole units, came " + size);
        }
        if (endurance < 1) {
            throw new IllegalArgumentException("expected an endurance of at least 1, came " + endurance);
        }
    }

    /** Number of units. */
    public int units() {
        return size / unit;
    }
}
