package io.zhitong.keyvault.module.qualify;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.zhitong.keyvault.module.sdf.NativeBytes;
import io.zhitong.keyvault.module.sdf.SdfCode;
import io.zhitong.keyvault.module.sdf.SdfLibrary;
import io.zhitong.keyvault.module.sdf.SdfStructs;
import io.zhitong.smcrypto.Hex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Device, random numbers and the right to private keys (设备管理类函数). */
final class DeviceChecks {
    private static final int ASYMMETRIC = 80;
    private static final int SYMMETRIC = 88;
    private static final int HASH = 92;
    private static final int SM2_SIGN_BIT = 0x200;
    private static final int SM4_ECB_AND_CBC = 0x403;
    private static final int SAMPLE = 4096;

    private DeviceChecks() {}

    static void functions(Probe probe) {
        for (String name : SdfLibrary.functions()) {
            probe.expect(SdfLibrary.has(probe.symbols(), name), name, "not exported");
        }
    }

    /** The device in its own words; empty when it does not say. */
    static String words(SdfLibrary library, Pointer device) {
        PointerByReference session = new PointerByReference();
        if (library.SDF_OpenSession(device, session) != SdfCode.OK.code()) {
            return "";
        }
        try (NativeBytes info = NativeBytes.sized(SdfStructs.DEVICE_INFO)) {
            int code = library.SDF_GetDeviceInfo(session.getValue(), info.at());
            return code == SdfCode.OK.code() ? SdfStructs.device(info.all()) : "";
        } finally {
            library.SDF_CloseSession(session.getValue());
        }
    }

    static void info(Probe probe) {
        NativeBytes info = probe.room(SdfStructs.DEVICE_INFO);
        probe.need("SDF_GetDeviceInfo", probe.library().SDF_GetDeviceInfo(probe.session(), info.at()));
        ByteBuffer numbers = ByteBuffer.wrap(info.all()).order(ByteOrder.nativeOrder());
        ability(probe, "SM2 signatures (AsymAlgAbility)", numbers.getInt(ASYMMETRIC), SM2_SIGN_BIT);
        ability(probe, "SM4 in ECB and CBC (SymAlgAbility)", numbers.getInt(SYMMETRIC), SM4_ECB_AND_CBC);
        ability(probe, "SM3 (HashAlgAbility)", numbers.getInt(HASH), SdfLibrary.SM3);
    }

    private static void ability(Probe probe, String what, int came, int bits) {
        probe.expect((came & bits) == bits, what, "abilities " + Integer.toHexString(came));
    }

    static void random(Probe probe) {
        Pointer session = probe.session();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 64; i++) {
            seen.add(Hex.of(drawn(probe, session, 16)));
        }
        probe.expect(seen.size() == 64, "64 different blocks", seen.size() + " different");
        probe.expect(drawn(probe, session, 1).length == 1, "one byte", "another number");
        int ones = 0;
        for (byte each : drawn(probe, session, SAMPLE)) {
            ones += Integer.bitCount(each & 0xFF);
        }
        int expected = SAMPLE * 4;
        // six standard deviations of 32768 fair bits
        probe.expect(Math.abs(ones - expected) < 544, "about " + expected + " ones of " + 8 * SAMPLE, ones + " ones");
    }

    private static byte[] drawn(Probe probe, Pointer session, int length) {
        NativeBytes out = probe.room(length);
        probe.need("SDF_GenerateRandom", probe.library().SDF_GenerateRandom(session, length, out.at()));
        return out.all();
    }

    static void accessRight(Probe probe) {
        Pointer session = probe.session();
        SdfCode[] noRight = {SdfCode.NO_RIGHT, SdfCode.PRIVATE_RIGHT};
        probe.expectCode("SDF_InternalSign_ECC without the right", sign(probe, session), noRight);

        byte[] wrong = probe.pin();
        byte[] other = Arrays.copyOf(wrong, wrong.length + 1);
        other[0] ^= 1;
        probe.expectCode("SDF_GetPrivateKeyAccessRight, wrong password", probe.takeRight(session, other), noRight);
        probe.expectCode("SDF_InternalSign_ECC after a wrong password", sign(probe, session), noRight);

        probe.need("SDF_GetPrivateKeyAccessRight", probe.takeRight(session, probe.pin()));
        probe.expectCode("SDF_InternalSign_ECC with the right", sign(probe, session), SdfCode.OK);
        probe.need(
                "SDF_ReleasePrivateKeyAccessRight",
                probe.library().SDF_ReleasePrivateKeyAccessRight(session, probe.keyIndex()));
        probe.expectCode("SDF_InternalSign_ECC after release", sign(probe, session), noRight);
    }

    private static int sign(Probe probe, Pointer session) {
        return probe.library()
                .SDF_InternalSign_ECC(
                        session,
                        probe.keyIndex(),
                        probe.lend(new byte[32]).at(),
                        32,
                        probe.room(SdfStructs.SIGNATURE).at());
    }
}
