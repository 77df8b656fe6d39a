package io.zhitong.keyvault.custodian;

import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.Custodians;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * A custodian at rest (保管人档案): number 1 ‖ name text ‖ wrong PINs 1 ‖ {@link PinVerifier}.
 *
 * @param number 1 to 15
 * @param name as {@link Custodian#name()}
 * @param wrongPins in a row, counted before each is checked
 * @param pin what is kept of the PIN
 */
public record CustodianEntry(int number, String name, int wrongPins, PinVerifier pin) {
    public CustodianEntry {
        Custodian.checkName(name);
        if (number < 1 || number > Custodian.MOST || wrongPins < 0 || wrongPins > Custodians.MOST_WRONG_PINS) {
            throw new IllegalArgumentException("expected a custodian 1 to 15 with at most five wrong PINs");
        }
    }

    public boolean locked() {
        return wrongPins >= Custodians.MOST_WRONG_PINS;
    }

    public CustodianEntry withWrongPins(int count) {
        return new CustodianEntry(number, name, count, pin);
    }

    public CustodianEntry withPin(PinVerifier fresh) {
        return new CustodianEntry(number, name, 0, fresh);
    }

    /** Without what is kept of the PIN. */
    public Custodian shown() {
        return new Custodian(number, name, wrongPins, locked());
    }

    public void encode(ByteWriter out) {
        out.u8(number).text(name).u8(wrongPins);
        pin.encode(out);
    }

    public static CustodianEntry decode(ByteReader in) {
        return new CustodianEntry(in.u8(), in.text(), in.u8(), PinVerifier.decode(in));
    }
}
