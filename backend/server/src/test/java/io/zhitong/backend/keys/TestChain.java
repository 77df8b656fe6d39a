package io.zhitong.backend.keys;

import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.AuditMark;
import io.zhitong.keyapi.AuditPage;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.VaultEvidence;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An audit chain written by the layout of docs/keys.md, which a test may damage; answers like a vault. */
final class TestChain {
    private final Sm2PrivateKey honest = Sm2PrivateKey.generate(RandomSource.secure());
    private final Map<Long, AuditCheckpoint> checkpoints = new HashMap<>();
    private final List<byte[]> records = new ArrayList<>();
    private final List<byte[]> hashes = new ArrayList<>(List.of(new byte[32]));
    private Sm2PrivateKey signer = honest;

    void record(int kind, String who) {
        append(encoded(kind, who, new byte[0]));
    }

    void checkpoint() {
        long number = records.size() + 1L;
        byte[] before = hashes.get(records.size());
        byte[] signature = Sm2.sign(signer, AuditCheckpoint.signed(number, before), RandomSource.secure());
        checkpoints.put(number, new AuditCheckpoint(number, before, signature));
        append(encoded(4, "vault", signature));
    }

    void raw(byte[] record) {
        append(record);
    }

    void signWith(Sm2PrivateKey other) {
        signer = other;
    }

    void flip(int number) {
        records.get(number - 1)[20] ^= 1;
    }

    void drop(int number) {
        records.remove(number - 1);
        hashes.remove(number);
    }

    void cut(int newest) {
        records.subList(newest, records.size()).clear();
        hashes.subList(newest + 1, hashes.size()).clear();
    }

    AuditCheckpoint checkpointAt(long number) {
        return Objects.requireNonNull(checkpoints.get(number));
    }

    Sm2PublicKey auditKey() {
        return honest.publicKey();
    }

    AuditMark newest() {
        return new AuditMark(records.size(), hashes.get(records.size()));
    }

    KeyAdministration administration() {
        return answering(KeyAdministration.class, "evidence", evidence());
    }

    KeyService service() {
        return answering(KeyService.class, "publicKey", honest.publicKey().xy());
    }

    private VaultEvidence evidence() {
        return (VaultEvidence) Proxy.newProxyInstance(
                VaultEvidence.class.getClassLoader(), new Class<?>[] {VaultEvidence.class}, (proxy, method, given) -> {
                    if (method.getName().equals("checkpoint")) {
                        checkpoint();
                        return newest();
                    }
                    return page(Math.toIntExact((Long) given[0]), (Integer) given[1]);
                });
    }

    private AuditPage page(int from, int most) {
        ByteWriter out = new ByteWriter();
        for (int i = from - 1; i < Math.min(records.size(), from - 1 + most); i++) {
            out.sized(records.get(i)).bytes(hashes.get(i + 1));
        }
        return new AuditPage(newest(), new AuditMark(from - 1L, hashes.get(from - 1)), out.toByteArray());
    }

    private void append(byte[] record) {
        hashes.add(Sm3.hash(hashes.get(records.size()), record));
        records.add(record);
    }

    private byte[] encoded(int kind, String who, byte[] signature) {
        return new ByteWriter()
                .u64(records.size() + 1L)
                .u64(1_700_000_000_000L)
                .u8(kind)
                .text(who)
                .u32(1)
                .bytes(new byte[32])
                .text("")
                .sized(signature)
                .toByteArray();
    }

    private static <T> T answering(Class<T> type, String name, Object answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (method.getName().equals(name)) {
                        return answer;
                    }
                    throw new UnsupportedOperationException(method.getName());
                }));
    }
}
