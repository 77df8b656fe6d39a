package io.zhitong.keyvault.module.sdf;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.keyvault.module.sdf.SdfBlob.Kind;
import io.zhitong.smcrypto.SecretAccess;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One session with the device and the keys it took in (会话). Handles live and die with it. Not thread-safe. */
final class SdfSession implements AutoCloseable {
    private static final int BLOCK = 16;
    private static final int KEY_BITS = 128;
    private static final int HASH = 32;
    private static final int CHECK = 8;
    private static final int CHUNK = 16_384;
    private static final byte[] CHECKED = "zhitong key chk.".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] IDENTITY = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    /** A key as the device handed it out, with what brings it back. */
    record Made(SdfBlob blob, Pointer handle) {}

    private final SdfLibrary library;
    private final SdfSettings settings;
    private final Pointer session;
    private final Map<SdfKey, Pointer> handles = new HashMap<>();
    private final Set<Integer> rights = new HashSet<>();

    SdfSession(SdfLibrary library, SdfSettings settings, Pointer session) {
        this.library = library;
        this.settings = settings;
        this.session = session;
    }

    String deviceInfo() {
        try (NativeBytes info = NativeBytes.sized(SdfStructs.DEVICE_INFO)) {
            check("SDF_GetDeviceInfo", library.SDF_GetDeviceInfo(session, info.at()));
            return SdfStructs.device(info.all());
        }
    }

    byte[] random(int length) {
        try (NativeBytes out = NativeBytes.sized(length)) {
            check("SDF_GenerateRandom", library.SDF_GenerateRandom(session, length, out.at()));
            return out.all();
        }
    }

    /** The handle of a key, taken in now if this session did not have it yet. */
    Pointer handle(SdfKey key) {
        SdfBlob blob = key.blob();
        Pointer known = handles.get(key);
        if (known != null) {
            return known;
        }
        Pointer handle = importChecked(blob);
        handles.put(key, handle);
        return handle;
    }

    private Pointer importChecked(SdfBlob blob) {
        Pointer handle = blob.kind() == Kind.KEK ? importKek(blob) : importEnvelope(blob.index(), blob.body());
        if (!MessageDigest.isEqual(checkOf(handle), blob.check())) {
            destroy(handle);
            throw new ModuleException(
                    ModuleRefusal.FOREIGN_BLOB, "the device opens the blob to another key: is it the same device?");
        }
        return handle;
    }

    private byte[] checkOf(Pointer handle) {
        return Arrays.copyOf(ecb(handle, CHECKED), CHECK);
    }

    /** Makes a key inside the device. */
    Made generate() {
        PointerByReference handle = new PointerByReference();
        IntByReference length = new IntByReference(CHUNK);
        try (NativeBytes out = NativeBytes.sized(CHUNK)) {
            check(
                    "SDF_GenerateKeyWithKEK",
                    library.SDF_GenerateKeyWithKEK(
                            session, KEY_BITS, SdfLibrary.SM4_ECB, settings.kekIndex(), out.at(), length, handle));
            byte[] body = out.left(length.getValue());
            SdfBlob blob = new SdfBlob(Kind.KEK, settings.kekIndex(), body, checkOf(handle.getValue()));
            return new Made(blob, handle.getValue());
        }
    }

    /** The blob of a key already sealed to the device's encryption pair. */
    SdfBlob envelope(byte[] sealed) {
        Pointer handle = importEnvelope(settings.keyIndex(), sealed);
        try {
            return new SdfBlob(Kind.ENVELOPE, settings.keyIndex(), sealed, checkOf(handle));
        } finally {
            destroy(handle);
        }
    }

    private Pointer importKek(SdfBlob blob) {
        PointerByReference handle = new PointerByReference();
        try (NativeBytes in = NativeBytes.of(blob.body())) {
            check(
                    "SDF_ImportKeyWithKEK",
                    library.SDF_ImportKeyWithKEK(
                            session, SdfLibrary.SM4_ECB, blob.index(), in.at(), blob.body().length, handle));
        }
        return handle.getValue();
    }

    /** Takes a sealed key in; the caller destroys the handle. */
    Pointer importEnvelope(int index, byte[] sealed) {
        if (sealed.length != 2 * HASH + HASH + BLOCK) {
            throw new ModuleException(ModuleRefusal.FOREIGN_BLOB, "expected an envelope of 112 bytes");
        }
        takeRight(index);
        PointerByReference handle = new PointerByReference();
        try (NativeBytes in = NativeBytes.of(SdfStructs.cipher(sealed))) {
            check("SDF_ImportKeyWithISK_ECC", library.SDF_ImportKeyWithISK_ECC(session, index, in.at(), handle));
        }
        return handle.getValue();
    }

    void destroy(Pointer handle) {
        check("SDF_DestroyKey", library.SDF_DestroyKey(session, handle));
    }

    /** Gives up the handles of keys that were destroyed meanwhile. */
    void forgetDestroyed() {
        handles.entrySet().removeIf(each -> {
            if (each.getKey().destroyed()) {
                destroy(each.getValue());
            }
            return each.getKey().destroyed();
        });
    }

    /** SM4-ECB over whole blocks; the caller wipes the answer where it is a key. */
    byte[] ecb(Pointer key, byte[] data) {
        IntByReference length = new IntByReference(data.length);
        try (NativeBytes in = NativeBytes.of(data);
                NativeBytes out = NativeBytes.sized(data.length + BLOCK)) {
            check(
                    "SDF_Encrypt",
                    library.SDF_Encrypt(
                            session, key, SdfLibrary.SM4_ECB, null, in.at(), data.length, out.at(), length));
            expectLength("SDF_Encrypt", data.length, length.getValue());
            return out.left(data.length);
        }
    }

    /** The last block of CBC over whole blocks; the device writes the next IV into a copy. */
    byte[] mac(Pointer key, byte[] iv, byte[] padded) {
        IntByReference length = new IntByReference(BLOCK);
        try (NativeBytes start = NativeBytes.of(Arrays.copyOf(iv, BLOCK));
                NativeBytes in = NativeBytes.of(padded);
                NativeBytes out = NativeBytes.sized(BLOCK)) {
            check(
                    "SDF_CalculateMAC",
                    library.SDF_CalculateMAC(
                            session, key, SdfLibrary.SM4_MAC, start.at(), in.at(), padded.length, out.at(), length));
            expectLength("SDF_CalculateMAC", BLOCK, length.getValue());
            return out.all();
        }
    }

    private static void expectLength(String function, int expected, int came) {
        if (came != expected) {
            throw new ModuleException(
                    ModuleRefusal.WRONG_RESULT, function + ": expected " + expected + " bytes, came " + came);
        }
    }

    /** The point x ‖ y of the pair that signs, or of the pair that opens envelopes. */
    byte[] point(int index, boolean signing) {
        try (NativeBytes out = NativeBytes.sized(SdfStructs.PUBLIC_KEY)) {
            check(
                    "SDF_ExportPublicKey_ECC",
                    signing
                            ? library.SDF_ExportSignPublicKey_ECC(session, index, out.at())
                            : library.SDF_ExportEncPublicKey_ECC(session, index, out.at()));
            return SdfStructs.point(out.all());
        }
    }

    /** SM3 over the message behind ZA of the point; over the message alone without one. */
    byte[] hash(byte @Nullable [] point, byte[] message) {
        if (point == null) {
            check("SDF_HashInit", library.SDF_HashInit(session, SdfLibrary.SM3, null, null, 0));
        } else {
            try (NativeBytes key = NativeBytes.of(SdfStructs.publicKey(point));
                    NativeBytes identity = NativeBytes.of(IDENTITY)) {
                check(
                        "SDF_HashInit",
                        library.SDF_HashInit(session, SdfLibrary.SM3, key.at(), identity.at(), IDENTITY.length));
            }
        }
        for (int at = 0; at < message.length; at += CHUNK) {
            int count = Math.min(CHUNK, message.length - at);
            try (NativeBytes part = NativeBytes.of(Arrays.copyOfRange(message, at, at + count))) {
                check("SDF_HashUpdate", library.SDF_HashUpdate(session, part.at(), count));
            }
        }
        return finished();
    }

    private byte[] finished() {
        IntByReference length = new IntByReference(HASH);
        try (NativeBytes out = NativeBytes.sized(HASH)) {
            check("SDF_HashFinal", library.SDF_HashFinal(session, out.at(), length));
            expectLength("SDF_HashFinal", HASH, length.getValue());
            return out.all();
        }
    }

    /** r ‖ s over a hash. */
    byte[] sign(int index, byte[] hash) {
        takeRight(index);
        try (NativeBytes in = NativeBytes.of(hash);
                NativeBytes out = NativeBytes.sized(SdfStructs.SIGNATURE)) {
            check("SDF_InternalSign_ECC", library.SDF_InternalSign_ECC(session, index, in.at(), HASH, out.at()));
            return SdfStructs.rs(out.all());
        }
    }

    boolean verify(byte[] point, byte[] hash, byte[] rs) {
        try (NativeBytes key = NativeBytes.of(SdfStructs.publicKey(point));
                NativeBytes in = NativeBytes.of(hash);
                NativeBytes signature = NativeBytes.of(SdfStructs.signature(rs))) {
            int code = library.SDF_ExternalVerify_ECC(
                    session, SdfLibrary.SM2_SIGN, key.at(), in.at(), HASH, signature.at());
            if (code == SdfCode.VERIFY.code()) {
                return false;
            }
            check("SDF_ExternalVerify_ECC", code);
            return true;
        }
    }

    private void takeRight(int index) {
        if (rights.contains(index)) {
            return;
        }
        byte[] pin = settings.pin().export(SecretAccess.TOKEN);
        try (NativeBytes lent = NativeBytes.of(pin)) {
            check(
                    "SDF_GetPrivateKeyAccessRight",
                    library.SDF_GetPrivateKeyAccessRight(session, index, lent.at(), pin.length));
            rights.add(index);
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    /** Ends the session without this object's knowledge. */
    void lose() {
        check("SDF_CloseSession", library.SDF_CloseSession(session));
    }

    private static void check(String function, int code) {
        SdfCode.check(function, code);
    }

    /** Ends the session, and with it the keys it took in; a lost one answers an error that says nothing new. */
    @Override
    public void close() {
        handles.clear();
        library.SDF_CloseSession(session);
    }
}
