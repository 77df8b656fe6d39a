package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.DataHashRequest;
import io.zhitong.keyapi.DataKind;
import io.zhitong.keyapi.DataUnwrapRequest;
import io.zhitong.keyapi.DataWrapRequest;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.MacRequest;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class KeyRulesTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] APPLICATION = Hex.parse("f05a545041524b31");
    private static final byte[] PARTNER = Hex.parse("5a542d4349545931");
    private static final byte[] CARD = Hex.parse("4403000100000001");
    private static final byte[] OTHER_CARD = Hex.parse("4403000100000002");

    @TempDir
    Path folder;

    private OpenVault vault;
    private KeyService keys;

    @BeforeEach
    void open() {
        vault = OpenVault.make(folder);
        keys = vault.service();
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void vault_does_with_each_usage_what_the_published_table_says_and_nothing_else() {
        // docs/keys.md, table of usages: W wraps, C into card, S into SAM, M MACs, V verifies, H verifies then MACs,
        // A answers a challenge, D wraps data keys, U unwraps them, I makes search digests.
        Map<String, String> published = new TreeMap<>(Map.ofEntries(
                Map.entry("TRANSPORT", "WMA"),
                Map.entry("CARD_CONTROL", "WCMA"),
                Map.entry("PURSE_CONTROL", "WCMA"),
                Map.entry("ACCESS_CONTROL", "WCMA"),
                Map.entry("SAM_CONTROL", "WCMA"),
                Map.entry("DACK", "CA"),
                Map.entry("DAMK", "CM"),
                Map.entry("DPK", "CS"),
                Map.entry("DLK", "CVH"),
                Map.entry("DTK", "CV"),
                Map.entry("DPUK", "CM"),
                Map.entry("DRPK", "CM"),
                Map.entry("DULK", "CVH"),
                Map.entry("DUK", "CH"),
                Map.entry("ACCESS_AUTH", "CA"),
                Map.entry("ACCESS_LINE", "CM"),
                Map.entry("ACCESS_FAST", "CS"),
                Map.entry("SAM_LEASE", "C"),
                Map.entry("BOUGHT_TRANSPORT", "WA"),
                Map.entry("BOUGHT_CONTROL", "WC"),
                Map.entry("BOUGHT_LINE", "CM"),
                Map.entry("BOUGHT_DPK", "CS"),
                Map.entry("BOUGHT_DLK", "CH"),
                Map.entry("BOUGHT_DTK", "CV"),
                Map.entry("BOUGHT_ACCESS", "CS"),
                Map.entry("APP_CONTROL", "WCMA"),
                Map.entry("APP_AUTH", "CA"),
                Map.entry("APP_LINE", "CM"),
                Map.entry("EXCHANGE", ""),
                Map.entry("PERSONAL_DATA", "DUI")));
        Map<String, String> found = new TreeMap<>();
        for (KeyUsage usage : KeyUsage.values()) {
            found.put(usage.name(), operations(usage));
        }
        assertEquals(published, found);
    }

    /** What is done, judged by asking for it. */
    private String operations(KeyUsage usage) {
        StringBuilder done = new StringBuilder();
        done.append(allowed(() -> wrapSomethingUnder(usage)) ? "W" : "");
        done.append(allowed(() -> keys.wrap(List.of(wrap(carrier(usage), ref(usage))))) ? "C" : "");
        done.append(allowed(() -> keys.wrap(List.of(wrap(KeyUsage.SAM_CONTROL, samMaster(usage))))) ? "S" : "");
        done.append(allowed(() -> keys.mac(List.of(mac(ref(usage), 20)))) ? "M" : "");
        done.append(allowed(() -> keys.verifyMacs(List.of(tac(ref(usage))))) ? "V" : "");
        done.append(allowed(() -> keys.verifyThenMac(ref(usage), new byte[8], CARD, new byte[4], CARD)) ? "H" : "");
        done.append(allowed(() -> keys.authenticate(ref(usage), new byte[8])) ? "A" : "");
        done.append(allowed(() -> keys.wrapDataKeys(List.of(dataKey(ref(usage))))) ? "D" : "");
        DataUnwrapRequest noKey = new DataUnwrapRequest(ref(usage), CARD, new byte[44]);
        done.append(refusal(() -> keys.unwrapDataKeys(List.of(noKey))) == KeyRefusal.BAD_DATA_KEY ? "U" : "");
        done.append(allowed(() -> keys.hashData(List.of(new DataHashRequest(ref(usage), CARD)))) ? "I" : "");
        return done.toString();
    }

    @Test
    void no_operation_works_with_a_master() {
        for (KeyUsage usage : KeyUsage.values()) {
            List<byte[]> factors = ref(usage).factors();
            for (int depth = 0; depth < factors.size(); depth++) {
                KeyRef master = new KeyRef(usage, 1, factors.subList(0, depth));
                Set<KeyRefusal> refusals = new TreeSet<>(List.of(
                        refusal(() -> keys.mac(List.of(mac(master, 20)))),
                        refusal(() -> keys.verifyMacs(List.of(tac(master)))),
                        refusal(() -> keys.verifyThenMac(master, new byte[8], CARD, new byte[4], CARD)),
                        refusal(() -> keys.authenticate(master, new byte[8])),
                        refusal(() -> keys.wrapDataKeys(List.of(dataKey(master)))),
                        refusal(() -> keys.unwrapDataKeys(List.of(new DataUnwrapRequest(master, CARD, new byte[44])))),
                        refusal(() -> keys.hashData(List.of(new DataHashRequest(master, CARD))))));
                assertEquals(Set.of(KeyRefusal.MASTER_DERIVES_ONLY), refusals, usage + " at level " + depth);
            }
        }
    }

    @Test
    void master_goes_only_into_a_sam_of_its_own_city_and_community() {
        byte[] otherCity = Hex.parse("4401ff0000000000");
        KeyRef otherMaster = KeyRef.of(KeyUsage.DPK, 1, otherCity);
        KeyRef root = KeyRef.of(KeyUsage.DPK, 1);

        assertEquals(
                36,
                keys.wrap(List.of(wrap(KeyUsage.SAM_CONTROL, samMaster(KeyUsage.DPK))))
                        .get(0)
                        .length);
        assertEquals(KeyRefusal.NOT_ALLOWED, wrapRefusal(KeyUsage.SAM_CONTROL, otherMaster));
        assertEquals(KeyRefusal.NOT_ALLOWED, wrapRefusal(KeyUsage.SAM_CONTROL, root));
        assertEquals(KeyRefusal.NOT_ALLOWED, wrapRefusal(KeyUsage.PURSE_CONTROL, samMaster(KeyUsage.DPK)));
        assertEquals(KeyRefusal.NOT_ALLOWED, wrapRefusal(KeyUsage.TRANSPORT, samMaster(KeyUsage.DPK)));
        assertEquals(KeyRefusal.NOT_ALLOWED, wrapRefusal(KeyUsage.SAM_CONTROL, samMaster(KeyUsage.DTK)));
    }

    @Test
    void keys_of_one_card_are_not_wrapped_for_another_and_transport_carries_control_keys_only() {
        KeyRef otherCard = KeyRef.of(KeyUsage.DPK, 1, CITY, OTHER_CARD);

        assertEquals(KeyRefusal.NOT_ALLOWED, wrapRefusal(KeyUsage.PURSE_CONTROL, otherCard));
        assertEquals(KeyRefusal.NOT_ALLOWED, wrapRefusal(KeyUsage.TRANSPORT, ref(KeyUsage.DPK)));
        assertEquals(KeyRefusal.NOT_ALLOWED, wrapRefusal(KeyUsage.ACCESS_CONTROL, ref(KeyUsage.DPK)));
        assertEquals(KeyRefusal.NOT_ALLOWED, wrapRefusal(KeyUsage.DAMK, ref(KeyUsage.DPK)));
    }

    @Test
    void key_record_of_another_type_is_refused() {
        WrapRequest asMacKey = new WrapRequest(
                ref(KeyUsage.PURSE_CONTROL),
                new byte[16],
                Hex.parse("84d43200"),
                Hex.parse("3201020304"),
                ref(KeyUsage.DTK),
                new byte[0]);

        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> keys.wrap(List.of(asMacKey))));
    }

    @Test
    void control_key_gives_no_mac_of_the_length_of_a_key_record_or_a_card_key_pair() {
        for (int length = 5; length <= 260; length++) {
            boolean proof = length == 64 || length >= 37 && (length - 5) % 16 == 0;
            MacRequest asked = mac(ref(KeyUsage.ACCESS_CONTROL), length);
            assertEquals(!proof, allowed(() -> keys.mac(List.of(asked))), "length " + length);
        }
        assertEquals(4, keys.mac(List.of(mac(ref(KeyUsage.ACCESS_LINE), 64))).get(0).length);
    }

    @Test
    void control_key_encrypts_no_whole_block_of_the_callers() {
        assertEquals(8, keys.authenticate(ref(KeyUsage.ACCESS_CONTROL), new byte[8]).length);
        assertEquals(
                KeyRefusal.NOT_ALLOWED, refusal(() -> keys.authenticate(ref(KeyUsage.ACCESS_CONTROL), new byte[16])));
        assertEquals(16, keys.authenticate(ref(KeyUsage.ACCESS_AUTH), new byte[16]).length);
    }

    @Test
    void unknown_version_and_wrong_number_of_factors_have_their_own_reasons() {
        KeyRef version2 = KeyRef.of(KeyUsage.DTK, 2, CITY, CARD);
        KeyRef tooDeep = KeyRef.of(KeyUsage.DTK, 1, CITY, COMMUNITY, CARD);

        assertEquals(KeyRefusal.UNKNOWN_KEY, refusal(() -> keys.verifyMacs(List.of(tac(version2)))));
        assertEquals(KeyRefusal.BAD_FACTORS, refusal(() -> keys.verifyMacs(List.of(tac(tooDeep)))));
    }

    @Test
    void one_refused_item_refuses_the_batch() {
        List<VerifyRequest> mixed = List.of(tac(ref(KeyUsage.DTK)), tac(ref(KeyUsage.DPK)));

        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> keys.verifyMacs(mixed)));
    }

    @Test
    void issuer_and_audit_keys_sign_nothing_on_request() {
        for (SigningKey key : SigningKey.values()) {
            assertEquals(key == SigningKey.SETTLEMENT, allowed(() -> keys.sign(key, CARD)), key.name());
        }
        byte[] signature = keys.sign(SigningKey.SETTLEMENT, CARD);
        Sm2PublicKey settlement = Sm2PublicKey.decode(keys.publicKey(SigningKey.SETTLEMENT));
        Sm2PublicKey policy = Sm2PublicKey.decode(keys.publicKey(SigningKey.POLICY));
        assertTrue(Sm2.verify(settlement, CARD, signature));
        assertFalse(Sm2.verify(policy, CARD, signature));
    }

    @Test
    void load_is_answered_only_after_the_cards_mac() {
        // The card's side with the key the vault derived: taken from the vault's own store, computed by Sm4 directly.
        CardSide card = vault.cardKey(ref(KeyUsage.DLK));
        byte[] seed = Hex.parse("b113641e76578000");
        byte[] mac1 = card.sessionMac(seed, Hex.parse("0004f85d0000312a022ef34eec3143"));
        byte[] data1 = Hex.parse("0004f85d0000312a022ef34eec3143");
        byte[] data2 = Hex.parse("0000312a022ef34eec314320201013113051");

        Optional<byte[]> answer = keys.verifyThenMac(ref(KeyUsage.DLK), seed, data1, mac1, data2);
        assertArrayEquals(card.sessionMac(seed, data2), answer.orElseThrow());
        mac1[3] ^= 1;
        assertEquals(Optional.empty(), keys.verifyThenMac(ref(KeyUsage.DLK), seed, data1, mac1, data2));
    }

    @Test
    void tac_of_the_card_verifies_and_a_changed_amount_does_not() {
        CardSide card = vault.cardKey(ref(KeyUsage.DTK));
        byte[] data = Hex.parse("000076d6060392ef2dcefc1aa59dfa20270315075118");
        byte[] tac = card.mac(new byte[16], data);
        byte[] changed = data.clone();
        changed[3] ^= 1;

        assertEquals(
                List.of(true, false),
                keys.verifyMacs(List.of(
                        new VerifyRequest(ref(KeyUsage.DTK), new byte[0], data, tac),
                        new VerifyRequest(ref(KeyUsage.DTK), new byte[0], changed, tac))));
    }

    @Test
    void states_stop_what_they_should() {
        assertEquals(
                Set.of(KeyState.ACTIVE),
                statesThatAllow(KeyOperation.INTO_CARD),
                "only an active key goes onto new cards");
        assertEquals(
                Set.of(KeyState.ACTIVE, KeyState.RETIRED),
                statesThatAllow(KeyOperation.VERIFY),
                "what lies on cards is verified to the end");
    }

    private static Set<KeyState> statesThatAllow(KeyOperation operation) {
        Set<KeyState> allowing = new TreeSet<>();
        Arrays.stream(KeyState.values())
                .filter(state -> state.allows(operation))
                .forEach(allowing::add);
        return allowing;
    }

    private void wrapSomethingUnder(KeyUsage control) {
        KeyUsage below = switch (control) {
            case TRANSPORT, CARD_CONTROL, PURSE_CONTROL -> KeyUsage.PURSE_CONTROL;
            case ACCESS_CONTROL -> KeyUsage.ACCESS_LINE;
            case SAM_CONTROL -> KeyUsage.SAM_LEASE;
            case BOUGHT_TRANSPORT, BOUGHT_CONTROL -> KeyUsage.BOUGHT_CONTROL;
            case APP_CONTROL -> KeyUsage.APP_LINE;
            default -> KeyUsage.DAMK;
        };
        keys.wrap(List.of(wrap(control, ref(below))));
    }

    private static KeyUsage carrier(KeyUsage usage) {
        return switch (usage) {
            case TRANSPORT, CARD_CONTROL, PURSE_CONTROL, ACCESS_CONTROL, SAM_CONTROL -> KeyUsage.TRANSPORT;
            case ACCESS_AUTH, ACCESS_LINE, ACCESS_FAST -> KeyUsage.ACCESS_CONTROL;
            case SAM_LEASE -> KeyUsage.SAM_CONTROL;
            case APP_CONTROL -> KeyUsage.CARD_CONTROL;
            case APP_AUTH, APP_LINE -> KeyUsage.APP_CONTROL;
            case BOUGHT_TRANSPORT, BOUGHT_CONTROL -> KeyUsage.BOUGHT_TRANSPORT;
            case BOUGHT_LINE, BOUGHT_DPK, BOUGHT_DLK, BOUGHT_DTK, BOUGHT_ACCESS -> KeyUsage.BOUGHT_CONTROL;
            default -> KeyUsage.PURSE_CONTROL;
        };
    }

    private static KeyRef ref(KeyUsage usage) {
        return switch (usage.chain()) {
            case FACTORY -> KeyRef.of(usage, 1, CARD);
            case CITY -> KeyRef.of(usage, 1, CITY, CARD);
            case COMMUNITY -> KeyRef.of(usage, 1, CITY, COMMUNITY, CARD);
            case APPLICATION -> KeyRef.of(usage, 1, CITY, COMMUNITY, APPLICATION, CARD);
            case PARTNER -> KeyRef.of(usage, 1, PARTNER, CARD);
            case DATA -> DataKind.PERSONS.key(1, CITY, COMMUNITY);
        };
    }

    private static DataWrapRequest dataKey(KeyRef key) {
        return new DataWrapRequest(key, CARD, SecretBytes.takeOver(new byte[16]));
    }

    private static KeyRef samMaster(KeyUsage usage) {
        List<byte[]> factors = ref(usage).factors();
        return new KeyRef(usage, 1, factors.subList(0, factors.size() - 1));
    }

    private static WrapRequest wrap(KeyUsage control, KeyRef key) {
        byte[] prefix = {(byte) key.usage().cardType(), 0, 0, 1, 4};
        return new WrapRequest(ref(control), new byte[16], Hex.parse("84d40100"), prefix, key, new byte[0]);
    }

    private static MacRequest mac(KeyRef key, int length) {
        return new MacRequest(key, new byte[16], new byte[length], 4);
    }

    private static VerifyRequest tac(KeyRef key) {
        return new VerifyRequest(key, new byte[0], new byte[22], new byte[4]);
    }

    private KeyRefusal wrapRefusal(KeyUsage control, KeyRef key) {
        return refusal(() -> keys.wrap(List.of(wrap(control, key))));
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
