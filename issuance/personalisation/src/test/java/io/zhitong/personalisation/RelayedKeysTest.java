package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardreaders.RecordingChannel;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who relays between vault and card sees no key of the card; the keys are taken from the finished card's memory. */
class RelayedKeysTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T04:00:00Z"), TestOrders.ZONE);

    private static final TestVault VAULT = TestVault.shared();

    @Test
    void no_key_of_a_residents_card_passes_in_either_direction() throws IOException {
        Card card = TestCards.fresh(CardProfile.COMMUNITY, VAULT.transportKey());
        var relay = new RecordingChannel(card::process);
        List<byte[]> transport = keysIn(card.nvm());
        assertEquals(1, transport.size(), "the transport key");
        var order = TestOrders.card("4403000100000001", "王小明", VAULT.issuer());
        new ResidentCard(VAULT.keys, CLOCK).make(relay, order, Progress.SILENT);
        List<byte[]> keys = keysIn(card.nvm());
        assertEquals(11, keys.size(), "control key of the card, six of the purse, three and a scalar of the access");
        keys.addAll(transport);
        assertNoneIn(relay, keys);
    }

    @Test
    void no_master_passes_on_its_way_into_a_sam() throws IOException {
        for (SamOrder.Kind kind : SamOrder.Kind.values()) {
            Card module = TestCards.fresh(CardProfile.PSAM, VAULT.transportKey());
            var relay = new RecordingChannel(module::process);
            new SamCard(VAULT.keys).make(relay, TestOrders.sam(kind), Progress.SILENT);
            List<byte[]> keys = keysIn(module.nvm());
            assertEquals(3, keys.size(), "two control keys and the master");
            assertNoneIn(relay, keys);
        }
    }

    private static void assertNoneIn(RecordingChannel relay, List<byte[]> keys) {
        byte[] traffic = bytes(relay);
        assertTrue(traffic.length > 400, "traffic: " + traffic.length);
        for (byte[] key : keys) {
            assertTrue(contains(new ByteWriter().bytes(traffic).bytes(key).toByteArray(), key), "planted key");
            assertFalse(contains(traffic, key), "key");
            assertFalse(contains(traffic, Arrays.copyOf(key, 8)), "left half of a key");
            assertFalse(contains(traffic, Arrays.copyOfRange(key, key.length - 8, key.length)), "right half");
        }
    }

    private static byte[] bytes(RecordingChannel relay) {
        var all = new ByteWriter();
        relay.exchanges().forEach(e -> all.bytes(e.command()).bytes(e.answer()));
        return all.toByteArray();
    }

    private static boolean contains(byte[] where, byte[] what) {
        return new String(where, StandardCharsets.ISO_8859_1).contains(new String(what, StandardCharsets.ISO_8859_1));
    }

    /** Key records lie in memory as length ‖ type with C0 ‖ id ‖ F0 ‖ change ‖ two ‖ tries FF ‖ key (docs/card.md); the last one written lies in the journal as well. */
    private static List<byte[]> keysIn(Nvm nvm) {
        byte[] memory = nvm.read(0, nvm.geometry().size());
        Map<String, byte[]> keys = new LinkedHashMap<>();
        for (int at = 0; at + 8 + 32 <= memory.length; at++) {
            boolean record = memory[at + 3] == (byte) 0xF0 && memory[at + 7] == (byte) 0xFF && memory[at + 2] < 2;
            boolean key = memory[at] == 16 && (memory[at + 1] & 0xC0) == 0xC0;
            boolean scalar = memory[at] == 32 && memory[at + 4] == (byte) 0xEF;
            if (record && (key || scalar)) {
                byte[] value = Arrays.copyOfRange(memory, at + 8, at + 8 + memory[at]);
                keys.put(Hex.of(value), value);
            }
        }
        return new ArrayList<>(keys.values());
    }
}
