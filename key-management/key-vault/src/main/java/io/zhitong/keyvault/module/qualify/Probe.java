package io.zhitong.keyvault.module.qualify;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.zhitong.keyvault.module.sdf.NativeBytes;
import io.zhitong.keyvault.module.sdf.SdfCode;
import io.zhitong.keyvault.module.sdf.SdfLibrary;
import io.zhitong.keyvault.module.sdf.SdfSettings;
import io.zhitong.keyvault.module.sdf.SdfStructs;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.Sm2Encryption;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a check calls the library with (探针): it keeps what deviates and goes on, lends memory with a guard behind it, and ends
 * the sessions it opened. Keys in it are drawn for the check. Not thread-safe.
 */
final class Probe implements AutoCloseable {
    /** Most bytes of an answer that a finding shows. */
    private static final int SHOWN = 16;

    /** Where x begins in ECCrefPublicKey. */
    private static final int POINT_AT = 4;

    /** A call without which the check cannot go on failed; the finding is kept already. */
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final SdfLibrary library;
    private final NativeLibrary symbols;
    private final SdfSettings settings;
    private final List<Deviation> found = new ArrayList<>();
    private final List<Pointer> sessions = new ArrayList<>();
    private final List<NativeBytes> lent = new ArrayList<>();
    private final Pointer device;
    private @Nullable Boolean alignment;

    Probe(SdfLibrary library, NativeLibrary symbols, SdfSettings settings, Pointer device) {
        this.library = library;
        this.symbols = symbols;
        this.settings = settings;
        this.device = device;
    }

    SdfLibrary library() {
        return library;
    }

    NativeLibrary symbols() {
        return symbols;
    }

    Pointer device() {
        return device;
    }

    SdfSettings settings() {
        return settings;
    }

    int keyIndex() {
        return settings.keyIndex();
    }

    int kekIndex() {
        return settings.kekIndex();
    }

    List<Deviation> found() {
        return found;
    }

    void deviation(String expected, String came) {
        found.add(new Deviation(expected, came));
    }

    void expect(boolean right, String expected, String came) {
        if (!right) {
            deviation(expected, came);
        }
    }

    void expectBytes(String what, byte[] expected, byte[] came) {
        expect(Arrays.equals(expected, came), what + " " + shown(expected), shown(came));
    }

    private static String shown(byte[] bytes) {
        String hex = Hex.of(Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN)));
        return bytes.length > SHOWN ? hex + "… (" + bytes.length + " bytes)" : hex;
    }

    /** The call is expected to answer one of these codes. */
    void expectCode(String call, int came, SdfCode... codes) {
        if (Arrays.stream(codes).noneMatch(code -> code.code() == came)) {
            String expected =
                    Arrays.stream(codes).map(code -> SdfCode.words(code.code())).collect(Collectors.joining(" / "));
            deviation(call + ": " + expected, SdfCode.words(came));
        }
    }

    /** The call is expected to succeed, and the check makes no sense without. */
    void need(String call, int came) {
        expectCode(call, came, SdfCode.OK);
        if (came != SdfCode.OK.code()) {
            throw new Stop();
        }
    }

    NativeBytes lend(byte[] content) {
        NativeBytes bytes = NativeBytes.of(content);
        lent.add(bytes);
        return bytes;
    }

    NativeBytes room(int length) {
        NativeBytes bytes = NativeBytes.sized(length);
        lent.add(bytes);
        return bytes;
    }

    Pointer session() {
        PointerByReference opened = new PointerByReference();
        need("SDF_OpenSession", library.SDF_OpenSession(device, opened));
        sessions.add(opened.getValue());
        return opened.getValue();
    }

    void endSession(Pointer session) {
        sessions.remove(session);
        need("SDF_CloseSession", library.SDF_CloseSession(session));
    }

    int takeRight(Pointer session, byte[] pin) {
        return library.SDF_GetPrivateKeyAccessRight(
                session, keyIndex(), lend(pin).at(), pin.length);
    }

    byte[] pin() {
        return settings.pin().export(SecretAccess.TOKEN);
    }

    /** A session that may use the private keys. */
    Pointer authorised() {
        Pointer session = session();
        need("SDF_GetPrivateKeyAccessRight", takeRight(session, pin()));
        return session;
    }

    byte[] point(Pointer session, boolean signing) {
        NativeBytes out = room(SdfStructs.PUBLIC_KEY);
        need(
                "SDF_ExportPublicKey_ECC",
                signing
                        ? library.SDF_ExportSignPublicKey_ECC(session, keyIndex(), out.at())
                        : library.SDF_ExportEncPublicKey_ECC(session, keyIndex(), out.at()));
        return SdfStructs.point(aligned(out.all(), POINT_AT));
    }

    /**
     * The struct with its numbers where this device has them, or back: coordinates at the wrong end are one finding, and the
     * other checks go on all the same.
     */
    byte[] aligned(byte[] struct, int from) {
        return leftAligned() ? SdfStructs.otherAlignment(struct, from) : struct;
    }

    private boolean leftAligned() {
        if (alignment == null) {
            NativeBytes out = room(SdfStructs.PUBLIC_KEY);
            need("SDF_ExportEncPublicKey_ECC", library.SDF_ExportEncPublicKey_ECC(session(), keyIndex(), out.at()));
            byte[] unused = new byte[32];
            byte[] x = Arrays.copyOfRange(out.all(), POINT_AT, POINT_AT + 64);
            alignment = !Arrays.equals(unused, Arrays.copyOf(x, 32))
                    && Arrays.equals(unused, Arrays.copyOfRange(x, 32, 64));
        }
        return alignment;
    }

    byte[] publicKeyStruct(byte[] point) {
        return aligned(SdfStructs.publicKey(point), POINT_AT);
    }

    byte[] signatureStruct(byte[] rs) {
        return aligned(SdfStructs.signature(rs), 0);
    }

    /** The key sealed to the device, x ‖ y ‖ hash ‖ ciphertext. */
    byte[] sealed(Pointer session, byte[] clear) {
        Sm2PublicKey point = Sm2PublicKey.decode(point(session, false));
        byte[] sealed = Sm2Encryption.encrypt(point, clear, RandomSource.secure());
        return Arrays.copyOfRange(sealed, 1, sealed.length);
    }

    int importSealed(Pointer session, byte[] sealed, PointerByReference handle) {
        return library.SDF_ImportKeyWithISK_ECC(
                session, keyIndex(), lend(aligned(SdfStructs.cipher(sealed), 0)).at(), handle);
    }

    /** The handle of a key brought in; the session must be authorised. */
    Pointer key(Pointer session, byte[] clear) {
        PointerByReference handle = new PointerByReference();
        need("SDF_ImportKeyWithISK_ECC", importSealed(session, sealed(session, clear), handle));
        return handle.getValue();
    }

    /** What a symmetric call answered: its code, as many bytes as it said, and the IV as it left it. */
    record Answer(int code, byte[] bytes, byte[] iv) {}

    /** One of SDF_Encrypt, SDF_Decrypt, SDF_CalculateMAC. */
    @FunctionalInterface
    interface Symmetric {
        int call(
                Pointer session,
                Pointer key,
                int algorithm,
                @Nullable Pointer iv,
                Pointer in,
                int length,
                Pointer out,
                IntByReference outLength);
    }

    /** Calls with room for one block more than went in; no IV when it has no bytes. */
    Answer call(Symmetric function, Pointer session, Pointer key, int algorithm, byte[] iv, byte[] in) {
        NativeBytes start = lend(iv);
        NativeBytes out = room(in.length + 16);
        IntByReference length = new IntByReference(in.length + 16);
        int code = function.call(
                session,
                key,
                algorithm,
                iv.length == 0 ? null : start.at(),
                lend(in).at(),
                in.length,
                out.at(),
                length);
        boolean good = code == SdfCode.OK.code();
        int count = Math.max(0, Math.min(length.getValue(), in.length + 16));
        return new Answer(code, good ? out.left(count) : new byte[0], start.all());
    }

    @Override
    public void close() {
        sessions.forEach(library::SDF_CloseSession);
        long overruns = lent.stream().filter(NativeBytes::overrun).count();
        expect(overruns == 0, "nothing written behind the memory lent", "written behind " + overruns + " of them");
        lent.forEach(NativeBytes::close);
        lent.clear();
    }
}
