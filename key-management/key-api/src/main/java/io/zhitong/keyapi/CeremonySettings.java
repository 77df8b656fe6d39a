package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * What a ceremony is to make (仪式设置). On the wire: name text ‖ m 1 ‖ n 1 ‖ flags 1 (bit 0 rehearsal, bit 1 no masters).
 *
 * @param name of the vault, for the transcript: as {@link Custodian#name()}
 * @param needed m: custodians that open the vault, 2 to n
 * @param dealt n: custodians, up to 15
 * @param rehearsal makes marked test keys (演练)
 * @param roots whether to draw the root masters of every usage; a vault that works below a city's root begins without
 */
public record CeremonySettings(String name, int needed, int dealt, boolean rehearsal, boolean roots) {
    private static final int REHEARSAL = 1;
    private static final int NO_ROOTS = 2;

    public CeremonySettings {
        Custodian.checkName(name);
        Checks.range("custodians", dealt, 2, Custodian.MOST);
        Checks.range("custodians needed", needed, 2, dealt);
    }

    /** Writes the wire form, which is also the stored one. */
    public void encode(ByteWriter out) {
        out.text(name).u8(needed).u8(dealt).u8((rehearsal ? REHEARSAL : 0) | (roots ? 0 : NO_ROOTS));
    }

    /** Reads the wire form. */
    public static CeremonySettings decode(ByteReader in) {
        String name = in.text();
        int needed = in.u8();
        int dealt = in.u8();
        int flags = Checks.range("ceremony flags", in.u8(), 0, REHEARSAL | NO_ROOTS);
        return new CeremonySettings(name, needed, dealt, (flags & REHEARSAL) != 0, (flags & NO_ROOTS) == 0);
    }
}
