package io.zhitong.keyvault.module;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.keyvault.block.KeySetLine;
import io.zhitong.keyvault.block.KeySetRun;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm4;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The module that is this process (软件密码模块): keys lie in its memory. No certified level is claimed; the claim is that a
 * key is not outside {@link SecretBytes}, on disk, on the wire or in a log.
 *
 * <p>A blob is algorithm 1 ‖ IV 12 ‖ SM4-GCM of the key under the storage key, the algorithm being additional data.
 */
public final class SoftModule implements CryptoModule {
    private static final int BLOCK = 16;
    private static final int KCV = 3;
    private static final int IV = 12;
    private static final int TAG = 16;

    private record BlockKey(KeyAlgorithm algorithm, SecretBytes bytes) implements ModuleKey {
        @Override
        public void close() {
            bytes.close();
        }
    }

    private record Sm2Key(Sm2PrivateKey key) implements ModuleKey {
        @Override
        public void close() {
            key.close();
        }
    }

    private final RandomSource random;
    private final SecretBytes storageKey;
    private final List<ModuleKey> held = new ArrayList<>();

    /** A module whose blobs end with it. */
    public SoftModule(RandomSource random) {
        this(random, SecretBytes.takeOver(random.bytes(BLOCK)));
    }

    /** @param storageKey 16 bytes under which blobs are made and opened; this module closes it */
    public SoftModule(RandomSource random, SecretBytes storageKey) {
        this.random = random;
        this.storageKey = checked(storageKey, BLOCK);
    }

    @Override
    public String attest() {
        return "软件模块（未经密码产品认证） soft module, no certified level";
    }

    @Override
    public Set<KeyAlgorithm> algorithms() {
        return EnumSet.allOf(KeyAlgorithm.class);
    }

    @Override
    public byte[] random(int length) {
        return random.bytes(length);
    }

    @Override
    public ModuleKey generate(KeyAlgorithm algorithm) {
        return algorithm == KeyAlgorithm.SM2
                ? hold(new Sm2Key(Sm2PrivateKey.generate(random)))
                : hold(new BlockKey(algorithm, SecretBytes.takeOver(random.bytes(algorithm.length()))));
    }

    @Override
    public byte[] wrapped(ModuleKey key) {
        KeyAlgorithm algorithm = key instanceof BlockKey block ? block.algorithm() : KeyAlgorithm.SM2;
        byte[] clear = key instanceof BlockKey block ? bytes(block) : sm2(key).export(SecretAccess.TOKEN);
        byte[] storage = storageKey.export(SecretAccess.TOKEN);
        byte[] head = {(byte) algorithm.code()};
        byte[] iv = random.bytes(IV);
        try {
            return new ByteWriter()
                    .bytes(head)
                    .bytes(iv)
                    .bytes(Sm4.gcmEncrypt(storage, iv, head, clear))
                    .toByteArray();
        } finally {
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(storage, (byte) 0);
        }
    }

    @Override
    public ModuleKey importWrapped(byte[] blob) {
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            if (blob.length == 1 + IV + algorithm.length() + TAG && blob[0] == algorithm.code()) {
                return load(algorithm, SecretBytes.takeOver(opened(blob)));
            }
        }
        throw new ModuleException(ModuleRefusal.FOREIGN_BLOB, "expected a blob of the soft module");
    }

    private byte[] opened(byte[] blob) {
        byte[] storage = storageKey.export(SecretAccess.TOKEN);
        try {
            return Sm4.gcmDecrypt(
                    storage,
                    Arrays.copyOfRange(blob, 1, 1 + IV),
                    Arrays.copyOf(blob, 1),
                    Arrays.copyOfRange(blob, 1 + IV, blob.length));
        } catch (MalformedInput e) {
            throw new ModuleException(ModuleRefusal.FOREIGN_BLOB, "the blob's tag does not fit", e);
        } finally {
            Arrays.fill(storage, (byte) 0);
        }
    }

    @Override
    public ModuleKey loadSm4(SecretBytes key) {
        return load(KeyAlgorithm.SM4, key);
    }

    @Override
    public ModuleKey loadTripleDes(SecretBytes key) {
        return load(KeyAlgorithm.TRIPLE_DES, key);
    }

    @Override
    public ModuleKey loadSm2(SecretBytes scalar) {
        return load(KeyAlgorithm.SM2, scalar);
    }

    private ModuleKey load(KeyAlgorithm algorithm, SecretBytes key) {
        checked(key, algorithm.length());
        if (algorithm != KeyAlgorithm.SM2) {
            return hold(new BlockKey(algorithm, key));
        }
        byte[] bytes = key.export(SecretAccess.TOKEN);
        try {
            return hold(new Sm2Key(Sm2PrivateKey.of(bytes)));
        } finally {
            Arrays.fill(bytes, (byte) 0);
            key.close();
        }
    }

    private static SecretBytes checked(SecretBytes key, int length) {
        if (key.length() != length) {
            throw new IllegalArgumentException("expected a key of " + length + " bytes, came " + key.length());
        }
        return key;
    }

    private synchronized ModuleKey hold(ModuleKey key) {
        held.add(key);
        return key;
    }

    @Override
    public byte[] mac(DerivedKey key, byte[] iv, byte[] data) {
        byte[] bytes = derive(key);
        try {
            return key.isTripleDes() ? CardDes.mac(bytes, iv, data) : Sm4.cbcMac(bytes, iv, data);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public byte[] encryptBlock(DerivedKey key, byte[] block) {
        byte[] bytes = derive(key);
        try {
            return key.isTripleDes() ? CardDes.encryptBlock(bytes, block) : Sm4.encryptBlock(bytes, block);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public byte[] kcv(ModuleKey key) {
        byte[] bytes = bytes(block(key));
        try {
            byte[] whole = block(key).algorithm() == KeyAlgorithm.SM4
                    ? Sm4.cmac(bytes, new byte[BLOCK])
                    : CardDes.encryptBlock(bytes, new byte[CardDes.BLOCK]);
            return Arrays.copyOf(whole, KCV);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public byte[] deriveAndWrap(DerivedKey control, byte[] before, DerivedKey key, byte[] after) {
        byte[] wrapping = derive(control);
        byte[] wrapped = derive(key);
        byte[] record = KeySteps.record(before, wrapped, after, control.isTripleDes() ? CardDes.BLOCK : BLOCK);
        try {
            return control.isTripleDes() ? CardDes.ecb(wrapping, record) : Sm4.ecbEncrypt(wrapping, record);
        } finally {
            Arrays.fill(wrapping, (byte) 0);
            Arrays.fill(wrapped, (byte) 0);
            Arrays.fill(record, (byte) 0);
        }
    }

    @Override
    public byte[] sign(ModuleKey key, byte[] message) {
        return Sm2.sign(sm2(key), message, random);
    }

    @Override
    public boolean verify(byte[] point, byte[] message, byte[] signature) {
        return Sm2.verify(Sm2PublicKey.decode(point), message, signature);
    }

    @Override
    public byte[] publicKey(ModuleKey key) {
        return sm2(key).publicKey().xy();
    }

    /**
     * Key sets for a delivery of cards, as key blocks under a key of this module (docs/keys.md, "Key blocks").
     *
     * @param threads best the number of cores
     */
    public KeySetRun keySets(List<KeySetMaster> masters, ModuleKey protection, int threads) {
        List<KeySetLine> lines = new ArrayList<>();
        try (SecretBytes above = SecretBytes.takeOver(bytes(block(protection)))) {
            masters.forEach(
                    master -> lines.add(new KeySetLine(master.ref(), SecretBytes.takeOver(derive(master.key())))));
            return new KeySetRun(lines, above, random, threads);
        } finally {
            lines.forEach(line -> line.key().close());
        }
    }

    /** One step a factor: SM4(K, f8 ‖ ~f8), behind them those of 3DES (docs/card.md). The caller wipes the answer. */
    static byte[] derive(DerivedKey key) {
        BlockKey master = block(key.master());
        if (master.algorithm() == KeyAlgorithm.TRIPLE_DES && !(key.factors().isEmpty() && key.isTripleDes())) {
            throw new IllegalArgumentException("expected steps of 3DES only below a master of 3DES");
        }
        byte[] at = bytes(master);
        for (byte[] factor : key.factors()) {
            byte[] below = Sm4.encryptBlock(at, KeySteps.doubled(factor));
            Arrays.fill(at, (byte) 0);
            at = below;
        }
        return KeySteps.tripleDes(at, key.tripleDes());
    }

    private static byte[] bytes(BlockKey key) {
        return key.bytes().export(SecretAccess.TOKEN);
    }

    private static BlockKey block(ModuleKey key) {
        if (key instanceof BlockKey ours) {
            return ours;
        }
        throw new IllegalArgumentException("expected a key of SM4 or 3DES of this module");
    }

    private static Sm2PrivateKey sm2(ModuleKey key) {
        if (key instanceof Sm2Key ours) {
            return ours.key();
        }
        throw new IllegalArgumentException("expected an SM2 key of this module");
    }

    @Override
    public synchronized void close() {
        held.forEach(ModuleKey::close);
        held.clear();
        storageKey.close();
    }
}
