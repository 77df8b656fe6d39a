package io.zhitong.keyapi;

import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A machine certificate the vault has given (已签发机器证书). Layout: serial length 1 ‖ serial ‖ profile 1 ‖ role text ‖ name text ‖
 * from 8 ‖ to 8 (Unix seconds) ‖ key hash 32.
 *
 * @param serial of the certificate
 * @param profile whose authority signed it
 * @param name role and name in it
 * @param from first second of validity
 * @param to last second of validity
 * @param keyHash SM3 of the public key (SubjectPublicKeyInfo, DER)
 */
public record IssuedMachine(
        BigInteger serial, MachineProfile profile, MachineName name, Instant from, Instant to, byte[] keyHash) {
    private static final int HASH = 32;

    public IssuedMachine {
        keyHash = Checks.length("key hash", keyHash, HASH);
        from = Instant.ofEpochSecond(from.getEpochSecond());
        to = Instant.ofEpochSecond(to.getEpochSecond());
    }

    @Override
    public byte[] keyHash() {
        return keyHash.clone();
    }

    public void encode(ByteWriter out) {
        Revocation.encodeSerial(out, serial);
        MachineEnrolment.encode(out, profile, name);
        out.u64(from.getEpochSecond()).u64(to.getEpochSecond()).bytes(keyHash);
    }

    /** @throws KeyServiceException {@link KeyRefusal#MALFORMED} */
    public static IssuedMachine decode(ByteReader in) {
        BigInteger serial = Revocation.decodeSerial(in);
        MachineProfile profile = MachineEnrolment.profile(in);
        MachineName name = MachineEnrolment.name(in.text(), in.text());
        return new IssuedMachine(
                serial, profile, name, Revocation.second(in.u64()), Revocation.second(in.u64()), in.bytes(HASH));
    }
}
