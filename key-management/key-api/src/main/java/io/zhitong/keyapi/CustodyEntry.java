package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A thing that comes into the register (保管登记). On the wire: kind 1 ‖ serial <i>text</i> ‖ about <i>text</i> ‖ holder
 * <i>text</i> ‖ place <i>text</i> ‖ SAM 1 ‖ [{@link SamBinding}].
 *
 * @param kind what it is
 * @param serial 1 to 32 digits and capital letters, as it stands on the thing
 * @param about what is in it, KCVs with their methods; at most 200 bytes of UTF-8
 * @param holder who has it, a name as {@link Custodian#name()}
 * @param place where, a name too
 * @param sam for a SAM that is bound to a terminal
 */
public record CustodyEntry(
        CustodyKind kind, String serial, String about, String holder, String place, Optional<SamBinding> sam) {
    private static final Pattern SERIAL = Pattern.compile("[0-9A-Z]{1,32}");
    private static final int MOST_ABOUT = 200;

    public CustodyEntry {
        if (!SERIAL.matcher(serial).matches()) {
            throw Checks.malformed("serial: expected 1 to 32 digits and capital letters");
        }
        Checks.range("about", about.getBytes(StandardCharsets.UTF_8).length, 0, MOST_ABOUT);
        Custodian.checkName(holder);
        Custodian.checkName(place);
        if (sam.isPresent() && !kind.sam()) {
            throw Checks.malformed("expected a SAM where there is a terminal");
        }
    }

    /** The same with another holder and place. */
    public CustodyEntry heldBy(String newHolder, String newPlace) {
        return new CustodyEntry(kind, serial, about, newHolder, newPlace, sam);
    }

    public void encode(ByteWriter out) {
        out.u8(kind.code()).text(serial).text(about).text(holder).text(place);
        out.u8(sam.isPresent() ? 1 : 0);
        sam.ifPresent(binding -> binding.encode(out));
    }

    public static CustodyEntry decode(ByteReader in) {
        return new CustodyEntry(
                CustodyKind.of(in.u8()),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                Checks.flag(in.u8()) ? Optional.of(SamBinding.decode(in)) : Optional.empty());
    }
}
