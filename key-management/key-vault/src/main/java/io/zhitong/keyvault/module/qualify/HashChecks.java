package io.zhitong.keyvault.module.qualify;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.zhitong.keyvault.module.sdf.NativeBytes;
import io.zhitong.keyvault.module.sdf.SdfCode;
import io.zhitong.keyvault.module.sdf.SdfLibrary;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;

/** SM3, against the examples of GB/T 32905 appendix A (杂凑运算类函数). */
final class HashChecks {
    private static final byte[] IDENTITY = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    private static final String OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    private static final String OF_64 = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732";

    private HashChecks() {}

    static void sm3(Probe probe) {
        Pointer session = probe.session();
        byte[] sixtyFour = "abcd".repeat(16).getBytes(StandardCharsets.US_ASCII);
        init(probe, session);
        probe.expectBytes("SM3 of abc", Hex.parse(OF_ABC), hash(probe, session, ABC));
        init(probe, session);
        probe.expectBytes("SM3 of 64 bytes", Hex.parse(OF_64), hash(probe, session, sixtyFour));
        byte[] all = new byte[3 * 1000];
        init(probe, session);
        byte[] inParts = hash(probe, session, new byte[1000], new byte[1], new byte[1999]);
        probe.expectBytes("SM3 in three parts", Sm3.hash(all), inParts);
    }

    static void withZ(Probe probe) {
        Pointer session = probe.session();
        Sm2PrivateKey pair = Sm2PrivateKey.generate(RandomSource.secure());
        NativeBytes key = probe.lend(probe.publicKeyStruct(pair.publicKey().xy()));
        probe.need(
                "SDF_HashInit with a public key",
                probe.library()
                        .SDF_HashInit(
                                session,
                                SdfLibrary.SM3,
                                key.at(),
                                probe.lend(IDENTITY).at(),
                                IDENTITY.length));
        probe.expectBytes("SM3 of Z and abc", Sm3.hash(Sm2.za(pair.publicKey()), ABC), hash(probe, session, ABC));
    }

    static void steps(Probe probe) {
        Pointer session = probe.session();
        probe.expectCode(
                "SDF_HashUpdate before SDF_HashInit",
                probe.library().SDF_HashUpdate(session, probe.lend(ABC).at(), ABC.length),
                SdfCode.STEP);
        probe.expectCode(
                "SDF_HashInit, unknown algorithm",
                probe.library().SDF_HashInit(session, 0x7777, null, null, 0),
                SdfCode.ALGORITHM,
                SdfCode.MODE);
        init(probe, session);
        hash(probe, session, ABC);
        IntByReference length = new IntByReference(32);
        probe.expectCode(
                "SDF_HashFinal twice",
                probe.library().SDF_HashFinal(session, probe.room(32).at(), length),
                SdfCode.STEP);
    }

    private static void init(Probe probe, Pointer session) {
        probe.need("SDF_HashInit", probe.library().SDF_HashInit(session, SdfLibrary.SM3, null, null, 0));
    }

    private static byte[] hash(Probe probe, Pointer session, byte[]... parts) {
        for (byte[] part : parts) {
            probe.need(
                    "SDF_HashUpdate",
                    probe.library().SDF_HashUpdate(session, probe.lend(part).at(), part.length));
        }
        NativeBytes out = probe.room(32);
        IntByReference length = new IntByReference(32);
        probe.need("SDF_HashFinal", probe.library().SDF_HashFinal(session, out.at(), length));
        probe.expect(length.getValue() == 32, "a hash of 32 bytes", length.getValue() + " bytes");
        return out.all();
    }
}
