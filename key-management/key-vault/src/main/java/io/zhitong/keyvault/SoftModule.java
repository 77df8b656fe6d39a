package io.zhitong.keyvault;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm4;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The module that is this process (软件密码模块): keys lie in its memory. No certified level is claimed; the claim is that a
 * key is not outside {@link SecretBytes}, on disk, on the wire or in a log.
 */
public final class SoftModule implements CryptoModule {
    private static final int BLOCK = 16;
    private static final int KCV = 3;

    private record Sm4Key(SecretBytes bytes) implements ModuleKey {
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
    private final List<ModuleKey> held = new ArrayList<>();

    public SoftModule(RandomSource random) {
        this.random = random;
    }

    @Override
    public String attest() {
        return "软件模块（未经密码产品认证） soft module, no certified level";
    }

    @Override
    public byte[] random(int length) {
        return random.bytes(length);
    }

    @Override
    public ModuleKey loadSm4(SecretBytes key) {
        if (key.length() != BLOCK) {
            throw new IllegalArgumentException("expected an SM4 key of 16 bytes, came " + key.length());
        }
        return hold(new Sm4Key(key));
    }

    @Override
    public ModuleKey loadSm2(SecretBytes scalar) {
        byte[] bytes = scalar.export(SecretAccess.TOKEN);
        try {
            return hold(new Sm2Key(Sm2PrivateKey.of(bytes)));
        } finally {
            Arrays.fill(bytes, (byte) 0);
            scalar.close();
        }
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
        byte[] bytes = sm4(key);
        try {
            return Arrays.copyOf(Sm4.cmac(bytes, new byte[BLOCK]), KCV);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public byte[] deriveAndWrap(DerivedKey control, byte[] before, DerivedKey key, byte[] after) {
        byte[] wrapping = derive(control);
        byte[] wrapped = derive(key);
        int length = before.length + wrapped.length + after.length;
        byte[] clear = new ByteWriter()
                .u8(length)
                .bytes(before)
                .bytes(wrapped)
                .bytes(after)
                .toByteArray();
        byte[] padded = BlockModes.padIfUnaligned(clear, control.isTripleDes() ? CardDes.BLOCK : BLOCK);
        try {
            return control.isTripleDes() ? CardDes.ecb(wrapping, padded) : Sm4.ecbEncrypt(wrapping, padded);
        } finally {
            Arrays.fill(wrapping, (byte) 0);
            Arrays.fill(wrapped, (byte) 0);
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(padded, (byte) 0);
        }
    }

    @Override
    public byte[] sign(ModuleKey key, byte[] message) {
        return Sm2.sign(sm2(key), message, random);
    }

    @Override
    public byte[] publicKey(ModuleKey key) {
        return sm2(key).publicKey().xy();
    }

    /** One step a factor: SM4(K, f8 ‖ ~f8), behind them those of 3DES (docs/card.md). The caller wipes the answer. */
    private static byte[] derive(DerivedKey key) {
        byte[] at = sm4(key.master());
        for (byte[] factor : key.factors()) {
            byte[] below = Sm4.encryptBlock(at, doubled(factor));
            Arrays.fill(at, (byte) 0);
            at = below;
        }
        for (int i = 0; i < key.tripleDes().size(); i++) {
            byte[] below = tripleDesStep(at, i, key.tripleDes().get(i));
            Arrays.fill(at, (byte) 0);
            at = below;
        }
        return at;
    }

    private static byte[] tripleDesStep(byte[] key, int number, byte[] step) {
        if (number == 0) {
            return CardDes.down(key, step);
        }
        return step.length == 0 ? CardDes.halvesAdded(key) : CardDes.session(key, step);
    }

    private static byte[] doubled(byte[] factor) {
        int half = BLOCK / 2;
        if (factor.length != half) {
            throw new IllegalArgumentException("expected a factor of 8 bytes, came " + factor.length);
        }
        byte[] block = Arrays.copyOf(factor, BLOCK);
        for (int i = 0; i < half; i++) {
            block[half + i] = (byte) ~factor[i];
        }
        return block;
    }

    private static byte[] sm4(ModuleKey key) {
        if (key instanceof Sm4Key ours) {
            return ours.bytes().export(SecretAccess.TOKEN);
        }
        throw new IllegalArgumentException("expected an SM4 key of this module");
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
    }
}
