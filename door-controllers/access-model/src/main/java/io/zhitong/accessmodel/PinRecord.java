package io.zhitong.accessmodel;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * By what a device recognises a person's PIN (密码记录): credential 8 ‖ salt 8 ‖ iterations 4 ‖ hash 32. The hash is
 * PBKDF2-HMAC-SM3 (RFC 8018) over the PIN's ASCII digits. Source: our profile, docs/link.md.
 *
 * @param salt 8 bytes
 * @param iterations 1 … 1,000,000
 * @param hash 32 bytes
 */
public record PinRecord(CredentialNumber credential, Octets salt, int iterations, Octets hash) implements ListRecord {

    private static final int SALT = 8;
    private static final int MAX_ITERATIONS = 1_000_000;

    public PinRecord {
        salt.expect(SALT, "a salt");
        hash.expect(Hash.LENGTH, "a hash");
        Bounds.range(iterations, 1, MAX_ITERATIONS, "iterations from 1 to " + MAX_ITERATIONS);
    }

    @Override
    public ListKind kind() {
        return ListKind.PINS;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter()
                .u64(credential.value())
                .bytes(salt.toByteArray())
                .u32(iterations)
                .bytes(hash.toByteArray())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not a PIN record */
    public static PinRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.PINS, PinRecord::read);
    }

    private static PinRecord read(ByteReader in) {
        CredentialNumber credential = new CredentialNumber(in.u64());
        Octets salt = Octets.of(in.bytes(SALT));
        long iterations = in.u32();
        Bounds.range(iterations, 1, MAX_ITERATIONS, "iterations from 1 to " + MAX_ITERATIONS);
        return new PinRecord(credential, salt, (int) iterations, Octets.of(in.bytes(Hash.LENGTH)));
    }
}
