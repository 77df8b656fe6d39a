package io.zhitong.accessmodel;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteWriter;

/** A number that is refused everywhere (黑名单记录): number 8 ‖ status 1. For purses the number is the card serial. */
public record BlacklistRecord(CredentialNumber number, CredentialStatus status) implements ListRecord {

    public BlacklistRecord {
        ModelException.require(
                status != CredentialStatus.ACTIVE, ModelException.Reason.RANGE, "a status other than active");
    }

    @Override
    public ListKind kind() {
        return ListKind.BLACKLIST;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter().u64(number.value()).u8(status.code()).toByteArray();
    }

    /** @throws ModelException if the bytes are not a blacklist record */
    public static BlacklistRecord decode(byte[] bytes) {
        return Decoding.canonical(
                bytes,
                ListKind.BLACKLIST,
                in -> new BlacklistRecord(
                        new CredentialNumber(in.u64()), Coded.require(CredentialStatus.class, in.u8())));
    }
}
