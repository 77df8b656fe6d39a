package io.zhitong.keyvault.module.qualify;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.zhitong.keyvault.module.sdf.NativeBytes;
import io.zhitong.keyvault.module.sdf.SdfCode;
import io.zhitong.keyvault.module.sdf.SdfLibrary;
import io.zhitong.keyvault.module.sdf.SdfStructs;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm4;

/** Keys going in, made inside, and destroyed (密钥管理类函数). */
final class KeyChecks {
    private static final int BITS = 128;
    private static final int UNUSED_INDEX = 60_000;
    private static final byte[] BLOCK = new byte[16];

    private KeyChecks() {}

    static void envelope(Probe probe) {
        Pointer session = probe.authorised();
        byte[] clear = RandomSource.secure().bytes(16);
        Pointer key = probe.key(session, clear);
        probe.expectBytes("SM4 under a key brought in", Sm4.encryptBlock(clear, BLOCK), ecb(probe, session, key));

        byte[] damaged = probe.sealed(session, clear);
        damaged[damaged.length - 1] ^= 1;
        int code = probe.importSealed(session, damaged, new PointerByReference());
        probe.expect(
                code != SdfCode.OK.code(), "SDF_ImportKeyWithISK_ECC refuses a damaged envelope", SdfCode.words(code));
        generated(probe, session);
    }

    private static void generated(Probe probe, Pointer session) {
        NativeBytes out = probe.room(SdfStructs.cipherLength(16));
        PointerByReference made = new PointerByReference();
        probe.need(
                "SDF_GenerateKeyWithIPK_ECC",
                probe.library().SDF_GenerateKeyWithIPK_ECC(session, probe.keyIndex(), BITS, out.at(), made));
        PointerByReference again = new PointerByReference();
        probe.need(
                "SDF_ImportKeyWithISK_ECC of what SDF_GenerateKeyWithIPK_ECC made",
                probe.importSealed(session, SdfStructs.envelope(probe.aligned(out.all(), 0)), again));
        probe.expectBytes(
                "the same key after its way through an envelope",
                ecb(probe, session, made.getValue()),
                ecb(probe, session, again.getValue()));
    }

    static void kek(Probe probe) {
        Pointer session = probe.session();
        NativeBytes out = probe.room(64);
        IntByReference length = new IntByReference(64);
        PointerByReference made = new PointerByReference();
        probe.need(
                "SDF_GenerateKeyWithKEK",
                probe.library()
                        .SDF_GenerateKeyWithKEK(
                                session, BITS, SdfLibrary.SM4_ECB, probe.kekIndex(), out.at(), length, made));
        int bytes = length.getValue();
        PointerByReference again = new PointerByReference();
        probe.need(
                "SDF_ImportKeyWithKEK",
                importKek(probe, session, SdfLibrary.SM4_ECB, probe.kekIndex(), out, bytes, again));
        probe.expectBytes(
                "the same key after its way under the KEK",
                ecb(probe, session, made.getValue()),
                ecb(probe, session, again.getValue()));
        probe.expectCode(
                "SDF_ImportKeyWithKEK, no such KEK",
                importKek(probe, session, SdfLibrary.SM4_ECB, UNUSED_INDEX, out, bytes, again),
                SdfCode.NO_KEY);
        probe.expectCode(
                "SDF_ImportKeyWithKEK, unknown algorithm",
                importKek(probe, session, 0x7777, probe.kekIndex(), out, bytes, again),
                SdfCode.ALGORITHM,
                SdfCode.MODE);
    }

    private static int importKek(
            Probe probe, Pointer session, int algorithm, int kek, NativeBytes in, int length, PointerByReference key) {
        return probe.library().SDF_ImportKeyWithKEK(session, algorithm, kek, in.at(), length, key);
    }

    static void destroy(Probe probe) {
        Pointer session = probe.authorised();
        Pointer key = probe.key(session, RandomSource.secure().bytes(16));
        Pointer other = probe.key(session, RandomSource.secure().bytes(16));
        probe.need("SDF_DestroyKey", probe.library().SDF_DestroyKey(session, key));
        Probe.Answer answer =
                probe.call(probe.library()::SDF_Encrypt, session, key, SdfLibrary.SM4_ECB, new byte[0], BLOCK);
        probe.expectCode("SDF_Encrypt with a destroyed key", answer.code(), SdfCode.NO_KEY);
        probe.expectCode("SDF_DestroyKey twice", probe.library().SDF_DestroyKey(session, key), SdfCode.NO_KEY);
        ecb(probe, session, other);
    }

    private static byte[] ecb(Probe probe, Pointer session, Pointer key) {
        Probe.Answer answer =
                probe.call(probe.library()::SDF_Encrypt, session, key, SdfLibrary.SM4_ECB, new byte[0], BLOCK);
        probe.need("SDF_Encrypt", answer.code());
        return answer.bytes();
    }
}
