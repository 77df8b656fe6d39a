package io.zhitong.keyvault.module.sdf;

import com.sun.jna.Pointer;
import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.keyvault.module.CardDes;
import io.zhitong.keyvault.module.KeySteps;
import io.zhitong.keyvault.module.sdf.SdfBlob.Kind;
import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2Encryption;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The home in a device of GM/T 0018 (SDF 密码设备). Masters and signing pairs never leave it. The standard has no derivation:
 * a <em>derived</em> key crosses this process's memory between the device's answer and the envelope in which it goes back, and
 * the steps of 3DES of bought cards are taken here (docs/keys.md, "Homes of the module").
 */
public final class SdfModule implements CryptoModule {
    private static final int BLOCK = 16;
    private static final int KCV = 3;
    private static final int CHECK = 8;
    private static final int MOST_PAIRS = 64;

    private final SdfSettings settings;
    private final SdfDevice device;
    private final RandomSource random = RandomSource.secure();
    private final Set<Integer> pairsInUse = new HashSet<>();
    private final Sm2PublicKey encryptionPoint;

    private SdfModule(SdfSettings settings, SdfDevice device) {
        this.settings = settings;
        this.device = device;
        this.encryptionPoint = onCurve(device.run(session -> session.point(settings.keyIndex(), false)));
    }

    /** Loads the library and opens its device; the module takes the settings' password over. */
    public static SdfModule open(SdfSettings settings) {
        SdfDevice device = SdfDevice.open(settings);
        try {
            return new SdfModule(settings, device);
        } catch (ModuleException e) {
            device.close();
            throw e;
        }
    }

    private static Sm2PublicKey onCurve(byte[] point) {
        try {
            return Sm2PublicKey.decode(point);
        } catch (MalformedInput e) {
            throw new ModuleException(
                    ModuleRefusal.WRONG_RESULT, "the device's encryption key is expected on the curve of SM2", e);
        }
    }

    @Override
    public String attest() {
        return "SDF 密码设备（认证等级以厂商证书为准） SDF device " + device.run(SdfSession::deviceInfo)
                + ", level as its vendor's certificate says";
    }

    @Override
    public Set<KeyAlgorithm> algorithms() {
        return EnumSet.of(KeyAlgorithm.SM4, KeyAlgorithm.SM2);
    }

    @Override
    public byte[] random(int length) {
        return device.run(session -> session.random(length));
    }

    @Override
    public ModuleKey generate(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case SM4 ->
                key(device.run(session -> {
                    SdfSession.Made made = session.generate();
                    session.destroy(made.handle());
                    return made.blob();
                }));
            case SM2 -> nextPair();
            case TRIPLE_DES -> throw noTripleDes();
        };
    }

    private static ModuleException noTripleDes() {
        return new ModuleException(
                ModuleRefusal.ALGORITHM_NOT_SUPPORTED, "GM/T 0018 has no 3DES: keep such a master in the PKCS#11 home");
    }

    private SdfKey key(SdfBlob blob) {
        return new SdfKey(blob, device::forgetDestroyed);
    }

    private synchronized SdfPair nextPair() {
        for (int i = settings.keyIndex(); i < settings.keyIndex() + MOST_PAIRS; i++) {
            if (!pairsInUse.contains(i)) {
                SdfPair pair = pair(i);
                pairsInUse.add(i);
                return pair;
            }
        }
        throw new ModuleException(ModuleRefusal.NO_SUCH_KEY, "at most " + MOST_PAIRS + " pairs of a device are used");
    }

    private SdfPair pair(int index) {
        return new SdfPair(index, device.run(session -> session.point(index, true)));
    }

    @Override
    public byte[] wrapped(ModuleKey key) {
        if (key instanceof SdfPair pair) {
            return new SdfBlob(Kind.PAIR, pair.index(), new byte[0], check(pair.point())).encoded();
        }
        return sm4(key).blob().encoded();
    }

    private static byte[] check(byte[] point) {
        return Arrays.copyOf(Sm3.hash(point), CHECK);
    }

    @Override
    public ModuleKey importWrapped(byte[] encoded) {
        SdfBlob blob = SdfBlob.decode(encoded);
        try {
            return blob.kind() == Kind.PAIR ? importPair(blob) : importKey(blob);
        } catch (ModuleException e) {
            if (e.reason() == ModuleRefusal.DEVICE_FAILED || e.reason() == ModuleRefusal.NO_SUCH_KEY) {
                throw new ModuleException(ModuleRefusal.FOREIGN_BLOB, "the device does not open the blob", e);
            }
            throw e;
        }
    }

    private SdfKey importKey(SdfBlob blob) {
        SdfKey key = key(blob);
        device.run(session -> session.handle(key));
        return key;
    }

    private synchronized SdfPair importPair(SdfBlob blob) {
        SdfPair pair = pair(blob.index());
        if (blob.body().length != 0 || !MessageDigest.isEqual(check(pair.point()), blob.check())) {
            throw new ModuleException(
                    ModuleRefusal.FOREIGN_BLOB, "the device holds another pair there: is it the same device?");
        }
        pairsInUse.add(blob.index());
        return pair;
    }

    @Override
    public ModuleKey loadSm4(SecretBytes key) {
        if (key.length() != BLOCK) {
            throw new IllegalArgumentException("expected a key of 16 bytes, came " + key.length());
        }
        byte[] clear = key.export(SecretAccess.TOKEN);
        byte[] sealed = seal(clear);
        key.close();
        return key(device.run(session -> session.envelope(sealed)));
    }

    /** Seals a key to the device and wipes it. */
    private byte[] seal(byte[] clear) {
        try {
            byte[] sealed = Sm2Encryption.encrypt(encryptionPoint, clear, random);
            return Arrays.copyOfRange(sealed, 1, sealed.length);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    @Override
    public ModuleKey loadSm2(SecretBytes scalar) {
        throw new ModuleException(
                ModuleRefusal.OPERATION_NOT_SUPPORTED, "a device of GM/T 0018 makes its pairs itself: generate one");
    }

    @Override
    public ModuleKey loadTripleDes(SecretBytes key) {
        throw noTripleDes();
    }

    @Override
    public byte[] mac(DerivedKey key, byte[] iv, byte[] data) {
        if (key.isTripleDes()) {
            return withClear(key, bytes -> CardDes.mac(bytes, iv, data));
        }
        byte[] padded = BlockModes.padAlways(data, BLOCK);
        return withHandle(key, (session, handle) -> session.mac(handle, iv, padded));
    }

    @Override
    public byte[] encryptBlock(DerivedKey key, byte[] block) {
        if (key.isTripleDes()) {
            return withClear(key, bytes -> CardDes.encryptBlock(bytes, block));
        }
        if (block.length != BLOCK) {
            throw new IllegalArgumentException("expected a block of 16 bytes, came " + block.length);
        }
        return withHandle(key, (session, handle) -> session.ecb(handle, block));
    }

    /** CMAC of one block of zeros, put together from two encryptions: K1 is E(K, 0¹⁶) doubled in GF(2¹²⁸). */
    @Override
    public byte[] kcv(ModuleKey key) {
        DerivedKey itself = new DerivedKey(key, List.of());
        return withHandle(itself, (session, handle) -> {
            byte[] doubled = session.ecb(handle, new byte[BLOCK]);
            int carry = doubled[0] < 0 ? 0x87 : 0;
            for (int i = 0; i < BLOCK; i++) {
                int next = i + 1 < BLOCK ? (doubled[i + 1] & 0xFF) >> 7 : 0;
                doubled[i] = (byte) (doubled[i] << 1 | next);
            }
            doubled[BLOCK - 1] ^= (byte) carry;
            return Arrays.copyOf(session.ecb(handle, doubled), KCV);
        });
    }

    @Override
    public byte[] deriveAndWrap(DerivedKey control, byte[] before, DerivedKey key, byte[] after) {
        return withClear(key, bytes -> {
            byte[] record = KeySteps.record(before, bytes, after, control.isTripleDes() ? CardDes.BLOCK : BLOCK);
            try {
                return control.isTripleDes()
                        ? withClear(control, wrapping -> CardDes.ecb(wrapping, record))
                        : withHandle(control, (session, handle) -> session.ecb(handle, record));
            } finally {
                Arrays.fill(record, (byte) 0);
            }
        });
    }

    @Override
    public byte[] sign(ModuleKey key, byte[] message) {
        if (!(key instanceof SdfPair pair)) {
            throw new IllegalArgumentException("expected an SM2 key of this module");
        }
        return device.run(session -> session.sign(pair.index(), session.hash(pair.point(), message)));
    }

    @Override
    public boolean verify(byte[] point, byte[] message, byte[] signature) {
        return signature.length == 64
                && device.run(session -> session.verify(point, session.hash(point, message), signature));
    }

    @Override
    public byte[] publicKey(ModuleKey key) {
        if (key instanceof SdfPair pair) {
            return pair.point().clone();
        }
        throw new IllegalArgumentException("expected an SM2 key of this module");
    }

    /** What one works with a key in clear for; it is wiped afterwards. */
    @FunctionalInterface
    private interface ClearWork {
        byte[] with(byte[] key);
    }

    private byte[] withClear(DerivedKey key, ClearWork work) {
        SdfKey master = sm4(key.master());
        if (key.factors().isEmpty()) {
            throw new ModuleException(
                    ModuleRefusal.OPERATION_NOT_SUPPORTED,
                    "the device gives no master out: keep this one a level higher");
        }
        int last = key.factors().size() - 1;
        byte[] block = KeySteps.doubled(key.factors().get(last));
        DerivedKey above = new DerivedKey(master, key.factors().subList(0, last));
        byte[] clear =
                KeySteps.tripleDes(withHandle(above, (session, handle) -> session.ecb(handle, block)), key.tripleDes());
        try {
            return work.with(clear);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** Takes the steps of SM4 one by one, each key going back into the device before it is used. */
    private byte[] withHandle(DerivedKey key, BiFunction<SdfSession, Pointer, byte[]> work) {
        SdfKey master = sm4(key.master());
        List<byte[]> steps = key.factors().stream().map(KeySteps::doubled).toList();
        return device.run(session -> descend(session, session.handle(master), steps, work));
    }

    private byte[] descend(
            SdfSession session, Pointer at, List<byte[]> steps, BiFunction<SdfSession, Pointer, byte[]> work) {
        if (steps.isEmpty()) {
            return work.apply(session, at);
        }
        byte[] sealed = seal(session.ecb(at, steps.get(0)));
        Pointer below = session.importEnvelope(settings.keyIndex(), sealed);
        try {
            return descend(session, below, steps.subList(1, steps.size()), work);
        } finally {
            session.destroy(below);
        }
    }

    private static SdfKey sm4(ModuleKey key) {
        if (key instanceof SdfKey ours) {
            return ours;
        }
        throw new IllegalArgumentException("expected an SM4 key of this module");
    }

    /** Closes sessions at rest behind their own back, as a device that was switched off and on does. */
    void loseSessions() {
        device.loseSessions();
    }

    @Override
    public void close() {
        device.close();
        settings.pin().close();
    }
}
