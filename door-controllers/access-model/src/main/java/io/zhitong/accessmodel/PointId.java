package io.zhitong.accessmodel;

/**
 * A point (门点) within its device: door, lane, lift, till position. 0 is the device itself.
 *
 * @param value u16
 */
public record PointId(int value) {

    /** The device itself. */
    public static final PointId DEVICE = new PointId(0);

    public PointId {
        ModelException.require(
                value >= 0 && value <= 0xFFFF, ModelException.Reason.RANGE, "a point id from 0 to 65535");
    }
}
