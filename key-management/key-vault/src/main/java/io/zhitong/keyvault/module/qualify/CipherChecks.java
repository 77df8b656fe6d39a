package io.zhitong.keyvault.module.qualify;

import com.sun.jna.Pointer;
import io.zhitong.keyvault.module.sdf.SdfCode;
import io.zhitong.keyvault.module.sdf.SdfLibrary;
import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm4;
import io.zhitong.smcrypto.Sm4Cipher;
import java.util.Arrays;

/** SM4 in its modes, against GB/T 32907 appendix A and our own (对称算法运算类函数). */
final class CipherChecks {
    private static final byte[] KEY = Hex.parse("0123456789abcdeffedcba9876543210");
    private static final byte[] OF_KEY = Hex.parse("681edf34d206965e86b3e94f536e4246");
    private static final byte[] IV = Hex.parse("000102030405060708090a0b0c0d0e0f");
    private static final byte[] NO_IV = new byte[0];
    private static final int LARGE = 32_768;

    /** A session, a key whose bytes the check knows, and the probe. */
    private record Keyed(Probe probe, Pointer session, Pointer key) {
        static Keyed with(Probe probe, byte[] clear) {
            Pointer session = probe.authorised();
            return new Keyed(probe, session, probe.key(session, clear));
        }

        Probe.Answer encrypt(int algorithm, byte[] iv, byte[] in) {
            return probe.call(probe.library()::SDF_Encrypt, session, key, algorithm, iv, in);
        }

        Probe.Answer decrypt(int algorithm, byte[] iv, byte[] in) {
            return probe.call(probe.library()::SDF_Decrypt, session, key, algorithm, iv, in);
        }

        Probe.Answer mac(int algorithm, byte[] iv, byte[] in) {
            return probe.call(probe.library()::SDF_CalculateMAC, session, key, algorithm, iv, in);
        }

        byte[] good(String call, Probe.Answer answer) {
            probe.need(call, answer.code());
            return answer.bytes();
        }
    }

    private CipherChecks() {}

    static void ecb(Probe probe) {
        Keyed keyed = Keyed.with(probe, KEY);
        byte[] once = keyed.good("SDF_Encrypt", keyed.encrypt(SdfLibrary.SM4_ECB, NO_IV, KEY));
        probe.expectBytes("GB/T 32907 A.1", OF_KEY, once);
        byte[] large = RandomSource.secure().bytes(LARGE);
        byte[] enc = keyed.good("SDF_Encrypt of 32 KiB", keyed.encrypt(SdfLibrary.SM4_ECB, NO_IV, large));
        probe.expectBytes("SM4-ECB of 32 KiB", Sm4.ecbEncrypt(KEY, large), enc);
        byte[] back = keyed.good("SDF_Decrypt", keyed.decrypt(SdfLibrary.SM4_ECB, NO_IV, Sm4.ecbEncrypt(KEY, large)));
        probe.expectBytes("the same 32 KiB decrypted", large, back);
    }

    static void padding(Probe probe) {
        Keyed keyed = Keyed.with(probe, KEY);
        for (int length : new int[] {16, 32}) {
            byte[] enc = keyed.good("SDF_Encrypt", keyed.encrypt(SdfLibrary.SM4_ECB, NO_IV, new byte[length]));
            probe.expect(enc.length == length, length + " bytes for " + length, enc.length + " bytes");
        }
        for (int length : new int[] {15, 17}) {
            probe.expectCode(
                    "SDF_Encrypt of " + length + " bytes",
                    keyed.encrypt(SdfLibrary.SM4_ECB, NO_IV, new byte[length]).code(),
                    SdfCode.ARGUMENT);
            probe.expectCode(
                    "SDF_CalculateMAC of " + length + " bytes",
                    keyed.mac(SdfLibrary.SM4_MAC, IV, new byte[length]).code(),
                    SdfCode.ARGUMENT);
        }
    }

    static void cbc(Probe probe) {
        Keyed keyed = Keyed.with(probe, KEY);
        byte[] data = RandomSource.secure().bytes(160);
        byte[] expected = Sm4.cbcEncrypt(KEY, IV, data);
        probe.expectBytes("SM4-CBC", expected, keyed.good("SDF_Encrypt", keyed.encrypt(SdfLibrary.SM4_CBC, IV, data)));
        probe.expectBytes(
                "decrypted", data, keyed.good("SDF_Decrypt", keyed.decrypt(SdfLibrary.SM4_CBC, IV, expected)));
    }

    static void ivWriteBack(Probe probe) {
        Keyed keyed = Keyed.with(probe, KEY);
        byte[] data = RandomSource.secure().bytes(48);
        byte[] enc = Sm4.cbcEncrypt(KEY, IV, data);
        byte[] last = Arrays.copyOfRange(enc, 32, 48);
        Probe.Answer encrypted = keyed.encrypt(SdfLibrary.SM4_CBC, IV, data);
        keyed.good("SDF_Encrypt", encrypted);
        probe.expectBytes("IV after SDF_Encrypt", last, encrypted.iv());
        Probe.Answer decrypted = keyed.decrypt(SdfLibrary.SM4_CBC, IV, enc);
        keyed.good("SDF_Decrypt", decrypted);
        probe.expectBytes("IV after SDF_Decrypt", last, decrypted.iv());
        Probe.Answer mac = keyed.mac(SdfLibrary.SM4_MAC, IV, data);
        keyed.good("SDF_CalculateMAC", mac);
        probe.expectBytes("IV after SDF_CalculateMAC", last, mac.iv());
    }

    static void mac(Probe probe) {
        Keyed keyed = Keyed.with(probe, KEY);
        for (int blocks : new int[] {1, 2, 17}) {
            byte[] data = RandomSource.secure().bytes(16 * blocks);
            byte[] expected = BlockModes.cbcMac(new Sm4Cipher(KEY), IV, data);
            byte[] came = keyed.good("SDF_CalculateMAC", keyed.mac(SdfLibrary.SM4_MAC, IV, data));
            probe.expectBytes("SM4-MAC over " + blocks + " blocks", expected, came);
        }
    }

    static void errorCodes(Probe probe) {
        Keyed keyed = Keyed.with(probe, KEY);
        SdfCode[] unknown = {SdfCode.ALGORITHM, SdfCode.MODE};
        byte[] block = new byte[16];
        probe.expectCode(
                "SDF_Encrypt, unknown algorithm",
                keyed.encrypt(0x7777, IV, block).code(),
                unknown);
        probe.expectCode(
                "SDF_Decrypt, unknown algorithm",
                keyed.decrypt(0x7777, IV, block).code(),
                unknown);
        probe.expectCode(
                "SDF_CalculateMAC, unknown algorithm",
                keyed.mac(0x7777, IV, block).code(),
                unknown);
        probe.need("SDF_DestroyKey", probe.library().SDF_DestroyKey(keyed.session(), keyed.key()));
        probe.expectCode(
                "SDF_CalculateMAC with a destroyed key",
                keyed.mac(SdfLibrary.SM4_MAC, IV, block).code(),
                SdfCode.NO_KEY);
        probe.expectCode(
                "SDF_Decrypt with a destroyed key",
                keyed.decrypt(SdfLibrary.SM4_ECB, NO_IV, block).code(),
                SdfCode.NO_KEY);
    }
}
