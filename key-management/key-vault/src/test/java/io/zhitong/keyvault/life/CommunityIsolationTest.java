package io.zhitong.keyvault.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyChain;
import io.zhitong.keyapi.KeyOrigin;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one community's vault holds leads to no key of another community: every usage, every way down, and the way back. */
class CommunityIsolationTest {
    private static final long NOW = 1_800_000_000;
    private static final RandomSource RANDOM = RandomSource.secure();
    private static final KeyRef PARTNER = KeyRef.of(KeyUsage.EXCHANGE, 1, Hex.parse("5a542d4349545931"));
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] OURS = Hex.parse("0000000044030001");
    private static final byte[] THEIRS = Hex.parse("0000000044030002");
    private static final byte[] APPLICATION = Hex.parse("f05a545041524b31");
    private static final byte[] CARD = Hex.parse("4403000100000001");

    /** Everybody knows the factors: what an attacker steps with. */
    private static final List<byte[]> FACTORS = List.of(CITY, OURS, THEIRS, APPLICATION, CARD);

    private final SecretBytes shared = SecretBytes.takeOver(RANDOM.bytes(16));
    private MasterRegister city = new MasterRegister(List.of());
    private Set<String> theirKeys = Set.of();

    @BeforeEach
    void make() {
        city = withExchange(city);
        for (KeyUsage usage : isolated()) {
            city = city.newVersion(
                    KeyRef.of(usage, 1), new KeyTerms(KeyOrigin.MADE, Exportability.EXCHANGE, 0, 0, ""), NOW, RANDOM);
        }
        theirKeys = keysOf(THEIRS);
    }

    @Test
    void nothing_of_one_community_leads_to_a_key_of_another() {
        List<StoredMaster> ours = vaultOf(List.of(CITY, OURS));

        assertEquals(isolated().size(), ours.size());
        assertTrue(reachedFrom(ours).containsAll(keysOf(OURS)), "the walk finds our own keys");
        assertFalse(leaks(ours), "and none of theirs");
    }

    @Test
    void one_master_too_high_is_found() {
        List<StoredMaster> cityMasters = vaultOf(List.of(CITY));
        for (KeyUsage usage : isolated()) {
            List<StoredMaster> planted = cityMasters.stream()
                    .filter(master -> master.usage() == usage)
                    .toList();
            assertTrue(leaks(planted), "a city master of " + usage + " in a community's vault");
        }
    }

    private boolean leaks(List<StoredMaster> held) {
        Set<String> reached = reachedFrom(held);
        return theirKeys.stream().anyMatch(reached::contains);
    }

    private static List<KeyUsage> isolated() {
        return Arrays.stream(KeyUsage.values())
                .filter(usage -> usage.chain() == KeyChain.COMMUNITY
                        || usage.chain() == KeyChain.APPLICATION
                        || usage.chain() == KeyChain.DATA)
                .toList();
    }

    /** A vault that got its masters of that level as key blocks, as a community's own vault would. */
    private List<StoredMaster> vaultOf(List<byte[]> path) {
        MasterRegister vault = withExchange(new MasterRegister(List.of()));
        for (KeyUsage usage : isolated()) {
            String block = city.exportBlock(new KeyRef(usage, 1, path), PARTNER, NOW, RANDOM);
            vault = vault.importBlock(PARTNER, false, block, NOW);
        }
        return vault.masters().stream()
                .filter(master -> master.usage() != KeyUsage.EXCHANGE)
                .toList();
    }

    /** Their masters and the keys of one card, of every usage. */
    private Set<String> keysOf(byte[] community) {
        Set<String> keys = new HashSet<>();
        for (KeyUsage usage : isolated()) {
            StoredMaster root = city.masters().stream()
                    .filter(master -> master.usage() == usage)
                    .findFirst()
                    .orElseThrow();
            List<byte[]> whole = usage.chain() == KeyChain.APPLICATION
                    ? List.of(CITY, community, APPLICATION, CARD)
                    : List.of(CITY, community, CARD);
            for (int level = 2; level <= whole.size(); level++) {
                keys.add(hex(MasterBytes.below(root, whole.subList(0, level))));
            }
        }
        return keys;
    }

    /** All keys that three steps, down or back up, reach with any factors. */
    private static Set<String> reachedFrom(List<StoredMaster> held) {
        Set<String> reached = new HashSet<>();
        Set<String> edge = new HashSet<>();
        held.forEach(master -> edge.add(hex(master.key())));
        for (int step = 0; step < 3; step++) {
            reached.addAll(edge);
            Set<String> next = new HashSet<>();
            for (String key : edge) {
                for (byte[] factor : FACTORS) {
                    next.add(Hex.of(Sm4.ecbEncrypt(Hex.parse(key), doubled(factor))));
                    next.add(Hex.of(Sm4.ecbDecrypt(Hex.parse(key), doubled(factor))));
                }
            }
            edge.clear();
            edge.addAll(next);
        }
        reached.addAll(edge);
        return reached;
    }

    private static byte[] doubled(byte[] factor) {
        byte[] block = Arrays.copyOf(factor, 16);
        for (int i = 0; i < 8; i++) {
            block[8 + i] = (byte) ~factor[i];
        }
        return block;
    }

    private MasterRegister withExchange(MasterRegister register) {
        SecretBytes copy = SecretBytes.takeOver(shared.export(SecretAccess.TOKEN));
        return register.imported(PARTNER, Exportability.NEVER, false, copy, NOW).change(PARTNER, KeyState.ACTIVE, NOW);
    }

    private static String hex(SecretBytes key) {
        return Hex.of(key.export(SecretAccess.TOKEN));
    }
}
