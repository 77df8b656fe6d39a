package io.zhitong.keyvault.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOrigin;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MasterRegisterTest {
    private static final long NOW = 1_800_000_000;
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] OTHER_CITY = Hex.parse("4401ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] CARD = Hex.parse("4403000100000001");
    private static final KeyRef PARTNER = KeyRef.of(KeyUsage.EXCHANGE, 1, Hex.parse("5a542d4349545931"));
    private static final KeyTerms EXPORTABLE = new KeyTerms(KeyOrigin.MADE, Exportability.EXCHANGE, 0, 0, "李雷");
    private static final RandomSource RANDOM = RandomSource.secure();

    @Test
    void states_change_along_the_published_table_and_nowhere_else() {
        // docs/keys.md, "Versions and states"
        Map<String, Set<String>> published = new TreeMap<>(Map.of(
                "PRE_ACTIVE", new TreeSet<>(Set.of("ACTIVE", "COMPROMISED", "DESTROYED")),
                "ACTIVE", new TreeSet<>(Set.of("SUSPENDED", "RETIRED", "COMPROMISED")),
                "SUSPENDED", new TreeSet<>(Set.of("ACTIVE", "RETIRED", "COMPROMISED")),
                "RETIRED", new TreeSet<>(Set.of("COMPROMISED", "DESTROYED")),
                "COMPROMISED", new TreeSet<>(Set.of("DESTROYED")),
                "DESTROYED", new TreeSet<>()));
        Map<String, Set<String>> found = new TreeMap<>();
        for (KeyState from : KeyState.values()) {
            Set<String> reached = found.computeIfAbsent(from.name(), name -> new TreeSet<>());
            for (KeyState to : KeyState.values()) {
                MasterRegister before = new MasterRegister(List.of(master(KeyRef.of(KeyUsage.DPK, 1), from)));
                try {
                    MasterRegister after = before.change(KeyRef.of(KeyUsage.DPK, 1), to, NOW + 5);
                    assertEquals(to, after.masters().get(0).state());
                    assertEquals(NOW + 5, after.masters().get(0).about().changed());
                    reached.add(to.name());
                } catch (KeyServiceException e) {
                    assertEquals(KeyRefusal.ILLEGAL_STATE_CHANGE, e.reason());
                }
            }
        }
        assertEquals(published, found);
    }

    @Test
    void destroyed_master_keeps_its_name_and_check_value_and_no_key() {
        MasterRegister retired = new MasterRegister(List.of(master(KeyRef.of(KeyUsage.DPK, 1), KeyState.RETIRED)));
        StoredMaster destroyed = retired.change(KeyRef.of(KeyUsage.DPK, 1), KeyState.DESTROYED, NOW)
                .masters()
                .get(0);

        assertEquals(0, destroyed.key().length());
        assertEquals(
                retired.masters().get(0).about().kcvText(), destroyed.about().kcvText());
    }

    @Test
    void new_version_is_drawn_fresh_begins_pre_active_and_counts_above_all_related_ones() {
        MasterRegister two = roots().newVersion(KeyRef.of(KeyUsage.DPK, 2), KeyTerms.own(NOW), NOW, RANDOM)
                .newVersion(KeyRef.of(KeyUsage.DPK, 5, CITY), KeyTerms.own(NOW), NOW, RANDOM)
                .newVersion(KeyRef.of(KeyUsage.DPK, 3, OTHER_CITY), KeyTerms.own(NOW), NOW, RANDOM);

        KeyListing newest = two.masters().get(two.masters().size() - 1).about();
        assertEquals(KeyState.PRE_ACTIVE, newest.state());
        assertEquals(Set.of(1, 2, 3, 5), versions(two, KeyUsage.DPK));
        assertEquals(4, kcvs(two, KeyUsage.DPK).size(), "all drawn independently");
        for (KeyRef taken : List.of(
                KeyRef.of(KeyUsage.DPK, 2),
                KeyRef.of(KeyUsage.DPK, 5),
                KeyRef.of(KeyUsage.DPK, 5, CITY),
                KeyRef.of(KeyUsage.DPK, 3, OTHER_CITY))) {
            assertEquals(
                    KeyRefusal.KEY_EXISTS,
                    refusal(() -> two.newVersion(taken, KeyTerms.own(NOW), NOW, RANDOM)),
                    taken.text());
        }
        assertEquals(
                KeyRefusal.NOT_ALLOWED,
                refusal(() -> two.newVersion(KeyRef.of(KeyUsage.DPK, 9, CITY, CARD), KeyTerms.own(NOW), NOW, RANDOM)));
    }

    @Test
    void number_of_a_destroyed_version_is_never_used_again() {
        MasterRegister destroyed = new MasterRegister(List.of(master(KeyRef.of(KeyUsage.DPK, 7), KeyState.COMPROMISED)))
                .change(KeyRef.of(KeyUsage.DPK, 7), KeyState.DESTROYED, NOW);

        assertEquals(
                KeyRefusal.KEY_EXISTS,
                refusal(() -> destroyed.newVersion(KeyRef.of(KeyUsage.DPK, 7), KeyTerms.own(NOW), NOW, RANDOM)));
    }

    @Test
    void mother_key_travels_between_two_vaults_as_a_block_at_any_level_above_the_card() {
        SecretBytes shared = secret("00112233445566778899aabbccddeeff");
        MasterRegister city = withExchange(new MasterRegister(List.of()), shared)
                .newVersion(KeyRef.of(KeyUsage.ACCESS_FAST, 1), EXPORTABLE, NOW, RANDOM);
        for (List<byte[]> path : List.of(List.<byte[]>of(), List.of(CITY), List.of(CITY, COMMUNITY))) {
            KeyRef name = new KeyRef(KeyUsage.ACCESS_FAST, 1, path);
            String block = city.exportBlock(name, PARTNER, NOW, RANDOM);
            MasterRegister other =
                    withExchange(new MasterRegister(List.of()), shared).importBlock(PARTNER, false, block, NOW);

            StoredMaster came = other.masters().get(1);
            assertEquals(KeyOrigin.IMPORTED, came.about().terms().origin());
            assertEquals(KeyState.PRE_ACTIVE, came.state());
            assertEquals(MasterBytes.below(city.masters().get(1), path), came.key());
            assertEquals(KeyRefusal.KEY_EXISTS, refusal(() -> other.importBlock(PARTNER, false, block, NOW)));
        }
    }

    @Test
    void what_may_not_leave_does_not_leave() {
        SecretBytes shared = secret("00112233445566778899aabbccddeeff");
        MasterRegister city = withExchange(roots(), shared)
                .newVersion(KeyRef.of(KeyUsage.DPK, 2), EXPORTABLE, NOW, RANDOM)
                .newVersion(KeyRef.of(KeyUsage.EXCHANGE, 2), EXPORTABLE, NOW, RANDOM);

        assertEquals(
                KeyRefusal.NOT_EXPORTABLE,
                refusal(() -> city.exportBlock(KeyRef.of(KeyUsage.DPK, 1, CITY), PARTNER, NOW, RANDOM)));
        assertEquals(
                KeyRefusal.NOT_ALLOWED,
                refusal(() -> city.exportBlock(KeyRef.of(KeyUsage.DPK, 2, CITY, CARD), PARTNER, NOW, RANDOM)),
                "a card's own key");
        assertEquals(
                KeyRefusal.NOT_ALLOWED,
                refusal(() -> city.exportBlock(KeyRef.of(KeyUsage.EXCHANGE, 2), PARTNER, NOW, RANDOM)),
                "an exchange key");
        assertEquals(
                KeyRefusal.NOT_ALLOWED,
                refusal(() ->
                        city.exportBlock(KeyRef.of(KeyUsage.DPK, 2), KeyRef.of(KeyUsage.DPK, 1, CITY), NOW, RANDOM)),
                "under a key that is no exchange key");
        assertEquals(
                KeyRefusal.NOT_ALLOWED,
                refusal(() ->
                        city.exportBlock(KeyRef.of(KeyUsage.DPK, 2), KeyRef.of(KeyUsage.EXCHANGE, 1), NOW, RANDOM)),
                "under the root of exchange keys");
        MasterRegister suspended = city.change(PARTNER, KeyState.SUSPENDED, NOW);
        assertEquals(
                KeyRefusal.KEY_NOT_ACTIVE,
                refusal(() -> suspended.exportBlock(KeyRef.of(KeyUsage.DPK, 2), PARTNER, NOW, RANDOM)));
        String block = city.exportBlock(KeyRef.of(KeyUsage.DPK, 2, CITY), PARTNER, NOW, RANDOM);
        MasterRegister compromised = city.change(KeyRef.of(KeyUsage.DPK, 2), KeyState.COMPROMISED, NOW);
        assertEquals(
                KeyRefusal.KEY_NOT_ACTIVE,
                refusal(() -> compromised.exportBlock(KeyRef.of(KeyUsage.DPK, 2), PARTNER, NOW, RANDOM)));
        assertEquals('E', block.charAt(11), "who got it under an exchange key may pass it on");
    }

    @Test
    void only_a_citys_purchase_master_comes_in_for_psams() {
        MasterRegister empty = new MasterRegister(List.of());
        KeyRef cityDpk = KeyRef.of(KeyUsage.DPK, 4, CITY);

        MasterRegister with = empty.imported(cityDpk, Exportability.NEVER, true, secret("00".repeat(16)), NOW);
        assertEquals(
                KeyOrigin.FOREIGN_ISSUER, with.masters().get(0).about().terms().origin());
        for (KeyRef no : List.of(
                KeyRef.of(KeyUsage.DPK, 4),
                KeyRef.of(KeyUsage.DTK, 4, CITY),
                KeyRef.of(KeyUsage.ACCESS_FAST, 4, CITY, COMMUNITY))) {
            assertEquals(
                    KeyRefusal.NOT_ALLOWED,
                    refusal(() -> empty.imported(no, Exportability.NEVER, true, secret("00".repeat(16)), NOW)),
                    no.text());
        }
        assertEquals(
                KeyRefusal.NOT_ISSUER,
                refusal(() -> with.newVersion(KeyRef.of(KeyUsage.DPK, 5, CITY), KeyTerms.own(NOW), NOW, RANDOM)));
    }

    @Test
    void components_of_a_partner_give_its_key_only_with_its_check_value() {
        List<SecretBytes> parts =
                List.of(secret("ffeeddccbbaa99887766554433221100"), secret("ffffffffffffffffffffffffffffffff"));
        // 00112233445566778899AABBCCDDEEFF; left 3 of its SM4-CMAC over a zero block, by a Node script on OpenSSL's SM4
        byte[] kcv = Hex.parse("45445f");

        assertEquals(secret("00112233445566778899aabbccddeeff"), MasterBytes.ofComponents(parts, kcv));
        for (int bit = 0; bit < 24; bit++) {
            byte[] wrong = kcv.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(KeyRefusal.WRONG_COMPONENTS, refusal(() -> MasterBytes.ofComponents(parts, wrong)));
        }
        assertEquals(KeyRefusal.WRONG_COMPONENTS, refusal(() -> MasterBytes.ofComponents(parts.subList(0, 1), kcv)));
        assertEquals(
                KeyRefusal.WRONG_COMPONENTS,
                refusal(() -> MasterBytes.ofComponents(List.of(parts.get(0), secret("00")), kcv)));
    }

    @Test
    void two_draws_never_give_one_key() {
        MasterRegister one = roots().newVersion(KeyRef.of(KeyUsage.DTK, 2), KeyTerms.own(NOW), NOW, RANDOM);
        MasterRegister other = roots().newVersion(KeyRef.of(KeyUsage.DTK, 2), KeyTerms.own(NOW), NOW, RANDOM);

        assertNotEquals(
                one.masters().get(one.masters().size() - 1).key(),
                other.masters().get(other.masters().size() - 1).key());
    }

    private static MasterRegister roots() {
        List<StoredMaster> roots = new ArrayList<>();
        for (KeyUsage usage : List.of(KeyUsage.DPK, KeyUsage.DTK, KeyUsage.EXCHANGE)) {
            roots.add(master(KeyRef.of(usage, 1), KeyState.ACTIVE));
        }
        return new MasterRegister(roots);
    }

    private static MasterRegister withExchange(MasterRegister register, SecretBytes key) {
        SecretBytes copy = SecretBytes.takeOver(key.export(SecretAccess.TOKEN));
        return register.imported(PARTNER, Exportability.NEVER, false, copy, NOW).change(PARTNER, KeyState.ACTIVE, NOW);
    }

    private static StoredMaster master(KeyRef name, KeyState state) {
        StoredMaster made = StoredMaster.begin(
                name, KeyState.ACTIVE, KeyTerms.own(NOW), NOW, SecretBytes.takeOver(RANDOM.bytes(16)));
        return made.in(state, NOW);
    }

    private static Set<Integer> versions(MasterRegister register, KeyUsage usage) {
        Set<Integer> versions = new TreeSet<>();
        register.masters().stream().filter(each -> each.usage() == usage).forEach(each -> versions.add(each.version()));
        return versions;
    }

    private static Set<String> kcvs(MasterRegister register, KeyUsage usage) {
        Set<String> kcvs = new TreeSet<>();
        register.masters().stream()
                .filter(each -> each.usage() == usage)
                .forEach(each -> kcvs.add(each.about().kcvText()));
        return kcvs;
    }

    private static SecretBytes secret(String hex) {
        return SecretBytes.takeOver(Hex.parse(hex));
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }
}
