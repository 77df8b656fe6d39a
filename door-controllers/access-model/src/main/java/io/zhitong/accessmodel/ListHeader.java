package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;

/**
 * The signed header of a list (名单签名头).
 *
 * <p>Bytes: message 77 ‖ key id 4 ‖ signature 64 ‖ leaves 4 ‖ index 4 ‖ path, 32 each ({@link HeaderProof}). Message: 'ZTH1' ‖
 * community 4 ‖ device 4 ‖ kind 1 ‖ epoch 4 ‖ number 8 ‖ count 4 ‖ root 32 ‖ made 8 ‖ lease until 8 (Unix seconds). Source: our
 * profile, docs/link.md.
 *
 * @param count number of records
 * @param root Merkle root over them ({@link MerkleTree})
 * @param madeSecond when it was compiled
 * @param leaseUntilSecond from then on the device denies by this list, 2⁶³−1 = without end
 * @param proof that the policy key has signed it, alone or with others
 */
public record ListHeader(
        CommunityId community,
        DeviceId device,
        ListKind kind,
        ListVersion version,
        long count,
        Hash root,
        long madeSecond,
        long leaseUntilSecond,
        KeyId key,
        HeaderProof proof) {

    /** Without a path: a header that was published alone. */
    public static final int LEAST_LENGTH = 153;

    public static final int MOST_LENGTH = LEAST_LENGTH + HeaderProof.MAX_PATH * Hash.LENGTH;
    public static final long NO_LEASE_END = Long.MAX_VALUE;
    private static final String MAGIC = "ZTH1";

    public ListHeader {
        ModelException.require(count >= 0 && count <= 0xFFFF_FFFFL, ModelException.Reason.RANGE, "a count u32");
        ModelException.require(
                version.compareTo(ListVersion.NONE) > 0, ModelException.Reason.RANGE, "a version above 0");
        ModelException.require(
                madeSecond >= 0 && leaseUntilSecond >= 0, ModelException.Reason.RANGE, "times from 1970 on");
    }

    /** Whether {@code policyKey} signed this header. */
    public boolean signedBy(Sm2PublicKey policyKey) {
        return KeyId.of(policyKey).equals(key)
                && Sm2.verify(
                        policyKey,
                        proof.signedOver(message()),
                        proof.signature().toByteArray());
    }

    /** The leaf of this header in the tree whose root the policy key signs. */
    public byte[] message() {
        return message(community, device, kind, version, count, root, madeSecond, leaseUntilSecond);
    }

    private static byte[] message(
            CommunityId community,
            DeviceId device,
            ListKind kind,
            ListVersion version,
            long count,
            Hash root,
            long madeSecond,
            long leaseUntilSecond) {
        return new ByteWriter()
                .ascii(MAGIC)
                .u32(community.value())
                .u32(device.value())
                .u8(kind.code())
                .u32(version.epoch())
                .u64(version.number())
                .u32(count)
                .bytes(root.toByteArray())
                .u64(madeSecond)
                .u64(leaseUntilSecond)
                .toByteArray();
    }

    static byte[] message(ListDraft draft) {
        ListTarget target = draft.target();
        return message(
                target.community(),
                target.device(),
                target.kind(),
                target.version(),
                draft.tree().count(),
                draft.tree().root(),
                target.madeSecond(),
                target.leaseUntilSecond());
    }

    static ListHeader of(ListDraft draft, KeyId key, HeaderProof proof) {
        ListTarget target = draft.target();
        return new ListHeader(
                target.community(),
                target.device(),
                target.kind(),
                target.version(),
                draft.tree().count(),
                draft.tree().root(),
                target.madeSecond(),
                target.leaseUntilSecond(),
                key,
                proof);
    }

    public byte[] encode() {
        ByteWriter out = new ByteWriter().bytes(message()).bytes(key.value().toByteArray());
        proof.write(out);
        return out.toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one header */
    public static ListHeader decode(byte[] bytes) {
        return Decoding.exactly(bytes, MOST_LENGTH, "list header", ListHeader::read);
    }

    private static ListHeader read(ByteReader in) {
        Decoding.magic(in, MAGIC);
        return new ListHeader(
                new CommunityId((int) in.u32()),
                new DeviceId(in.u32()),
                Coded.require(ListKind.class, in.u8()),
                new ListVersion(in.u32(), in.u64()),
                in.u32(),
                Hash.of(in.bytes(Hash.LENGTH)),
                in.u64(),
                in.u64(),
                new KeyId(Octets.of(in.bytes(KeyId.LENGTH))),
                HeaderProof.read(in));
    }
}
