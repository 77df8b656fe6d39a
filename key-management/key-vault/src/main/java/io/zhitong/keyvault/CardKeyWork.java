package io.zhitong.keyvault;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.MacRequest;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.smcrypto.ByteWriter;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** What is computed with card keys once a rule allowed it. Thread-safe. */
final class CardKeyWork {
    private static final byte[] ZERO_IV = new byte[16];
    private static final int MAC = 4;
    private static final int BLOCK = 16;

    /** CLA INS P1 P2 Lc. */
    private static final int HEADER = 5;

    /** Length of a card's answer to GENERATE KEY PAIR, over which its own MAC stands. */
    private static final int POINT = 64;

    private final CryptoModule module;
    private final MasterKeys masters;

    CardKeyWork(CryptoModule module, MasterKeys masters) {
        this.module = module;
        this.masters = masters;
    }

    byte[] wrap(WrapRequest request) {
        WrapRules.check(request);
        KeyOperation delivery = WrapRules.intoSam(request) ? KeyOperation.INTO_SAM : KeyOperation.INTO_CARD;
        DerivedKey control = masters.resolve(request.control(), KeyOperation.WRAP_UNDER);
        DerivedKey key = masters.resolve(request.key(), delivery);
        byte[] enc = module.deriveAndWrap(control, request.prefix(), key, request.suffix());
        byte[] covered = new ByteWriter()
                .bytes(request.header())
                .u8(enc.length + MAC)
                .bytes(enc)
                .toByteArray();
        byte[] mac = Arrays.copyOf(module.mac(control, request.iv(), covered), MAC);
        return new ByteWriter().bytes(enc).bytes(mac).toByteArray();
    }

    byte[] mac(MacRequest request) {
        if (request.key().usage().allows(KeyOperation.WRAP_UNDER)) {
            checkControlCommand(request.data().length);
        }
        DerivedKey key = masters.resolve(request.key(), KeyOperation.MAC);
        return Arrays.copyOf(module.mac(key, request.iv(), request.data()), request.length());
    }

    /** The MAC of a lease's renewal, which the register allowed. */
    byte[] leaseMac(KeyRef ref, byte[] iv, byte[] command) {
        DerivedKey key = masters.resolve(ref, KeyOperation.RENEW_LEASE);
        return Arrays.copyOf(module.mac(key, iv, command), MAC);
    }

    /**
     * A control key's MAC also proves key records and fresh card keys. The caller chooses the IV, so the first block of
     * what is covered can be turned into any other; the length cannot. Hence lengths that such proofs have are refused.
     */
    private static void checkControlCommand(int length) {
        boolean keyRecord = length >= HEADER + 2 * BLOCK && (length - HEADER) % BLOCK == 0;
        if (keyRecord || length == POINT) {
            throw new KeyServiceException(
                    KeyRefusal.NOT_ALLOWED, "under a control key no command of the length of a key record or key pair");
        }
    }

    boolean verify(VerifyRequest request) {
        DerivedKey key = masters.resolve(request.key(), KeyOperation.VERIFY);
        DerivedKey used = request.sessionSeed().length == 0 ? forTac(key) : key.then(request.sessionSeed());
        byte[] mac = module.mac(used, ZERO_IV, request.data());
        return MessageDigest.isEqual(Arrays.copyOf(mac, request.mac().length), request.mac());
    }

    private static DerivedKey forTac(DerivedKey key) {
        return key.isTripleDes() ? key.halvesAdded() : key;
    }

    Optional<byte[]> verifyThenMac(KeyRef ref, byte[] seed, byte[] data, byte[] mac, byte[] dataToMac) {
        DerivedKey session = masters.resolve(ref, KeyOperation.VERIFY_THEN_MAC).then(seed);
        byte[] expected = Arrays.copyOf(module.mac(session, ZERO_IV, data), MAC);
        return MessageDigest.isEqual(expected, mac)
                ? Optional.of(Arrays.copyOf(module.mac(session, ZERO_IV, dataToMac), MAC))
                : Optional.empty();
    }

    byte[] authenticate(KeyRef ref, byte[] challenge) {
        if (ref.usage().tripleDes()) {
            return authenticateTripleDes(ref, challenge);
        }
        boolean wraps = ref.usage().allows(KeyOperation.WRAP_UNDER);
        if (challenge.length != BLOCK / 2 && (challenge.length != BLOCK || wraps)) {
            throw new KeyServiceException(
                    KeyRefusal.NOT_ALLOWED, "expected a challenge of 8 bytes, or of 16 for a key that wraps nothing");
        }
        DerivedKey key = masters.resolve(ref, KeyOperation.AUTHENTICATE);
        byte[] block = module.encryptBlock(key, Arrays.copyOf(challenge, BLOCK));
        return challenge.length == BLOCK ? block : folded(block);
    }

    private byte[] authenticateTripleDes(KeyRef ref, byte[] challenge) {
        if (challenge.length != BLOCK / 2) {
            throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "expected a challenge of 8 bytes for a key of 3DES");
        }
        return module.encryptBlock(masters.resolve(ref, KeyOperation.AUTHENTICATE), challenge);
    }

    /** Left 8 ⊕ right 8. */
    private static byte[] folded(byte[] block) {
        byte[] out = Arrays.copyOf(block, BLOCK / 2);
        for (int i = 0; i < out.length; i++) {
            out[i] ^= block[out.length + i];
        }
        return out;
    }
}
