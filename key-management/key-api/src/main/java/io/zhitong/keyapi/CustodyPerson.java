package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretBytes;

/**
 * Who confirms something in the register (经手人). On the wire: name <i>text</i> ‖ custodian 1 ‖ PIN length 2 ‖ PIN.
 *
 * @param name as {@link Custodian#name()}; a custodian's is that of the vault's list
 * @param custodian number of the custodian, 0 for a person who is none
 * @param pin the custodian's; empty for a person who is none
 */
public record CustodyPerson(String name, int custodian, SecretBytes pin) implements AutoCloseable {
    public CustodyPerson {
        Custodian.checkName(name);
        Checks.range("custodian", custodian, 0, Custodian.MOST);
        if (custodian == 0 && pin.length() > 0) {
            throw Checks.malformed("expected the number of the custodian whose PIN this is");
        }
    }

    /** Somebody who is no custodian. */
    public static CustodyPerson named(String name) {
        return new CustodyPerson(name, 0, SecretBytes.takeOver(new byte[0]));
    }

    void encode(ByteWriter out) {
        out.text(name).u8(custodian);
        Secrets.encode(out, pin);
    }

    static CustodyPerson decode(ByteReader in) {
        return new CustodyPerson(in.text(), in.u8(), Secrets.decode(in));
    }

    @Override
    public void close() {
        pin.close();
    }
}
