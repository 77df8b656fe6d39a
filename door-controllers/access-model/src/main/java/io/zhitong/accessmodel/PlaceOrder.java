package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * Arguments of the commands that change how points stand (现场指令参数), 7 bytes: number 1 ‖ area 2 ‖ until 4. Source: our profile,
 * docs/link.md.
 *
 * @param number the threat level of THREAT, 0 … 255; 0 with all other kinds
 * @param area 1 … 65535: every point that leads into or out of it, {@link #NO_AREA} = what the command's point says
 * @param untilSecond Unix second from which it stands no longer, u32; {@link #FOR_EVER} = until ordered otherwise
 */
public record PlaceOrder(int number, int area, long untilSecond) {

    public static final int NO_AREA = 0;
    public static final long FOR_EVER = 0;

    /** Of a command without arguments. */
    public static final PlaceOrder NONE = new PlaceOrder(0, NO_AREA, FOR_EVER);

    private static final int LENGTH = 7;

    public PlaceOrder {
        Bounds.u8(number, "a threat level");
        Bounds.u16(area, "an area");
        Bounds.u32(untilSecond, "an end");
    }

    public Octets encode() {
        return Octets.of(new ByteWriter().u8(number).u16(area).u32(untilSecond).toByteArray());
    }

    /** @throws ModelException if the bytes are no such arguments */
    public static PlaceOrder decode(Octets bytes) {
        return Decoding.exactly(bytes.toByteArray(), LENGTH, "arguments for points", PlaceOrder::read);
    }

    private static PlaceOrder read(ByteReader in) {
        return new PlaceOrder(in.u8(), in.u16(), in.u32());
    }
}
