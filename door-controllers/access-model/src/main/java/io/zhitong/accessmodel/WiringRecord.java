package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * What one terminal of a board is connected to (接线): io 2 ‖ direction 1 ‖ point 2 ‖ function 1 ‖ supervised 1 ‖ inverted 1 ‖
 * number 2.
 *
 * @param io number of the terminal on the board
 * @param point the point it serves, {@link PointId#DEVICE} for the device itself
 * @param supervised whether cut and short circuit of the line are told apart from its two states
 * @param inverted whether the closed contact means "no"
 * @param number which of several, for instance the floor of a floor relay
 */
public record WiringRecord(
        int io,
        WireDirection direction,
        PointId point,
        WireFunction function,
        boolean supervised,
        boolean inverted,
        int number)
        implements ListRecord {

    public WiringRecord {
        Bounds.u16(io, "a terminal");
        Bounds.u16(number, "a number");
    }

    @Override
    public ListKind kind() {
        return ListKind.WIRING;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter()
                .u16(io)
                .u8(direction.code())
                .u16(point.value())
                .u8(function.code())
                .u8(supervised ? 1 : 0)
                .u8(inverted ? 1 : 0)
                .u16(number)
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not the canonical form of a wire */
    public static WiringRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.WIRING, WiringRecord::read);
    }

    private static WiringRecord read(ByteReader in) {
        return new WiringRecord(
                in.u16(),
                Coded.require(WireDirection.class, in.u8()),
                new PointId(in.u16()),
                Coded.require(WireFunction.class, in.u8()),
                in.u8() == 1,
                in.u8() == 1,
                in.u16());
    }
}
