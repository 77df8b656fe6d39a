package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PublicKey;

/**
 * A public key whose certificates a door believes (签发者公钥): key id 4 ‖ purpose 1 ‖ x ‖ y 64 ‖ from 8 ‖ until 8. This
 * list is how a device learns the card issuer's key.
 */
public record IssuerRecord(Sm2PublicKey key, IssuerPurpose purpose, Validity validity) implements ListRecord {

    public KeyId id() {
        return KeyId.of(key);
    }

    @Override
    public ListKind kind() {
        return ListKind.ISSUERS;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter()
                .bytes(id().value().toByteArray())
                .u8(purpose.code())
                .bytes(key.xy())
                .u64(validity.fromSecond())
                .u64(validity.untilSecond())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not the canonical form of an issuer, or its point is not on the curve */
    public static IssuerRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.ISSUERS, IssuerRecord::read);
    }

    private static IssuerRecord read(ByteReader in) {
        in.bytes(KeyId.LENGTH); // compared with the key by the canonical form
        IssuerPurpose purpose = Coded.require(IssuerPurpose.class, in.u8());
        return new IssuerRecord(point(in.bytes(64)), purpose, new Validity(in.u64(), in.u64()));
    }

    private static Sm2PublicKey point(byte[] xy) {
        try {
            return Sm2PublicKey.decode(xy);
        } catch (MalformedInput e) {
            throw new ModelException(ModelException.Reason.RANGE, "expected a point of the SM2 curve");
        }
    }
}
