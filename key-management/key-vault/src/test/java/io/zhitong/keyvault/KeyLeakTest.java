package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CardCertificateRequest;
import io.zhitong.keyapi.DataHashRequest;
import io.zhitong.keyapi.DataKind;
import io.zhitong.keyapi.DataUnwrapRequest;
import io.zhitong.keyapi.DataWrapRequest;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.MacRequest;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.ReaderCertificateRequest;
import io.zhitong.keyapi.RemoteKeyService;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KeyLeakTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] APPLICATION = Hex.parse("f05a545041524b31");
    private static final byte[] PARTNER = Hex.parse("5a542d4349545931");
    private static final byte[] CARD = Hex.parse("4403000100000001");

    @TempDir
    Path folder;

    @Test
    void no_key_crosses_the_wire_or_reaches_log_or_audit_or_open_files() throws IOException {
        byte[] wire;
        String log;
        byte[] planted = Hex.parse("70616e2d7468652d706c616e74656421");
        try (VaultChild vault = VaultChild.start(folder, "--demo")) {
            MachineIdentity backend = vault.enrolBackend();
            try (RecordingProxy proxy = new RecordingProxy(folder, vault.address(), vault.authority(), backend);
                    RemoteKeyService keys = VaultClients.connect(proxy.address(), vault.authority(), backend)) {
                askForEverything(keys);
                keys.sign(SigningKey.SETTLEMENT, planted);
                wire = proxy.recorded();
            }
            vault.terminate();
            log = vault.printed();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        byte[] open = openFiles();

        assertTrue(Leaks.found(wire, planted), "the search finds what did cross the wire");
        assertTrue(Leaks.found(open, transportKey()), "and what is written out on purpose, for the demo's factory");
        Map<String, byte[]> secrets = secrets();
        assertTrue(secrets.size() > 60);
        secrets.forEach((name, secret) -> {
            assertFalse(Leaks.found(wire, secret), name + " crossed the wire");
            assertFalse(Leaks.found(log.getBytes(StandardCharsets.ISO_8859_1), secret), name + " is in the log");
            boolean ofFactory = name.startsWith("master TRANSPORT") || name.startsWith("master BOUGHT_TRANSPORT");
            assertTrue(ofFactory || !Leaks.found(open, secret), name + " lies in a file");
        });
    }

    /** Every request there is, and refused ones too: an error is where keys like to show. */
    static void askForEverything(KeyService keys) {
        for (KeyUsage usage : KeyUsage.values()) {
            KeyRef ref = ref(usage);
            KeyRef control = ref(control(usage));
            byte[] head = {(byte) usage.cardType(), 0, 0, 1, 4};
            attempt(() -> keys.wrap(
                    List.of(new WrapRequest(control, new byte[16], Hex.parse("84d40100"), head, ref, new byte[0]))));
            attempt(() -> keys.mac(List.of(new MacRequest(ref, new byte[16], new byte[9], 8))));
            attempt(() -> keys.verifyMacs(List.of(new VerifyRequest(ref, new byte[8], new byte[9], new byte[16]))));
            attempt(() -> keys.verifyThenMac(ref, new byte[8], CARD, new byte[4], CARD));
            attempt(() -> keys.authenticate(ref, new byte[8]));
            attempt(() -> keys.authenticate(ref, new byte[16]));
            attempt(() ->
                    keys.wrapDataKeys(List.of(new DataWrapRequest(ref, CARD, SecretBytes.takeOver(new byte[16])))));
            attempt(() -> keys.unwrapDataKeys(List.of(new DataUnwrapRequest(ref, CARD, new byte[44]))));
            attempt(() -> keys.hashData(List.of(new DataHashRequest(ref, CARD))));
            attempt(() -> keys.mac(List.of(new MacRequest(KeyRef.of(usage, 1), new byte[16], new byte[9], 8))));
        }
        byte[] point = Sm2PrivateKey.generate(RandomSource.secure()).publicKey().xy();
        attempt(() -> keys.certifyCard(new CardCertificateRequest(
                ref(KeyUsage.ACCESS_CONTROL),
                new byte[16],
                point,
                new byte[4],
                1,
                CARD,
                Hex.parse("20261121"),
                Hex.parse("20311120"),
                1)));
        attempt(() -> keys.certifyReader(new ReaderCertificateRequest(
                point, CARD, Hex.parse("20261121"), Hex.parse("20271120"), 1, new byte[64])));
        for (SigningKey key : SigningKey.values()) {
            attempt(() -> keys.sign(key, CARD));
            keys.publicKey(key);
        }
        MachineName pos = new MachineName(MachineRole.POS, "43");
        byte[] request = MachineKeys.request(MachineProfile.P256, MachineKeys.generate(MachineProfile.P256), pos);
        keys.enrolMachine(new MachineEnrolment(MachineProfile.P256, pos, request));
        assertEquals(KeyUsage.values().length, keys.keys().size());
        assertTrue(keys.status().auditNumber() > 0);
        assertEquals(0, keys.revocations().size());
    }

    private static void attempt(Runnable act) {
        try {
            act.run();
        } catch (KeyServiceException e) {
            assertFalse(e.reason().english().isEmpty());
        }
    }

    private Map<String, byte[]> secrets() {
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        VaultContent content = masters();
        VaultContent operational =
                new VaultFolder(folder).read(RandomSource.secure()).content();
        for (StoredMaster master : content.masters()) {
            String name = master.usage().name();
            secrets.put("master " + name, master.key().export(SecretAccess.TOKEN));
            List<byte[]> path = new ArrayList<>();
            for (byte[] factor : ref(master.usage()).factors()) {
                path.add(factor);
                secrets.put(
                        name + " at level " + path.size(),
                        CardSide.of(master.key(), path).key());
            }
        }
        content.signers().forEach((key, scalar) -> secrets.put("signer " + key, scalar.export(SecretAccess.TOKEN)));
        operational.signers().forEach((key, scalar) -> secrets.put("signer " + key, scalar.export(SecretAccess.TOKEN)));
        operational
                .authorities()
                .forEach(authority -> secrets.put("authority " + authority.profile(), scalar(authority.key())));
        return secrets;
    }

    /** The 32-byte scalar of a PKCS#8 EC key: behind the version 1 and the octet string's head of the inner structure. */
    static byte[] scalar(SecretBytes pkcs8) {
        String hex = Hex.of(pkcs8.export(SecretAccess.TOKEN));
        int at = hex.indexOf("0201010420") + 10;
        assertTrue(at > 10);
        return Hex.parse(hex.substring(at, at + 64));
    }

    private VaultContent masters() {
        VaultStore.Opened opened = new VaultFolder(folder).readMasters(List.of(), RandomSource.secure());
        return opened.content();
    }

    private byte[] transportKey() {
        return masters().masters().stream()
                .filter(master -> master.usage() == KeyUsage.TRANSPORT)
                .findFirst()
                .orElseThrow()
                .key()
                .export(SecretAccess.TOKEN);
    }

    private byte[] openFiles() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.write(Files.readAllBytes(file));
            }
        }
        return all.toByteArray();
    }

    private static KeyUsage control(KeyUsage usage) {
        return switch (usage) {
            case TRANSPORT, CARD_CONTROL, PURSE_CONTROL, ACCESS_CONTROL, SAM_CONTROL -> KeyUsage.TRANSPORT;
            case ACCESS_AUTH, ACCESS_LINE, ACCESS_FAST -> KeyUsage.ACCESS_CONTROL;
            case SAM_LEASE -> KeyUsage.SAM_CONTROL;
            case BOUGHT_TRANSPORT, BOUGHT_CONTROL -> KeyUsage.BOUGHT_TRANSPORT;
            case BOUGHT_LINE, BOUGHT_DPK, BOUGHT_DLK, BOUGHT_DTK, BOUGHT_ACCESS -> KeyUsage.BOUGHT_CONTROL;
            default -> KeyUsage.PURSE_CONTROL;
        };
    }

    static KeyRef ref(KeyUsage usage) {
        return switch (usage.chain()) {
            case FACTORY -> KeyRef.of(usage, 1, CARD);
            case CITY -> KeyRef.of(usage, 1, CITY, CARD);
            case COMMUNITY -> KeyRef.of(usage, 1, CITY, COMMUNITY, CARD);
            case APPLICATION -> KeyRef.of(usage, 1, CITY, COMMUNITY, APPLICATION, CARD);
            case PARTNER -> KeyRef.of(usage, 1, PARTNER, CARD);
            case DATA -> DataKind.PERSONS.key(1, CITY, COMMUNITY);
        };
    }
}
