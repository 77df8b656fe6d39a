package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.Custodians;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.Proposal;
import io.zhitong.keyapi.ProposalState;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A city that was given its masters and never a root: the ceremony makes none, the masters are imported and made active. */
@Timeout(120)
class CityWithoutRootTest {
    private static final CeremonySettings NO_ROOTS = new CeremonySettings("四四零三市", 2, 2, false, false);
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] OTHER_CITY = Hex.parse("4401ff0000000000");
    private static final byte[] CARD = Hex.parse("4403000100000001");
    private static final byte[] CONTROL = Hex.parse("101112131415161718191a1b1c1d1e1f");
    private static final byte[] TAC = Hex.parse("00112233445566778899aabbccddeeff");
    private static final KeyRef CITY_CONTROL = KeyRef.of(KeyUsage.PURSE_CONTROL, 1, CITY);
    private static final KeyRef CITY_TAC = KeyRef.of(KeyUsage.DTK, 1, CITY);

    @TempDir
    Path folder;

    private List<SecretBytes> shares = List.of();

    @BeforeEach
    void hold() throws IOException {
        try (VaultProcess process = serve();
                KeyAdministration people = ServedVault.connect(folder)) {
            shares = HeldCeremony.in(people.ceremonies(), NO_ROOTS);
            assertEquals(VaultState.OPEN, process.vault().status().state());
        }
    }

    private VaultProcess serve() throws IOException {
        VaultProcess.Settings settings = new VaultProcess.Settings(folder, 0, false, List.of(), false);
        return QuickPins.serve(settings);
    }

    /** Serves, opened by the shares once more. */
    private VaultProcess reopen() throws IOException {
        VaultProcess process = serve();
        try (KeyAdministration people = ServedVault.connect(folder)) {
            shares.forEach(share -> people.door().giveShare(SecretBytes.takeOver(share.export(SecretAccess.TOKEN))));
        }
        return process;
    }

    @Test
    void ceremony_without_roots_makes_a_vault_that_opens_and_holds_no_master() throws IOException {
        try (VaultProcess process = reopen()) {
            KeyService keys = process.vault().serviceFor(ServedVault.ADMIN);
            assertEquals(VaultState.OPEN, keys.status().state());
            assertEquals(List.of(), keys.keys());
            assertEquals(KeyRefusal.UNKNOWN_KEY, refusal(() -> wrap(keys, CITY)));
        }
    }

    @Test
    void imported_city_masters_wait_for_two_custodians_then_serve_their_city_and_no_other() throws IOException {
        try (VaultProcess process = reopen();
                KeyAdministration people = ServedVault.connect(folder)) {
            KeyService keys = process.vault().serviceFor(ServedVault.ADMIN);
            receive(process.vault());
            assertEquals(2, keys.keys().size());
            assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> wrap(keys, CITY)));

            activate(people.custodians(), CITY_CONTROL);
            assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> wrap(keys, CITY)), "the key inside is not yet");
            activate(people.custodians(), CITY_TAC);

            assertArrayEquals(expected(), Arrays.copyOf(wrap(keys, CITY), 32));
            assertEquals(KeyRefusal.UNKNOWN_KEY, refusal(() -> wrap(keys, OTHER_CITY)));
        }
    }

    @Test
    void no_version_of_a_root_can_be_ordered_below_a_city_that_never_had_one() throws IOException {
        try (VaultProcess process = reopen();
                KeyAdministration people = ServedVault.connect(folder)) {
            receive(process.vault());
            Custodians custodians = people.custodians();
            KeyOrder next = new KeyOrder.ChangeKeyState(KeyRef.of(KeyUsage.DTK, 1), KeyState.ACTIVE);
            assertEquals(KeyRefusal.UNKNOWN_KEY, refusal(() -> custodians.propose("王芳", next)));
            assertEquals(List.of(), custodians.proposals());
        }
    }

    @Test
    void what_was_imported_is_there_after_a_restart() throws IOException {
        try (VaultProcess process = reopen();
                KeyAdministration people = ServedVault.connect(folder)) {
            receive(process.vault());
            activate(people.custodians(), CITY_CONTROL);
            activate(people.custodians(), CITY_TAC);
        }
        try (VaultProcess process = reopen()) {
            KeyService keys = process.vault().serviceFor(ServedVault.ADMIN);
            assertArrayEquals(expected(), Arrays.copyOf(wrap(keys, CITY), 32));
        }
    }

    private static void receive(Vault vault) {
        MasterOrders orders = new MasterOrders(vault.masters(), RandomSource.secure(), Clock.systemUTC());
        orders.importKey(number(1), CITY_CONTROL, false, SecretBytes.copyOf(CONTROL));
        orders.importKey(number(2), CITY_TAC, false, SecretBytes.copyOf(TAC));
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    private static void activate(Custodians custodians, KeyRef key) {
        Proposal made = custodians.propose("王芳", new KeyOrder.ChangeKeyState(key, KeyState.ACTIVE));
        custodians.approve(made.number(), made.digest(), 1, HeldCeremony.pin(1));
        Proposal done = custodians.approve(made.number(), made.digest(), 2, HeldCeremony.pin(2));
        assertEquals(ProposalState.DONE, done.state(), done.outcome());
    }

    private static byte[] wrap(KeyService keys, byte[] city) {
        KeyRef control = KeyRef.of(KeyUsage.PURSE_CONTROL, 1, city, CARD);
        KeyRef key = KeyRef.of(KeyUsage.DTK, 1, city, CARD);
        byte[] head = {0x34, 0, 0, 1, 4};
        return keys.wrap(List.of(new WrapRequest(control, new byte[16], Hex.parse("84d40100"), head, key, new byte[0])))
                .get(0);
    }

    /** The encrypted part of WRITE KEY, worked out from the two masters: one step to the card, length, head, key, 80 00…. */
    private static byte[] expected() {
        byte[] clear = ByteBuffer.allocate(32)
                .put(Hex.parse("1534000001" + "04"))
                .put(toCard(TAC))
                .put((byte) 0x80)
                .array();
        return Sm4.ecbEncrypt(toCard(CONTROL), clear);
    }

    private static byte[] toCard(byte[] master) {
        byte[] factor = Arrays.copyOf(CARD, 16);
        for (int i = 0; i < 8; i++) {
            factor[8 + i] = (byte) ~CARD[i];
        }
        return Sm4.ecbEncrypt(master, factor);
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }
}
