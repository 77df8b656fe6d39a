package io.zhitong.keyvault.module.qualify;

import com.sun.jna.Pointer;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyvault.module.sdf.NativeBytes;
import io.zhitong.keyvault.module.sdf.SdfCode;
import io.zhitong.keyvault.module.sdf.SdfLibrary;
import io.zhitong.keyvault.module.sdf.SdfStructs;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Key pairs of SM2 and their signatures, each side against our own arithmetic (非对称算法运算类函数). */
final class PairChecks {
    private static final byte[] MESSAGE = "zhitong qualifies".getBytes(StandardCharsets.US_ASCII);
    private static final String ORDER = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
    private static final int UNUSED_INDEX = 60_000;

    private PairChecks() {}

    static void publicKeys(Probe probe) {
        Pointer session = probe.session();
        export(probe, session, "SDF_ExportSignPublicKey_ECC", probe.library()::SDF_ExportSignPublicKey_ECC);
        export(probe, session, "SDF_ExportEncPublicKey_ECC", probe.library()::SDF_ExportEncPublicKey_ECC);
    }

    @FunctionalInterface
    private interface Export {
        int call(Pointer session, int index, Pointer out);
    }

    private static void export(Probe probe, Pointer session, String name, Export function) {
        NativeBytes out = probe.room(SdfStructs.PUBLIC_KEY);
        probe.need(name, function.call(session, probe.keyIndex(), out.at()));
        probe.expect(out.at().getInt(0) == 256, name + ": 256 bits", out.at().getInt(0) + " bits");
        try {
            Sm2PublicKey.decode(SdfStructs.point(out.all()));
        } catch (ModuleException | MalformedInput e) {
            probe.deviation(name + ": a point of the curve, right-aligned in 64 bytes", String.valueOf(e.getMessage()));
        }
        probe.expectCode(name + ", no such index", function.call(session, UNUSED_INDEX, out.at()), SdfCode.NO_KEY);
    }

    static void sign(Probe probe) {
        Pointer session = probe.authorised();
        Sm2PublicKey key = Sm2PublicKey.decode(probe.point(session, true));
        byte[] one = signature(probe, session, digest(key));
        byte[] two = signature(probe, session, digest(key));
        probe.expect(Sm2.verify(key, MESSAGE, one), "a signature that verifies", "one that does not");
        probe.expect(!Arrays.equals(one, two), "a fresh number for each signature", "the same signature twice");
        probe.expectCode(
                "SDF_InternalSign_ECC over 31 bytes",
                probe.library()
                        .SDF_InternalSign_ECC(
                                session,
                                probe.keyIndex(),
                                probe.lend(new byte[31]).at(),
                                31,
                                probe.room(SdfStructs.SIGNATURE).at()),
                SdfCode.ARGUMENT);
        probe.expectCode(
                "SDF_InternalSign_ECC, no such index",
                probe.library()
                        .SDF_InternalSign_ECC(
                                session,
                                UNUSED_INDEX,
                                probe.lend(new byte[32]).at(),
                                32,
                                probe.room(SdfStructs.SIGNATURE).at()),
                SdfCode.NO_KEY);
    }

    private static byte[] digest(Sm2PublicKey key) {
        return Sm3.hash(Sm2.za(key), MESSAGE);
    }

    private static byte[] signature(Probe probe, Pointer session, byte[] digest) {
        NativeBytes out = probe.room(SdfStructs.SIGNATURE);
        probe.need(
                "SDF_InternalSign_ECC",
                probe.library()
                        .SDF_InternalSign_ECC(
                                session, probe.keyIndex(), probe.lend(digest).at(), 32, out.at()));
        return SdfStructs.rs(probe.aligned(out.all(), 0));
    }

    static void internalVerify(Probe probe) {
        Pointer session = probe.authorised();
        byte[] digest = digest(Sm2PublicKey.decode(probe.point(session, true)));
        byte[] signature = signature(probe, session, digest);
        verdicts(
                probe,
                "SDF_InternalVerify_ECC",
                digest,
                signature,
                (hash, rs) -> probe.library()
                        .SDF_InternalVerify_ECC(
                                session,
                                probe.keyIndex(),
                                probe.lend(hash).at(),
                                32,
                                probe.lend(probe.signatureStruct(rs)).at()));
    }

    static void externalVerify(Probe probe) {
        Pointer session = probe.session();
        Sm2PrivateKey own = Sm2PrivateKey.generate(RandomSource.secure());
        byte[] signature = Sm2.sign(own, MESSAGE, RandomSource.secure());
        byte[] digest = digest(own.publicKey());
        NativeBytes point = probe.lend(probe.publicKeyStruct(own.publicKey().xy()));
        verdicts(
                probe,
                "SDF_ExternalVerify_ECC",
                digest,
                signature,
                (hash, rs) -> probe.library()
                        .SDF_ExternalVerify_ECC(
                                session,
                                SdfLibrary.SM2_SIGN,
                                point.at(),
                                probe.lend(hash).at(),
                                32,
                                probe.lend(probe.signatureStruct(rs)).at()));
        probe.expectCode(
                "SDF_ExternalVerify_ECC, unknown algorithm",
                probe.library()
                        .SDF_ExternalVerify_ECC(
                                session,
                                0x7777,
                                point.at(),
                                probe.lend(digest).at(),
                                32,
                                probe.lend(probe.signatureStruct(signature)).at()),
                SdfCode.ALGORITHM,
                SdfCode.MODE);
    }

    @FunctionalInterface
    private interface Verify {
        int code(byte[] hash, byte[] rs);
    }

    private static void verdicts(Probe probe, String name, byte[] digest, byte[] signature, Verify verify) {
        probe.expectCode(name + ", good signature", verify.code(digest, signature), SdfCode.OK);
        byte[] otherHash = digest.clone();
        otherHash[31] ^= 1;
        probe.expectCode(name + ", other hash", verify.code(otherHash, signature), SdfCode.VERIFY);
        byte[] changed = signature.clone();
        changed[63] ^= 1;
        probe.expectCode(name + ", changed s", verify.code(digest, changed), SdfCode.VERIFY);
        SdfCode[] refusals = {SdfCode.VERIFY, SdfCode.ARGUMENT};
        probe.expectCode(name + ", r and s zero", verify.code(digest, new byte[64]), refusals);
        byte[] order = Hex.parse(ORDER);
        byte[] r = signature.clone();
        System.arraycopy(order, 0, r, 0, 32);
        probe.expectCode(name + ", r = n", verify.code(digest, r), refusals);
        byte[] s = signature.clone();
        System.arraycopy(order, 0, s, 32, 32);
        probe.expectCode(name + ", s = n", verify.code(digest, s), refusals);
    }
}
