package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What makes a bundle of software ours (升级清单).
 *
 * <p>Bytes: message 65 ‖ key id 4 ‖ signature 64 (r ‖ s, SM2, policy key). Message: 'ZTU1' ‖ community 4 ‖ architecture 1 ‖ version
 * 4 × 2 ‖ size 8 ‖ SM3 of the bundle 32 ‖ made 8 (Unix seconds). Source: our profile, docs/installing-controllers.md.
 *
 * @param size of the bundle in bytes
 */
public record UpdateManifest(
        CommunityId community,
        Architecture architecture,
        SoftwareVersion version,
        long size,
        Hash bundle,
        long madeSecond,
        KeyId key,
        Octets signature) {

    public static final int LENGTH = 133;
    private static final String MAGIC = "ZTU1";

    /** What a device is made of (处理器架构). */
    public enum Architecture implements Coded {
        X86_64(1, "x86_64", "64-bit PC"),
        AARCH64(2, "aarch64", "64-bit ARM"),
        ARMV7(3, "armv7", "32-bit ARM, hard float");

        private final int code;
        private final String chinese;
        private final String english;

        Architecture(int code, String chinese, String english) {
            this.code = code;
            this.chinese = chinese;
            this.english = english;
        }

        /** This machine's, by Java's word for it. */
        public static Optional<Architecture> named(String word) {
            return Optional.ofNullable(
                    switch (word) {
                        case "amd64", "x86_64" -> X86_64;
                        case "aarch64" -> AARCH64;
                        case "arm" -> ARMV7;
                        default -> null;
                    });
        }

        @Override
        public int code() {
            return code;
        }

        @Override
        public String chinese() {
            return chinese;
        }

        @Override
        public String english() {
            return english;
        }
    }

    public UpdateManifest {
        ModelException.require(
                size > 0 && madeSecond >= 0, ModelException.Reason.RANGE, "a size and a time from 1970 on");
        signature.expect(64, "a signature");
    }

    /** @param signer answers r ‖ s of the policy key over the message it gets */
    public static UpdateManifest sign(
            CommunityId community,
            Architecture architecture,
            SoftwareVersion version,
            long size,
            Hash bundle,
            long madeSecond,
            Sm2PublicKey policyKey,
            UnaryOperator<byte[]> signer) {
        byte[] message = message(community, architecture, version, size, bundle, madeSecond);
        return new UpdateManifest(
                community,
                architecture,
                version,
                size,
                bundle,
                madeSecond,
                KeyId.of(policyKey),
                Octets.of(signer.apply(message)));
    }

    /** Whether {@code policyKey} signed this. */
    public boolean signedBy(Sm2PublicKey policyKey) {
        byte[] message = message(community, architecture, version, size, bundle, madeSecond);
        return KeyId.of(policyKey).equals(key) && Sm2.verify(policyKey, message, signature.toByteArray());
    }

    private static byte[] message(
            CommunityId community,
            Architecture architecture,
            SoftwareVersion version,
            long size,
            Hash bundle,
            long madeSecond) {
        return new ByteWriter()
                .ascii(MAGIC)
                .u32(community.value())
                .u8(architecture.code())
                .u64(version.code())
                .u64(size)
                .bytes(bundle.toByteArray())
                .u64(madeSecond)
                .toByteArray();
    }

    public byte[] encode() {
        return new ByteWriter()
                .bytes(message(community, architecture, version, size, bundle, madeSecond))
                .bytes(key.value().toByteArray())
                .bytes(signature.toByteArray())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one manifest */
    public static UpdateManifest decode(byte[] bytes) {
        return Decoding.exactly(bytes, LENGTH, "update manifest", UpdateManifest::read);
    }

    private static UpdateManifest read(ByteReader in) {
        Decoding.magic(in, MAGIC);
        return new UpdateManifest(
                new CommunityId((int) in.u32()),
                Coded.require(Architecture.class, in.u8()),
                SoftwareVersion.of(in.u64()),
                in.u64(),
                Hash.of(in.bytes(Hash.LENGTH)),
                in.u64(),
                new KeyId(Octets.of(in.bytes(KeyId.LENGTH))),
                Octets.of(in.bytes(64)));
    }
}
