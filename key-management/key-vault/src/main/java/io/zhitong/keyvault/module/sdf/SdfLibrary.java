package io.zhitong.keyvault.module.sdf;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a device's library used here (密码设备应用接口). Handles are {@code void *}, lengths and indexes
 * {@code unsigned int}; every function answers 0 or a {@link SdfCode}.
 *
 * <p>Source: GM/T 0018, device, key management, asymmetric, symmetric and hash functions.
 */
public interface SdfLibrary extends Library {
    int SM4_ECB = 0x0000_0401;
    int SM4_CBC = 0x0000_0402;
    int SM4_MAC = 0x0000_0410;
    int SM3 = 0x0000_0001;
    int SM2_SIGN = 0x0002_0200;

    int SDF_OpenDevice(PointerByReference device);

    int SDF_CloseDevice(Pointer device);

    int SDF_OpenSession(Pointer device, PointerByReference session);

    int SDF_CloseSession(Pointer session);

    int SDF_GetDeviceInfo(Pointer session, Pointer info);

    int SDF_GenerateRandom(Pointer session, int length, Pointer out);

    int SDF_GetPrivateKeyAccessRight(Pointer session, int index, Pointer password, int length);

    int SDF_ReleasePrivateKeyAccessRight(Pointer session, int index);

    int SDF_ExportSignPublicKey_ECC(Pointer session, int index, Pointer publicKey);

    int SDF_ExportEncPublicKey_ECC(Pointer session, int index, Pointer publicKey);

    int SDF_GenerateKeyWithIPK_ECC(Pointer session, int index, int bits, Pointer cipher, PointerByReference key);

    int SDF_ImportKeyWithISK_ECC(Pointer session, int index, Pointer cipher, PointerByReference key);

    int SDF_GenerateKeyWithKEK(
            Pointer session,
            int bits,
            int algorithm,
            int kek,
            Pointer wrapped,
            IntByReference length,
            PointerByReference key);

    int SDF_ImportKeyWithKEK(
            Pointer session, int algorithm, int kek, Pointer wrapped, int length, PointerByReference key);

    int SDF_DestroyKey(Pointer session, Pointer key);

    int SDF_InternalSign_ECC(Pointer session, int index, Pointer hash, int length, Pointer signature);

    int SDF_InternalVerify_ECC(Pointer session, int index, Pointer hash, int length, Pointer signature);

    int SDF_ExternalVerify_ECC(
            Pointer session, int algorithm, Pointer publicKey, Pointer hash, int length, Pointer signature);

    int SDF_Encrypt(
            Pointer session,
            Pointer key,
            int algorithm,
            @Nullable Pointer iv,
            Pointer in,
            int length,
            Pointer out,
            IntByReference outLength);

    int SDF_Decrypt(
            Pointer session,
            Pointer key,
            int algorithm,
            @Nullable Pointer iv,
            Pointer in,
            int length,
            Pointer out,
            IntByReference outLength);

    int SDF_CalculateMAC(
            Pointer session,
            Pointer key,
            int algorithm,
            @Nullable Pointer iv,
            Pointer in,
            int length,
            Pointer mac,
            IntByReference macLength);

    int SDF_HashInit(Pointer session, int algorithm, @Nullable Pointer publicKey, @Nullable Pointer id, int idLength);

    int SDF_HashUpdate(Pointer session, Pointer data, int length);

    int SDF_HashFinal(Pointer session, Pointer hash, IntByReference length);

    /** The names of all functions above, in alphabetical order. */
    static List<String> functions() {
        return Arrays.stream(SdfLibrary.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("SDF_"))
                .sorted()
                .toList();
    }

    /** Whether a library exports a function. */
    static boolean has(NativeLibrary library, String function) {
        try {
            return library.getFunction(function) != null;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }
}
