package io.zhitong.keyvault.module.pkcs11;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.keyvault.module.CardDes;
import io.zhitong.keyvault.module.KeySteps;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * The home of masters of 3DES in a PKCS#11 token (既有 3DES 主密钥): those of cards and PSAMs that people already own. PKCS#11
 * names no mechanism of SM2, SM3 or SM4, so every key of these is refused. The master stays in the token; what is derived from
 * it is used in this process (docs/keys.md, "Homes of the module").
 *
 * <p>A blob is 50 ‖ name 16 of the token's object ‖ check 8, left 8 of 3DES(K, "zhitong!").
 */
public final class Pkcs11Module implements CryptoModule {
    private static final int KIND = 0x50;
    private static final int NAME = 16;
    private static final int CHECK = 8;
    private static final int KCV = 3;
    private static final byte[] CHECKED = "zhitong!".getBytes(StandardCharsets.US_ASCII);

    private static final class MasterKey implements ModuleKey {
        private final SecretKey key;
        private volatile boolean destroyed;

        MasterKey(SecretKey key) {
            this.key = key;
        }

        SecretKey alive() {
            if (destroyed) {
                throw new IllegalStateException("the key was destroyed; take it from its owner again");
            }
            return key;
        }

        @Override
        public void close() {
            destroyed = true;
        }
    }

    private final Pkcs11Token token;
    private final Pkcs11Settings settings;

    private Pkcs11Module(Pkcs11Settings settings) {
        this.settings = settings;
        this.token = Pkcs11Token.open(settings);
    }

    /** Loads the library and logs in; the module takes the settings' PIN over. */
    public static Pkcs11Module open(Pkcs11Settings settings) {
        return new Pkcs11Module(settings);
    }

    @Override
    public String attest() {
        return "PKCS#11 令牌（仅既有 3DES 密钥，认证等级以厂商证书为准） PKCS#11 token for 3DES only, " + token.words()
                + ", level as its vendor's certificate says";
    }

    @Override
    public Set<KeyAlgorithm> algorithms() {
        return Set.of(KeyAlgorithm.TRIPLE_DES);
    }

    @Override
    public byte[] random(int length) {
        return token.random(length);
    }

    @Override
    public ModuleKey generate(KeyAlgorithm algorithm) {
        if (algorithm != KeyAlgorithm.TRIPLE_DES) {
            throw noSm();
        }
        return new MasterKey(token.generate());
    }

    private static ModuleException noSm() {
        return new ModuleException(
                ModuleRefusal.ALGORITHM_NOT_SUPPORTED,
                "PKCS#11 names no mechanism of SM2 or SM4: use the soft or SDF home");
    }

    @Override
    public byte[] wrapped(ModuleKey key) {
        SecretKey master = master(key);
        byte[] name = token.random(NAME);
        token.keep(Hex.of(name), master);
        return new ByteWriter().u8(KIND).bytes(name).bytes(check(master)).toByteArray();
    }

    private byte[] check(SecretKey master) {
        return Arrays.copyOf(token.ecb(master, CHECKED), CHECK);
    }

    @Override
    public ModuleKey importWrapped(byte[] blob) {
        if (blob.length != 1 + NAME + CHECK || blob[0] != KIND) {
            throw new ModuleException(ModuleRefusal.FOREIGN_BLOB, "expected a blob of the PKCS#11 home");
        }
        SecretKey master = token.kept(Hex.of(Arrays.copyOfRange(blob, 1, 1 + NAME)))
                .orElseThrow(() -> new ModuleException(
                        ModuleRefusal.FOREIGN_BLOB, "the token has no such object: is it the same token?"));
        if (!MessageDigest.isEqual(check(master), Arrays.copyOfRange(blob, 1 + NAME, blob.length))) {
            throw new ModuleException(ModuleRefusal.FOREIGN_BLOB, "the token's object is another key");
        }
        return new MasterKey(master);
    }

    @Override
    public ModuleKey loadTripleDes(SecretBytes key) {
        if (key.length() != KeyAlgorithm.TRIPLE_DES.length()) {
            throw new IllegalArgumentException("expected a key of 16 bytes, came " + key.length());
        }
        byte[] clear = key.export(SecretAccess.TOKEN);
        try {
            return new MasterKey(token.load(clear));
        } finally {
            Arrays.fill(clear, (byte) 0);
            key.close();
        }
    }

    @Override
    public ModuleKey loadSm4(SecretBytes key) {
        throw noSm();
    }

    @Override
    public ModuleKey loadSm2(SecretBytes scalar) {
        throw noSm();
    }

    @Override
    public byte[] mac(DerivedKey key, byte[] iv, byte[] data) {
        byte[] clear = derive(key);
        try {
            return CardDes.mac(clear, iv, data);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    @Override
    public byte[] encryptBlock(DerivedKey key, byte[] block) {
        byte[] clear = derive(key);
        try {
            return CardDes.encryptBlock(clear, block);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    @Override
    public byte[] kcv(ModuleKey key) {
        return Arrays.copyOf(token.ecb(master(key), new byte[CardDes.BLOCK]), KCV);
    }

    @Override
    public byte[] deriveAndWrap(DerivedKey control, byte[] before, DerivedKey key, byte[] after) {
        byte[] wrapping = derive(control);
        byte[] wrapped = derive(key);
        byte[] record = KeySteps.record(before, wrapped, after, CardDes.BLOCK);
        try {
            return CardDes.ecb(wrapping, record);
        } finally {
            Arrays.fill(wrapping, (byte) 0);
            Arrays.fill(wrapped, (byte) 0);
            Arrays.fill(record, (byte) 0);
        }
    }

    /** The first step in the token, those behind it here; the caller wipes the answer. */
    private byte[] derive(DerivedKey key) {
        SecretKey master = master(key.master());
        if (!key.factors().isEmpty() || !key.isTripleDes()) {
            throw new IllegalArgumentException("expected steps of 3DES only below a master of 3DES");
        }
        List<byte[]> steps = key.tripleDes();
        byte[] card = token.ecb(master, KeySteps.doubled(steps.get(0)));
        return KeySteps.belowCard(card, steps.subList(1, steps.size()));
    }

    @Override
    public byte[] sign(ModuleKey key, byte[] message) {
        throw noSm();
    }

    @Override
    public boolean verify(byte[] point, byte[] message, byte[] signature) {
        throw noSm();
    }

    @Override
    public byte[] publicKey(ModuleKey key) {
        throw noSm();
    }

    private static SecretKey master(ModuleKey key) {
        if (key instanceof MasterKey ours) {
            return ours.alive();
        }
        throw new IllegalArgumentException("expected a key of 3DES of this module");
    }

    @Override
    public void close() {
        token.close();
        settings.pin().close();
    }
}
