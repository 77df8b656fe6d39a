package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.keyvault.module.sdf.TestDevice;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A vault whose masters live in a device of GM/T 0018: the same answers, and nothing to steal in its store. */
class DeviceVaultTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] CARD = Hex.parse("4403000112345678");
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final String KNOWN = "1f2e3d4c5b6a798897a6b5c4d3e2f101";

    @TempDir
    Path folder;

    private Path pin = Path.of("pin");

    @BeforeEach
    void writePin() throws IOException {
        TestDevice.control().zt_sdf_faults("");
        pin = Files.writeString(folder.resolve("device.pin"), "12345678\n");
    }

    private void chooseDevice() throws IOException {
        new ModuleChoice(TestDevice.library(), pin, 1, 1).write(folder);
    }

    private static byte[] wrap(KeyService keys, KeyRef control, KeyRef key) {
        byte[] head = Hex.parse("00f0f00100");
        head[0] = (byte) key.usage().cardType();
        return keys.wrap(List.of(new WrapRequest(control, new byte[16], Hex.parse("84d40101"), head, key, new byte[0])))
                .get(0);
    }

    private static KeyRef purse(KeyUsage usage) {
        return KeyRef.of(usage, 1, CITY, CARD);
    }

    /** What cards and SAMs would get: of the purse, of access, of bought cards, and masters for SAMs. */
    private static List<String> delivered(KeyService keys) {
        List<byte[]> all = new ArrayList<>();
        for (KeyUsage usage : List.of(KeyUsage.DPK, KeyUsage.DLK, KeyUsage.DTK, KeyUsage.DACK)) {
            all.add(wrap(keys, purse(KeyUsage.PURSE_CONTROL), purse(usage)));
        }
        all.add(wrap(
                keys,
                KeyRef.of(KeyUsage.ACCESS_CONTROL, 1, CITY, COMMUNITY, CARD),
                KeyRef.of(KeyUsage.ACCESS_FAST, 1, CITY, COMMUNITY, CARD)));
        all.add(wrap(keys, purse(KeyUsage.BOUGHT_CONTROL), purse(KeyUsage.BOUGHT_DPK)));
        KeyRef sam = KeyRef.of(KeyUsage.SAM_CONTROL, 1, CITY, COMMUNITY, CARD);
        all.add(wrap(keys, sam, KeyRef.of(KeyUsage.DPK, 1, CITY)));
        all.add(wrap(keys, sam, KeyRef.of(KeyUsage.BOUGHT_DPK, 1, CITY)));
        all.add(keys.authenticate(purse(KeyUsage.DACK), CARD));
        all.add(keys.publicKey(SigningKey.CARD_ISSUER));
        return all.stream().map(Hex::of).toList();
    }

    private List<StoredMaster> stored() {
        VaultStore.Opened opened = new VaultFolder(folder).readMasters(List.of(), RandomSource.secure());
        try (VaultStore store = opened.store()) {
            assertTrue(store.generation() > 0);
            return opened.content().masters();
        }
    }

    private static boolean mayBeInClear(StoredMaster master) {
        return master.usage().tripleDes() || master.usage() == KeyUsage.EXCHANGE;
    }

    private static List<String> kcvs(KeyService keys) {
        return keys.keys().stream().map(KeyListing::kcvText).toList();
    }

    @Test
    void masters_move_into_the_device_at_the_next_opening_and_every_answer_stays_the_same() throws IOException {
        List<String> before;
        List<String> kcvs;
        try (OpenVault soft = OpenVault.make(folder)) {
            before = delivered(soft.service());
            kcvs = kcvs(soft.service());
            assertTrue(soft.vault().status().module().contains("soft module"));
        }
        assertTrue(stored().stream().allMatch(StoredMaster::inClear), "what is searched for is there at first");

        chooseDevice();
        try (OpenVault device = OpenVault.open(folder)) {
            assertEquals(before, delivered(device.service()));
            assertEquals(kcvs, kcvs(device.service()));
            assertTrue(device.vault().status().module().contains("testsdf"));
        }
        assertNothingInClear();
        Files.delete(newestStore());
        assertNothingInClear();
    }

    private void assertNothingInClear() {
        List<StoredMaster> masters = stored();
        assertFalse(masters.isEmpty());
        masters.forEach(each ->
                assertEquals(mayBeInClear(each), each.inClear(), each.name().text()));
    }

    private Path newestStore() throws IOException {
        Path zero = folder.resolve("store.0");
        Path one = folder.resolve("store.1");
        return Arrays.compareUnsigned(generation(zero), generation(one)) > 0 ? zero : one;
    }

    /** Bytes 5 to 12 of the clear head. */
    private static byte[] generation(Path store) throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(store), 5, 13);
    }

    @Test
    void a_vault_born_in_the_device_signs_with_the_devices_pairs_and_opens_again() throws IOException {
        chooseDevice();
        List<String> before;
        byte[] point;
        try (OpenVault vault = OpenVault.make(folder)) {
            before = delivered(vault.service());
            point = vault.service().publicKey(SigningKey.SETTLEMENT);
            byte[] signature = vault.service().sign(SigningKey.SETTLEMENT, MESSAGE);
            assertTrue(Sm2.verify(Sm2PublicKey.decode(point), MESSAGE, signature));
        }
        try (OpenVault vault = OpenVault.open(folder)) {
            assertEquals(before, delivered(vault.service()));
            assertArrayEquals(point, vault.service().publicKey(SigningKey.SETTLEMENT));
            TestDevice.control().zt_sdf_lose(1);
            assertEquals(before, delivered(vault.service()), "after the device was lost and came back");
        }
        new VaultFolder(folder)
                .readMasters(List.of(), RandomSource.secure())
                .content()
                .signers()
                .forEach((key, scalar) -> assertEquals("none", key.name()));
    }

    @Test
    void a_demo_in_the_device_still_tells_its_simulated_factory_the_transport_key() throws IOException {
        chooseDevice();
        KeyRef chip = KeyRef.of(KeyUsage.TRANSPORT, 1, CARD);
        try (OpenVault vault = OpenVault.make(folder)) {
            String hex =
                    Files.readString(folder.resolve("factory/transport.key")).strip();
            CardSide factory = CardSide.of(SecretBytes.takeOver(Hex.parse(hex)), List.of(CARD));
            byte[] iv = Hex.parse("000102030405060708090a0b0c0d0e0f");
            byte[] wrapped = vault.service()
                    .wrap(List.of(new WrapRequest(
                            chip,
                            iv,
                            Hex.parse("84d40101"),
                            Hex.parse("39f0f00100"),
                            KeyRef.of(KeyUsage.CARD_CONTROL, 1, CITY, COMMUNITY, CARD),
                            new byte[0])))
                    .get(0);
            byte[] covered = Hex.parse("84d4010124" + Hex.of(Arrays.copyOf(wrapped, 32)));
            assertEquals(Hex.of(factory.mac(iv, covered)), Hex.of(Arrays.copyOfRange(wrapped, 32, 36)));
        }
    }

    @Test
    void a_known_master_brought_in_works_in_the_device_and_its_bytes_are_not_in_the_store() throws IOException {
        chooseDevice();
        KeyRef name = KeyRef.of(KeyUsage.DPK, 7);
        KeyRef card = KeyRef.of(KeyUsage.DACK, 1, CITY, CARD);
        try (OpenVault vault = OpenVault.make(folder)) {
            MasterOrders orders = orders(vault);
            String outcome = orders.importKey(new byte[8], name, false, SecretBytes.takeOver(Hex.parse(KNOWN)));
            assertTrue(outcome.startsWith("DPK/7 CMAC "), outcome);
            orders.execute(new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, new KeyOrder.ChangeKeyState(name, KeyState.ACTIVE));
            byte[] wrapped =
                    wrap(vault.service(), purse(KeyUsage.PURSE_CONTROL), KeyRef.of(KeyUsage.DPK, 7, CITY, CARD));
            assertEquals(36, wrapped.length);
            assertEquals(16, vault.service().authenticate(card, new byte[16]).length);

            CardSide known = CardSide.of(SecretBytes.takeOver(Hex.parse(KNOWN)), List.of(CITY));
            byte[] kcv = vault.vault()
                    .masters()
                    .use(open -> open.masters()
                            .lineage(KeyRef.of(KeyUsage.DPK, 7, CITY))
                            .kcvs()
                            .get(0));
            assertEquals(Hex.of(Arrays.copyOf(cmacOfZeros(known.key()), 3)), Hex.of(kcv));
        }
        List<String> bytes = stored().stream()
                .map(each -> Hex.of(each.key().export(SecretAccess.TOKEN)))
                .toList();
        assertTrue((bytes + KNOWN).contains(KNOWN));
        assertFalse(bytes.toString().contains(KNOWN));
    }

    private static byte[] cmacOfZeros(byte[] key) {
        return Sm4.cmac(key, new byte[16]);
    }

    private static MasterOrders orders(OpenVault vault) {
        return new MasterOrders(vault.vault().masters(), RandomSource.secure(), Clock.systemUTC());
    }

    @Test
    void a_master_in_the_device_leaves_in_no_key_block() throws IOException {
        chooseDevice();
        try (OpenVault vault = OpenVault.make(folder)) {
            KeyRef fresh = KeyRef.of(KeyUsage.DPK, 2);
            orders(vault).execute(new byte[8], new KeyOrder.NewKeyVersion(fresh));
            KeyServiceException refused = assertThrows(
                    KeyServiceException.class,
                    () -> orders(vault)
                            .execute(
                                    new byte[] {1, 0, 0, 0, 0, 0, 0, 0},
                                    new KeyOrder.ExportKeyBlock(fresh, KeyRef.of(KeyUsage.EXCHANGE, 1, CARD))));
            assertEquals(KeyRefusal.NOT_EXPORTABLE, refused.reason());
            assertFalse(stored().stream()
                    .filter(each -> each.name().same(fresh))
                    .findFirst()
                    .orElseThrow()
                    .inClear());
        }
    }

    @Test
    void without_its_device_or_with_a_wrong_password_the_vault_stays_sealed_and_says_why() throws IOException {
        chooseDevice();
        OpenVault.make(folder).close();
        Files.writeString(pin, "00000000");
        assertModuleFault("no right");
        Files.delete(pin);
        assertModuleFault("password cannot be read");
        ModuleChoice.forget(folder);
        assertModuleFault("expected a blob of the soft module");
        Files.writeString(folder.resolve("module.conf"), "library = /nowhere/libsdf.so\nkey-index = one\n");
        assertModuleFault("module.conf");
    }

    private void assertModuleFault(String words) {
        VaultException refused = assertThrows(VaultException.class, () -> OpenVault.open(folder));
        assertEquals(VaultFault.MODULE, refused.fault());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void serve_takes_the_device_as_a_setting_and_another_device_does_not_open_the_vault() throws Exception {
        Path data = folder.resolve("served");
        String[] options = {"--demo", "--module", "sdf:" + TestDevice.library(), "--pin-file", pin.toString()};
        try (VaultChild child = VaultChild.start(data, options);
                var keys = child.client(child.enrolBackend())) {
            assertTrue(
                    keys.status().module().contains("SDF 密码设备"), keys.status().module());
            assertEquals(36, wrap(keys, purse(KeyUsage.PURSE_CONTROL), purse(KeyUsage.DPK)).length);
            assertEquals(143, child.terminate());
        }
        // The test device draws its keys anew in each process.
        try (VaultChild child = VaultChild.start(data)) {
            assertEquals(3, child.waitForEnd());
            assertTrue(child.printed().contains("is it the same device?"), child.printed());
        }
    }

    @Test
    void serve_refuses_a_home_that_cannot_hold_masters_of_sm4() {
        StringWriter err = new StringWriter();
        CommandLine line = Programs.commandLine(new KeysServeCommand().command());
        line.setErr(new PrintWriter(err));
        for (String home : List.of("pkcs11:/usr/lib/softhsm/libsofthsm2.so", "sdf:/x.so", "cloud")) {
            assertEquals(2, line.execute("--data", folder.toString(), "--port", "0", "--module", home));
            assertTrue(err.toString().contains("PKCS#11 has no SM4"), err.toString());
        }
        assertFalse(Files.exists(folder.resolve("module.conf")));
    }
}
