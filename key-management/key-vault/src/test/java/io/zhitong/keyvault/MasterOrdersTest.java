package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyLineage;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyOrigin;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.keyvault.module.SoftModule;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class MasterOrdersTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] OTHER_CITY = Hex.parse("4401ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] CARD = Hex.parse("4403000100000001");
    private static final KeyRef DTK1 = KeyRef.of(KeyUsage.DTK, 1);
    private static final KeyRef DTK2 = KeyRef.of(KeyUsage.DTK, 2);

    @TempDir
    Path folder;

    private OpenVault vault;
    private KeyService keys;
    private MasterOrders orders;
    private int number;

    @BeforeEach
    void open() {
        vault = OpenVault.make(folder);
        use(vault);
    }

    private void use(OpenVault opened) {
        vault = opened;
        keys = opened.service();
        orders = new MasterOrders(opened.vault().masters(), RandomSource.secure(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void both_versions_work_while_a_key_is_rotated_and_the_old_one_ends_step_by_step() {
        byte[] oldTac = tac(1);
        assertEquals(
                "DTK/2 " + "CMAC", execute(new KeyOrder.NewKeyVersion(DTK2)).substring(0, 10));
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> wrap(2)), "not before it is active");
        state(DTK2, KeyState.ACTIVE);
        assertEquals(36, wrap(1).length);
        assertEquals(36, wrap(2).length);
        assertTrue(verified(1, oldTac));
        assertTrue(verified(2, tac(2)));
        assertFalse(verified(2, oldTac), "the versions are different keys");

        state(DTK1, KeyState.RETIRED);
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> wrap(1)), "no new card with the old version");
        assertTrue(verified(1, oldTac), "what lies on cards is verified on");

        state(DTK1, KeyState.COMPROMISED);
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> verified(1, oldTac)));
        assertTrue(verified(2, tac(2)));
    }

    @Test
    void order_survives_a_restart_and_is_done_once() {
        byte[] name = {1, 2, 3, 4, 5, 6, 7, 8};
        assertFalse(orders.done(name));
        orders.execute(name, new KeyOrder.NewKeyVersion(DTK2));
        String kcv = listing(DTK2).kcvText();
        vault.close();
        use(OpenVault.open(folder));

        assertTrue(orders.done(name));
        assertFalse(orders.done(new byte[8]));
        assertEquals(kcv, listing(DTK2).kcvText());
        assertEquals(KeyState.PRE_ACTIVE, listing(DTK2).state());
    }

    @Test
    void check_says_what_would_happen_and_changes_nothing() {
        int before = keys.keys().size();
        long generation = vault.vault().masters().generation();

        orders.check(new KeyOrder.NewKeyVersion(DTK2));
        assertEquals(
                KeyRefusal.ILLEGAL_STATE_CHANGE,
                refusal(() -> orders.check(new KeyOrder.ChangeKeyState(DTK1, KeyState.DESTROYED))));
        assertEquals(
                KeyRefusal.UNKNOWN_KEY,
                refusal(() -> orders.check(new KeyOrder.ChangeKeyState(DTK2, KeyState.ACTIVE))));
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> orders.check(new KeyOrder.UnlockCustodian(1))));

        assertEquals(before, keys.keys().size());
        assertEquals(generation, vault.vault().masters().generation());
        assertEquals(36, wrap(1).length, "and the keys still work");
    }

    @Test
    void destroyed_key_is_in_neither_generation_of_the_store_and_its_name_stays() throws IOException {
        byte[] key = stored(DTK1).key().export(SecretAccess.TOKEN);
        execute(new KeyOrder.NewKeyVersion(DTK2));
        assertEquals(2, generationsWith(key), "the search finds the key where it is");
        state(DTK1, KeyState.RETIRED);
        state(DTK1, KeyState.DESTROYED);

        assertEquals(0, generationsWith(key));
        assertEquals(KeyState.DESTROYED, listing(DTK1).state());
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> wrap(1)));
        KeyLineage lineage = lineage(KeyRef.of(KeyUsage.DTK, 1, CITY, CARD));
        assertEquals(List.of(), lineage.kcvs());
        vault.close();
        use(OpenVault.open(folder));
        assertEquals(KeyState.DESTROYED, listing(DTK1).state());
    }

    @Test
    void lineage_names_the_master_and_the_check_value_of_every_step_down_to_the_card() {
        KeyLineage lineage = lineage(KeyRef.of(KeyUsage.ACCESS_LINE, 1, CITY, COMMUNITY, CARD));

        assertEquals(
                KeyRef.of(KeyUsage.ACCESS_LINE, 1).text(),
                lineage.master().key().text());
        assertEquals(3, lineage.kcvs().size());
        byte[] cardKey = vault.cardKey(KeyRef.of(KeyUsage.ACCESS_LINE, 1, CITY, COMMUNITY, CARD))
                .key();
        byte[] kcv = Sm4.cmac(cardKey, new byte[16]);
        assertArrayEquals(new byte[] {kcv[0], kcv[1], kcv[2]}, lineage.kcvs().get(2));
        assertEquals(
                listing(KeyRef.of(KeyUsage.ACCESS_LINE, 1)).kcvText(),
                lineage.master().kcvText());
        assertTrue(lineage(KeyRef.of(KeyUsage.BOUGHT_DPK, 1, CITY, CARD))
                .kcvText(1)
                .startsWith("3DES "));
        assertEquals(KeyRefusal.UNKNOWN_KEY, refusal(() -> lineage(KeyRef.of(KeyUsage.DTK, 9))));
        assertEquals(KeyRefusal.BAD_FACTORS, refusal(() -> lineage(KeyRef.of(KeyUsage.DTK, 1, CITY, COMMUNITY, CARD))));
    }

    @Test
    void city_without_root_is_served_from_its_own_masters_and_hides_the_root() {
        KeyRef cityDtk = KeyRef.of(KeyUsage.DTK, 2, CITY);
        execute(new KeyOrder.NewKeyVersion(DTK2));
        state(DTK2, KeyState.ACTIVE);
        byte[] fromRoot = lineage(KeyRef.of(KeyUsage.DTK, 2, CITY, CARD)).kcvs().get(1);
        importKey(cityDtk, false, "00112233445566778899aabbccddeeff");
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> wrap(2)), "the city's own counts, whatever its state");
        state(cityDtk, KeyState.ACTIVE);

        assertEquals(36, wrap(2).length);
        KeyLineage lineage = lineage(KeyRef.of(KeyUsage.DTK, 2, CITY, CARD));
        assertEquals("DTK/2:4403ff0000000000", lineage.master().key().text());
        assertFalse(Arrays.equals(fromRoot, lineage.kcvs().get(0)));
        assertEquals(KeyOrigin.IMPORTED, lineage.master().terms().origin());
    }

    @Test
    void purse_of_another_issuer_goes_into_psams_and_does_nothing_else() {
        KeyRef foreign = KeyRef.of(KeyUsage.DPK, 3, CITY);
        importKey(foreign, true, "00112233445566778899aabbccddeeff");
        state(foreign, KeyState.ACTIVE);

        assertEquals(36, wrapInto(KeyRef.of(KeyUsage.SAM_CONTROL, 1, CITY, COMMUNITY, CARD), foreign).length);
        KeyRef purse = KeyRef.of(KeyUsage.PURSE_CONTROL, 1, CITY, CARD);
        KeyRef dlk = KeyRef.of(KeyUsage.DLK, 1, CITY, CARD);
        for (Executable denied : List.<Executable>of(
                () -> wrapInto(purse, KeyRef.of(KeyUsage.DPK, 3, CITY, CARD)),
                () -> wrapInto(purse, KeyRef.of(KeyUsage.DTK, 1, CITY, CARD)),
                () -> verified(1, new byte[4]),
                () -> keys.verifyThenMac(dlk, new byte[8], CARD, new byte[4], CARD),
                () -> keys.authenticate(KeyRef.of(KeyUsage.DACK, 1, CITY, CARD), new byte[8]))) {
            assertEquals(KeyRefusal.NOT_ISSUER, refusal(denied));
        }
        // Where we are the issuer, and with the other purse of the same city, everything goes on.
        KeyRef otherPurse = KeyRef.of(KeyUsage.PURSE_CONTROL, 1, OTHER_CITY, CARD);
        assertEquals(36, wrapInto(otherPurse, KeyRef.of(KeyUsage.DTK, 1, OTHER_CITY, CARD)).length);
        KeyRef bought = KeyRef.of(KeyUsage.BOUGHT_DTK, 1, CITY, CARD);
        assertEquals(
                List.of(false), keys.verifyMacs(List.of(new VerifyRequest(bought, new byte[0], CARD, new byte[4]))));
    }

    @Test
    void validity_opens_and_ends_a_version() {
        long now = Clock.systemUTC().instant().getEpochSecond();
        execute(new KeyOrder.NewKeyVersion(DTK2, terms(now + 3600, 0)));
        state(DTK2, KeyState.ACTIVE);
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> wrap(2)), "not yet");
        KeyRef dtk3 = KeyRef.of(KeyUsage.DTK, 3);
        execute(new KeyOrder.NewKeyVersion(dtk3, terms(now - 7200, now - 3600)));
        state(dtk3, KeyState.ACTIVE);

        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> wrap(3)), "no new card behind its end");
        assertTrue(verified(3, tac(3)), "what lies on cards is verified on");
    }

    @Test
    void time_passes_for_a_version_without_a_restart() {
        long now = 1_800_000_000;
        StoredMaster stored = StoredMaster.begin(
                DTK1, KeyState.ACTIVE, terms(now, now + 10), now, SecretBytes.takeOver(new byte[16]));
        KeyRef card = KeyRef.of(KeyUsage.DTK, 1, CITY, CARD);
        try (SoftModule module = new SoftModule(RandomSource.secure())) {
            for (int second = -1; second <= 11; second++) {
                Clock at = Clock.fixed(Instant.ofEpochSecond(now + second), ZoneOffset.UTC);
                MasterKeys masters =
                        new MasterKeys(module, List.of(stored.with(SecretBytes.takeOver(new byte[16]))), at);
                boolean issues = second >= 0 && second < 10;
                assertEquals(issues, allowed(() -> masters.resolve(card, KeyOperation.INTO_CARD)));
                assertEquals(second >= 0, allowed(() -> masters.resolve(card, KeyOperation.VERIFY)));
            }
        }
    }

    private static KeyTerms terms(long from, long to) {
        return new KeyTerms(KeyOrigin.MADE, Exportability.NEVER, from, to, "韩梅梅");
    }

    private int generationsWith(byte[] key) throws IOException {
        int found = 0;
        for (String slot : List.of("store.0", "store.1")) {
            if (!Files.exists(folder.resolve(slot))) {
                continue;
            }
            Path alone = Files.createTempDirectory(folder, "alone");
            Files.copy(folder.resolve(slot), alone.resolve(slot));
            try (var files = Files.walk(folder.resolve("demo-quorum"))) {
                for (Path share : files.filter(Files::isRegularFile).toList()) {
                    Files.createDirectories(alone.resolve("demo-quorum"));
                    Files.copy(share, alone.resolve("demo-quorum").resolve(share.getFileName()));
                }
            }
            VaultStore.Opened opened = new VaultFolder(alone).readMasters(List.of(), RandomSource.secure());
            SecretBytes wanted = SecretBytes.copyOf(key);
            found += opened.content().masters().stream()
                            .anyMatch(each -> each.key().equals(wanted))
                    ? 1
                    : 0;
        }
        return found;
    }

    private String execute(KeyOrder order) {
        return orders.execute(nextNumber(), order);
    }

    private void state(KeyRef key, KeyState state) {
        execute(new KeyOrder.ChangeKeyState(key, state));
    }

    private void importKey(KeyRef name, boolean samOnly, String hex) {
        orders.importKey(nextNumber(), name, samOnly, SecretBytes.takeOver(Hex.parse(hex)));
    }

    private byte[] nextNumber() {
        number++;
        return new byte[] {0, 0, 0, 0, 0, 0, 9, (byte) number};
    }

    private KeyListing listing(KeyRef name) {
        return stored(name).about();
    }

    private StoredMaster stored(KeyRef name) {
        return vault.vault()
                .masters()
                .use(open -> open.content().masters().stream()
                        .filter(each -> each.name().same(name))
                        .findFirst()
                        .orElseThrow());
    }

    private KeyLineage lineage(KeyRef ref) {
        return vault.vault().masters().use(open -> open.masters().lineage(ref));
    }

    private byte[] tac(int version) {
        return vault.cardKey(KeyRef.of(KeyUsage.DTK, version, CITY, CARD)).mac(new byte[16], new byte[22]);
    }

    private boolean verified(int version, byte[] tac) {
        KeyRef key = KeyRef.of(KeyUsage.DTK, version, CITY, CARD);
        return keys.verifyMacs(List.of(new VerifyRequest(key, new byte[0], new byte[22], tac)))
                .get(0);
    }

    private byte[] wrap(int version) {
        return wrapInto(KeyRef.of(KeyUsage.PURSE_CONTROL, 1, CITY, CARD), KeyRef.of(KeyUsage.DTK, version, CITY, CARD));
    }

    private byte[] wrapInto(KeyRef control, KeyRef key) {
        byte[] prefix = {(byte) key.usage().cardType(), 0, 0, 1, 4};
        return keys.wrap(List.of(
                        new WrapRequest(control, new byte[16], Hex.parse("84d40100"), prefix, key, new byte[0])))
                .get(0);
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }

    private static boolean allowed(Runnable act) {
        try {
            act.run();
            return true;
        } catch (KeyServiceException e) {
            return false;
        }
    }
}
