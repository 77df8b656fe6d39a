package io.zhitong.keyvault.ceremony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a running ceremony holds in memory only, and when each of it is wiped. */
class CeremonySecretsTest {
    private static final byte[] ID = new byte[16];
    private static final CeremonySettings SETTINGS = new CeremonySettings("n", 2, 3, false, true);

    private final CeremonySecrets secrets = new CeremonySecrets();

    private static SecretBytes text(String text) {
        return SecretBytes.takeOver(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertWiped(SecretBytes secret) {
        assertThrows(IllegalStateException.class, () -> secret.export(SecretAccess.TOKEN));
    }

    private static Share share(int x) {
        return new Share(new byte[8], 2, 3, x, SecretBytes.takeOver(new byte[32]));
    }

    private static String master(CeremonySettings settings, byte[] contribution, String... components) {
        SortedMap<Integer, SecretBytes> named = new TreeMap<>();
        for (int i = 0; i < components.length; i++) {
            named.put(i + 1, text(components[i]));
        }
        try (CeremonySecret secret = CeremonySecret.combine(ID, settings, contribution, named);
                SecretBytes master = secret.master()) {
            return Hex.of(master.export(SecretAccess.TOKEN));
        }
    }

    @Test
    void component_is_a_copy_and_a_second_one_wipes_the_first() {
        SecretBytes typed = text("first");
        secrets.reveal(1, typed);
        typed.close();
        SecretBytes first = secrets.components().get(1);
        assertEquals(5, first.export(SecretAccess.TOKEN).length, "the caller's close does not reach it");
        secrets.reveal(1, text("second"));
        assertWiped(first);
        assertEquals(6, secrets.components().get(1).length());
        assertTrue(secrets.revealed(1));
        assertFalse(secrets.revealed(2));
    }

    @Test
    void components_are_wiped_when_they_are_combined_and_all_count_as_revealed() {
        secrets.reveal(1, text("one"));
        secrets.reveal(2, text("two"));
        SecretBytes one = secrets.components().get(1);
        CeremonySecret combined = CeremonySecret.combine(ID, SETTINGS, new byte[32], secrets.components());
        secrets.combine(combined);
        assertWiped(one);
        assertTrue(secrets.components().isEmpty());
        assertTrue(secrets.revealed(3));
        secrets.forgetComponents();
        assertTrue(secrets.combined().isEmpty());
        assertThrows(IllegalStateException.class, combined::master);
    }

    @Test
    void share_handed_in_twice_is_one_and_the_first_is_wiped() {
        Share first = share(2);
        secrets.handIn(first);
        secrets.handIn(share(3));
        secrets.handIn(share(2));
        assertWiped(first.value());
        assertEquals(2, secrets.handedIn().size());
    }

    @Test
    void proof_takes_the_shares_place_and_is_given_out_once() {
        Share share = share(1);
        secrets.handIn(share);
        SecretBytes master = text("master");
        secrets.prove(master);
        assertWiped(share.value());
        assertTrue(secrets.handedIn().isEmpty());
        assertEquals(Optional.of(master), secrets.takeProof());
        assertEquals(Optional.empty(), secrets.takeProof());
    }

    @Test
    void close_wipes_whatever_is_there() {
        secrets.reveal(1, text("one"));
        SecretBytes component = secrets.components().get(1);
        SecretBytes proof = text("proof");
        secrets.prove(proof);
        Share share = share(1);
        secrets.handIn(share);
        secrets.close();
        assertWiped(component);
        assertWiped(proof);
        assertWiped(share.value());
    }

    /** Whoever changes one input changes the master; a rehearsal never makes the master of an earnest ceremony. */
    @Test
    void master_depends_on_every_component_their_order_the_vaults_part_and_the_settings() {
        String master = master(SETTINGS, new byte[32], "aa", "bb");
        assertEquals(master, master(SETTINGS, new byte[32], "aa", "bb"), "the same again");
        byte[] other = new byte[32];
        other[31] = 1;
        TreeMap<String, String> masters = new TreeMap<>();
        masters.put(master, "as it was");
        masters.put(master(SETTINGS, new byte[32], "aa", "bc"), "a character");
        masters.put(master(SETTINGS, new byte[32], "bb", "aa"), "the order");
        masters.put(master(SETTINGS, new byte[32], "aab", "b"), "the border between two");
        masters.put(master(SETTINGS, new byte[32], "aa", "bb", "cc"), "one more");
        masters.put(master(SETTINGS, other, "aa", "bb"), "the vault's part");
        masters.put(master(new CeremonySettings("n", 2, 3, true, true), new byte[32], "aa", "bb"), "a rehearsal");
        masters.put(master(new CeremonySettings("n", 3, 3, false, true), new byte[32], "aa", "bb"), "needed");
        masters.put(master(new CeremonySettings("n", 2, 4, false, true), new byte[32], "aa", "bb"), "dealt");
        assertEquals(9, masters.size(), masters.values()::toString);
    }
}
