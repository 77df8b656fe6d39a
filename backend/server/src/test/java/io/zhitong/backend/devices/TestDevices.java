package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.DataUnwrapRequest;
import io.zhitong.keyapi.DataWrapRequest;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceHello;
import io.zhitong.link.LinkSession;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm3;
import io.zhitong.smcrypto.Sm4;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sessions, certificates and a vault that signs in this process, for tests of devices. */
final class TestDevices {
    static final DeviceAddress DOOR = DeviceAddress.of(1, 42);

    /** Serials the vault was told to revoke. */
    final List<BigInteger> revoked = new ArrayList<>();

    private final Sm2PrivateKey key = Sm2PrivateKey.of(filled(0x2B));
    private boolean away;
    private int version = 1;

    static LinkSession session(long number, long device) {
        DeviceAddress address = DeviceAddress.of(1, device);
        return new LinkSession(
                number,
                address,
                new MachinePeer(
                        new MachineName(MachineRole.CONTROLLER, address.certificateName()),
                        BigInteger.TEN,
                        Instant.parse("2030-01-01T00:00:00Z"),
                        io.zhitong.machinetls.MachineProfile.SM2),
                new DeviceHello(new JournalId(7), 0, 0, nonce(number), "controller 1.2", List.of()),
                Instant.parse("2026-05-01T08:00:00Z"),
                "192.0.2.9:40000");
    }

    /** Each connection has its own. */
    static Octets nonce(long session) {
        return Octets.of(new ByteWriter().u64(0).u64(session).toByteArray());
    }

    static CommandAnswer answer(Octets key, CommandAnswer.Stage stage) {
        return new CommandAnswer(
                key,
                stage,
                stage == CommandAnswer.Stage.REFUSED
                        ? io.zhitong.accessmodel.CommandRefusal.values()[1]
                        : io.zhitong.accessmodel.CommandRefusal.NONE,
                "");
    }

    void away(boolean value) {
        away = value;
    }

    /** Public key of every signature. */
    Sm2PrivateKey key() {
        return key;
    }

    KeyService vault() {
        return (KeyService) Proxy.newProxyInstance(
                KeyService.class.getClassLoader(), new Class<?>[] {KeyService.class}, (proxy, method, arguments) -> {
                    if (away) {
                        throw new KeyServiceException(KeyRefusal.UNAVAILABLE, "planted");
                    }
                    return switch (method.getName()) {
                        case "sign" -> Sm2.sign(key, (byte[]) arguments[1], RandomSource.secure());
                        case "publicKey" -> publicKey((SigningKey) arguments[0]);
                        case "revoke" -> revoke((BigInteger) arguments[0]);
                        case "random" -> random((Integer) arguments[0]);
                        case "keys" -> List.of(master(version));
                        case "wrapDataKeys" -> wrapped((List<?>) arguments[0]);
                        case "unwrapDataKeys" -> unwrapped((List<?>) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    /** From now on the master has that version; older ones still answer. */
    void rotated(int newest) {
        version = newest;
    }

    private static KeyListing master(int version) {
        return new KeyListing(
                KeyRef.of(KeyUsage.PERSONAL_DATA, version), KeyState.ACTIVE, KeyTerms.own(0), 0, 0, new byte[3]);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new java.security.SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static List<byte[]> wrapped(List<?> requests) {
        return requests.stream()
                .map(DataWrapRequest.class::cast)
                .map(each -> {
                    byte[] iv = random(12);
                    byte[] key = each.dataKey().export(SecretAccess.TOKEN);
                    byte[] sealed = Sm4.gcmEncrypt(derived(each.key()), iv, each.context(), key);
                    return new ByteWriter().bytes(iv).bytes(sealed).toByteArray();
                })
                .toList();
    }

    private static List<SecretBytes> unwrapped(List<?> requests) {
        return requests.stream()
                .map(DataUnwrapRequest.class::cast)
                .map(each -> SecretBytes.takeOver(Sm4.gcmDecrypt(
                        derived(each.key()),
                        Arrays.copyOf(each.wrapped(), 12),
                        each.context(),
                        Arrays.copyOfRange(each.wrapped(), 12, each.wrapped().length))))
                .toList();
    }

    /** Another one for each version and each factor. */
    private static byte[] derived(KeyRef key) {
        ByteWriter name = new ByteWriter();
        key.encode(name);
        return Arrays.copyOf(Sm3.hash(name.toByteArray()), 16);
    }

    private byte[] publicKey(SigningKey which) {
        return which == SigningKey.CARD_ISSUER
                ? Sm2PrivateKey.of(filled(0x11)).publicKey().xy()
                : key.publicKey().xy();
    }

    private List<?> revoke(BigInteger serial) {
        revoked.add(serial);
        return List.of();
    }

    DeviceCertificates certificates(TestDatabase database, Clock clock) {
        return new DeviceCertificates(
                database.jdbc(),
                vault(),
                TestAudit.log(database, clock),
                database.transactions(),
                TestBackend.on(database).notices(),
                clock);
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
