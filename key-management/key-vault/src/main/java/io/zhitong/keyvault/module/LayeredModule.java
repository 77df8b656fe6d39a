package io.zhitong.keyvault.module;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A device with this process beside it (设备加软件): keys of blobs and new keys are the device's, keys that come in clear stay
 * here. It is how a vault serves bought cards of 3DES, of which a device of GM/T 0018 knows nothing.
 */
public final class LayeredModule implements CryptoModule {
    private static final int BLOCK = 16;

    private record Routed(CryptoModule home, ModuleKey key) implements ModuleKey {
        @Override
        public void close() {
            key.close();
        }
    }

    private final CryptoModule device;
    private final SoftModule soft;

    /** @param device and {@code soft} are closed with this */
    public LayeredModule(CryptoModule device, SoftModule soft) {
        this.device = device;
        this.soft = soft;
    }

    @Override
    public String attest() {
        return device.attest();
    }

    @Override
    public Set<KeyAlgorithm> algorithms() {
        return EnumSet.allOf(KeyAlgorithm.class);
    }

    @Override
    public byte[] random(int length) {
        return device.random(length);
    }

    @Override
    public ModuleKey generate(KeyAlgorithm algorithm) {
        CryptoModule home = device.algorithms().contains(algorithm) ? device : soft;
        return new Routed(home, home.generate(algorithm));
    }

    /** A key in clear goes into the device; answers its blob there. */
    public byte[] enclose(SecretBytes sm4) {
        try (ModuleKey key = device.loadSm4(sm4)) {
            return device.wrapped(key);
        }
    }

    @Override
    public byte[] wrapped(ModuleKey key) {
        if (routed(key).home() == soft) {
            throw new ModuleException(ModuleRefusal.OPERATION_NOT_SUPPORTED, "expected a key of the device");
        }
        return device.wrapped(routed(key).key());
    }

    @Override
    public ModuleKey importWrapped(byte[] blob) {
        return new Routed(device, device.importWrapped(blob));
    }

    @Override
    public ModuleKey loadSm4(SecretBytes key) {
        return new Routed(soft, soft.loadSm4(key));
    }

    @Override
    public ModuleKey loadSm2(SecretBytes scalar) {
        return new Routed(soft, soft.loadSm2(scalar));
    }

    @Override
    public ModuleKey loadTripleDes(SecretBytes key) {
        return new Routed(soft, soft.loadTripleDes(key));
    }

    @Override
    public byte[] mac(DerivedKey key, byte[] iv, byte[] data) {
        return home(key).mac(inner(key), iv, data);
    }

    @Override
    public byte[] encryptBlock(DerivedKey key, byte[] block) {
        return home(key).encryptBlock(inner(key), block);
    }

    @Override
    public byte[] kcv(ModuleKey key) {
        return routed(key).home().kcv(routed(key).key());
    }

    @Override
    public byte[] deriveAndWrap(DerivedKey control, byte[] before, DerivedKey key, byte[] after) {
        if (home(control) == home(key)) {
            return home(control).deriveAndWrap(inner(control), before, inner(key), after);
        }
        if (home(control) == soft) {
            throw new ModuleException(
                    ModuleRefusal.OPERATION_NOT_SUPPORTED, "a key of the device is wrapped by the device only");
        }
        return wrapOurs(inner(control), before, inner(key), after);
    }

    /** A master of ours into a SAM under the device's control key, block for block. */
    private byte[] wrapOurs(DerivedKey control, byte[] before, DerivedKey key, byte[] after) {
        byte[] clear = SoftModule.derive(key);
        byte[] record = KeySteps.record(before, clear, after, BLOCK);
        ByteWriter out = new ByteWriter();
        try {
            for (int at = 0; at < record.length; at += BLOCK) {
                byte[] block = Arrays.copyOfRange(record, at, at + BLOCK);
                out.bytes(device.encryptBlock(control, block));
                Arrays.fill(block, (byte) 0);
            }
            return out.toByteArray();
        } finally {
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(record, (byte) 0);
        }
    }

    @Override
    public byte[] sign(ModuleKey key, byte[] message) {
        return routed(key).home().sign(routed(key).key(), message);
    }

    @Override
    public boolean verify(byte[] point, byte[] message, byte[] signature) {
        return device.verify(point, message, signature);
    }

    @Override
    public byte[] publicKey(ModuleKey key) {
        return routed(key).home().publicKey(routed(key).key());
    }

    private static CryptoModule home(DerivedKey key) {
        return routed(key.master()).home();
    }

    private static DerivedKey inner(DerivedKey key) {
        return new DerivedKey(routed(key.master()).key(), key.factors(), key.tripleDes());
    }

    private static Routed routed(ModuleKey key) {
        if (key instanceof Routed ours) {
            return ours;
        }
        throw new IllegalArgumentException("expected a key of this module");
    }

    @Override
    public void close() {
        soft.close();
        device.close();
    }
}
