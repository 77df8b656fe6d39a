package io.zhitong.keyvault.ceremony;

import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyvault.custodian.CustodianEntry;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretBytes;
import java.security.MessageDigest;

/**
 * A custodian within a ceremony at rest (仪式中的保管人): {@link CustodianEntry} ‖ salt sized ‖ commitment sized ‖ share check
 * sized ‖ confirmed 1.
 *
 * @param entry number, name, PIN
 * @param salt of the commitment, 16 bytes, empty before
 * @param commitment 32 bytes, empty before
 * @param shareCheck SM3('ZTCH' ‖ text of the share dealt), empty before; of 256 random bits it tells nothing
 * @param confirmed whether the share came back right
 */
record CeremonyCustodian(CustodianEntry entry, byte[] salt, byte[] commitment, byte[] shareCheck, boolean confirmed) {
    CeremonyCustodian {
        salt = salt.clone();
        commitment = commitment.clone();
        shareCheck = shareCheck.clone();
    }

    static CeremonyCustodian named(CustodianEntry entry) {
        return new CeremonyCustodian(entry, new byte[0], new byte[0], new byte[0], false);
    }

    int number() {
        return entry.number();
    }

    boolean committed() {
        return commitment.length > 0;
    }

    boolean dealt() {
        return shareCheck.length > 0;
    }

    CeremonyCustodian with(CustodianEntry changed) {
        return new CeremonyCustodian(changed, salt, commitment, shareCheck, confirmed);
    }

    CeremonyCustodian committedTo(byte[] newSalt, byte[] newCommitment) {
        return new CeremonyCustodian(entry, newSalt, newCommitment, shareCheck, confirmed);
    }

    CeremonyCustodian dealt(byte[] newShareCheck) {
        return new CeremonyCustodian(entry, salt, commitment, newShareCheck, confirmed);
    }

    CeremonyCustodian withConfirmation() {
        return new CeremonyCustodian(entry, salt, commitment, shareCheck, true);
    }

    boolean fits(byte[] ceremony, SecretBytes component) {
        return MessageDigest.isEqual(commitment, CeremonyCommitment.of(ceremony, number(), salt, component));
    }

    void encode(ByteWriter out) {
        entry.encode(out);
        out.sized(salt).sized(commitment).sized(shareCheck).u8(confirmed ? 1 : 0);
    }

    static CeremonyCustodian decode(ByteReader in) {
        return new CeremonyCustodian(CustodianEntry.decode(in), in.sized(), in.sized(), in.sized(), in.u8() == 1);
    }
}
