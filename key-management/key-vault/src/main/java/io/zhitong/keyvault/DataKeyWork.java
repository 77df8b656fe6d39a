package io.zhitong.keyvault;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DataHashRequest;
import io.zhitong.keyapi.DataUnwrapRequest;
import io.zhitong.keyapi.DataWrapRequest;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm3;
import io.zhitong.smcrypto.Sm4;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What is computed with a community's key for personal data once a rule allowed it (个人信息密钥运算). The key encrypts two constant
 * blocks and nothing else: one result wraps data keys, the other hashes; both exist here, and only for the time of one item.
 * Thread-safe.
 */
final class DataKeyWork {
    private static final byte[] WRAPPING = "zhitong data key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HASHING = "zhitong data idx".getBytes(StandardCharsets.US_ASCII);
    private static final int IV = 12;

    private final CryptoModule module;
    private final MasterKeys masters;

    DataKeyWork(CryptoModule module, MasterKeys masters) {
        this.module = module;
        this.masters = masters;
    }

    /** IV 12 ‖ data key encrypted 16 ‖ tag 16. */
    byte[] wrap(DataWrapRequest request) {
        byte[] iv = module.random(IV);
        byte[] clear = request.dataKey().export(SecretAccess.TOKEN);
        try {
            byte[] sealed = with(
                    request.key(),
                    KeyOperation.WRAP_DATA,
                    WRAPPING,
                    key -> Sm4.gcmEncrypt(key, iv, request.context(), clear));
            return new ByteWriter().bytes(iv).bytes(sealed).toByteArray();
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** @throws KeyServiceException {@link KeyRefusal#BAD_DATA_KEY} for one that was changed or is of another place */
    SecretBytes unwrap(DataUnwrapRequest request) {
        byte[] wrapped = request.wrapped();
        byte[] iv = Arrays.copyOf(wrapped, IV);
        byte[] sealed = Arrays.copyOfRange(wrapped, IV, wrapped.length);
        try {
            return with(
                    request.key(),
                    KeyOperation.UNWRAP_DATA,
                    WRAPPING,
                    key -> SecretBytes.takeOver(Sm4.gcmDecrypt(key, iv, request.context(), sealed)));
        } catch (MalformedInput e) {
            throw new KeyServiceException(
                    KeyRefusal.BAD_DATA_KEY,
                    "expected a data key wrapped under " + request.key() + " with this context",
                    e);
        }
    }

    /** HMAC-SM3, 32 bytes. */
    byte[] hash(DataHashRequest request) {
        return with(request.key(), KeyOperation.HASH_DATA, HASHING, key -> Sm3.hmac(key, request.value()));
    }

    private <T> T with(KeyRef ref, KeyOperation operation, byte[] block, Function<byte[], T> work) {
        byte[] key = module.encryptBlock(masters.resolve(ref, operation), block);
        try {
            return work.apply(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
