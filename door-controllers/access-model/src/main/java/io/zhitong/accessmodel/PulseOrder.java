package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * Arguments of RELAY (继电器指令参数), 6 bytes: io 2 ‖ millis 4. Source: our profile, docs/link.md.
 *
 * @param io the output's terminal, as the list of wires names it
 * @param millis how long it is energised, 1 … {@link #LONGEST_MILLIS}
 */
public record PulseOrder(int io, int millis) {

    public static final int LONGEST_MILLIS = 600_000;
    private static final int LENGTH = 6;

    public PulseOrder {
        Bounds.u16(io, "a terminal");
        ModelException.require(
                millis >= 1 && millis <= LONGEST_MILLIS,
                ModelException.Reason.RANGE,
                "a pulse of 1 to " + LONGEST_MILLIS + " ms");
    }

    public Octets encode() {
        return Octets.of(new ByteWriter().u16(io).u32(millis).toByteArray());
    }

    /** @throws ModelException if the bytes are no such arguments */
    public static PulseOrder decode(Octets bytes) {
        return Decoding.exactly(bytes.toByteArray(), LENGTH, "a terminal and a time", PulseOrder::read);
    }

    private static PulseOrder read(ByteReader in) {
        int io = in.u16();
        return new PulseOrder(io, (int) Math.min(in.u32(), Integer.MAX_VALUE));
    }
}
