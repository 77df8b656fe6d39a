package io.zhitong.keyvault.ceremony;

import static io.zhitong.keyvault.ceremony.CeremonyRoom.THREE_OF_FOUR;
import static io.zhitong.keyvault.ceremony.CeremonyRoom.component;
import static io.zhitong.keyvault.ceremony.CeremonyRoom.pin;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CeremonyStatus;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The vault's process dies at any step; custodians go on where they stood. */
class CeremonyInterruptedTest {
    private final CeremonyRoom room = new CeremonyRoom();

    @Test
    void ceremony_killed_after_every_single_step_ends_like_any_other() {
        List<Runnable> deeds = new ArrayList<>();
        deeds.add(() -> room.vault.start(THREE_OF_FOUR));
        for (int number = 1; number <= 4; number++) {
            int custodian = number;
            deeds.add(() -> room.join(custodian));
        }
        for (int number = 1; number <= 4; number++) {
            int custodian = number;
            deeds.add(() -> room.commit(custodian));
        }
        for (Runnable deed : deeds) {
            deed.run();
            room.kill();
        }
        room.reveal(1);
        room.kill();
        room.reveal();
        room.deal(1);
        room.kill();
        assertEquals(CeremonyStep.DEALING, room.step());
        room.reveal();
        room.deal(2);
        room.deal(3);
        room.deal(4);
        room.kill();
        assertEquals(CeremonyStep.CONFIRMING, room.step());
        room.confirm(1);
        room.kill();
        room.confirm(2);
        room.confirm(3);
        room.kill();
        room.confirm(4);
        assertEquals(CeremonyStep.PROVING, room.step(), "only one share lies in the process");
        room.confirm(1);
        room.kill();
        room.confirm(3);
        room.confirm(2);
        room.confirm(4);
        assertEquals(CeremonyStep.PROVEN, room.step());
        room.kill();
        room.vault.close(2, pin(2));
        assertEquals(List.of("discarded", "made", "opened", "proven", "adopted 3 of 4 sealed"), room.birth.told);
        assertTrue(TranscriptVerifier.verify(room.vault.transcript(), Optional.empty())
                .right());
    }

    @Test
    void shares_dealt_after_a_restart_are_of_the_same_set() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit();
        room.reveal();
        room.deal();
        Map<Integer, String> before = new TreeMap<>(room.shares);
        room.kill();
        KeyServiceException e = assertThrows(KeyServiceException.class, () -> room.deal(1));
        assertEquals(KeyRefusal.CEREMONY_STEP, e.reason());
        assertTrue(String.valueOf(e.getMessage()).contains("reveals again"));
        assertFalse(room.vault.status().components());
        room.reveal();
        assertTrue(room.vault.status().components());
        room.deal();
        assertEquals(before, room.shares);
    }

    @Test
    void component_given_otherwise_after_a_restart_is_refused() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit();
        room.reveal();
        room.kill();
        KeyServiceException e =
                assertThrows(KeyServiceException.class, () -> room.vault.reveal(1, pin(1), component(7)));
        assertEquals(KeyRefusal.COMMITMENT_DIFFERS, e.reason());
    }

    @Test
    void killed_between_store_and_its_record_the_store_is_found_and_fits() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit();
        room.reveal(1);
        room.reveal(2);
        room.reveal(3);
        byte[] before = room.disk.load();
        room.reveal(4);
        room.disk.save(before);
        room.kill();
        assertEquals(CeremonyStep.REVEALING, room.step());
        room.reveal();
        assertEquals(List.of("discarded", "made", "opened"), room.birth.told);
        room.deal();
        room.confirm();
        assertEquals(CeremonyStep.PROVEN, room.step());
    }

    @Test
    void killed_between_adoption_and_its_record_it_is_closed_again_and_cannot_be_given_up() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit();
        room.reveal();
        room.deal();
        room.confirm();
        byte[] proven = room.disk.load();
        room.vault.close(1, pin(1));
        room.disk.save(proven);
        room.kill();
        assertEquals(CeremonyStep.PROVEN, room.step());
        assertThrows(KeyServiceException.class, () -> room.vault.abort(1, pin(1)));
        assertEquals(CeremonyStep.CLOSED, room.vault.close(1, pin(1)).step());
    }

    @Test
    void no_secret_is_ever_on_disk() {
        room.hold(THREE_OF_FOUR);
        List<byte[]> secrets = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            secrets.add(component(number).export(SecretAccess.TOKEN));
            secrets.add(pin(number).export(SecretAccess.TOKEN));
            String share = room.shares.get(number);
            secrets.add(share.substring(22, 86).getBytes(StandardCharsets.US_ASCII));
            secrets.add(Hex.parse(share.substring(22, 86)));
        }
        secrets.add(room.birth.opened.orElseThrow().export(SecretAccess.TOKEN));
        byte[] planted = "保管人3".getBytes(StandardCharsets.UTF_8);
        assertTrue(room.disk.generations().stream().anyMatch(each -> holds(each, planted)), "a planted one is found");
        for (byte[] kept : room.disk.generations()) {
            secrets.forEach(secret -> assertFalse(holds(kept, secret)));
        }
        CeremonyState last = CeremonyState.decode(room.disk.load()).orElseThrow();
        assertEquals(0, last.contribution().length, "the vault's own component is gone as well");
        assertEquals(List.of(), last.custodians());
    }

    private static boolean holds(byte[] hay, byte[] needle) {
        for (int at = 0; at + needle.length <= hay.length; at++) {
            if (java.util.Arrays.equals(hay, at, at + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void state_survives_the_disk_byte_for_byte() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit();
        byte[] kept = room.disk.load();
        assertArrayEquals(kept, CeremonyState.decode(kept).orElseThrow().encode());
        kept[0] = 2;
        assertThrows(IllegalStateException.class, () -> CeremonyState.decode(kept));
    }

    @Test
    void before_the_first_ceremony_there_is_a_fingerprint_to_read_and_nothing_else() {
        CeremonyStatus none = room.vault.status();
        assertEquals(CeremonyStep.NONE, none.step());
        assertTrue(none.fingerprint().matches("([0-9a-f]{4} ){7}[0-9a-f]{4}"), none.fingerprint());
        assertEquals("", room.vault.transcript());
        try (SecretBytes pin = pin(1)) {
            assertThrows(KeyServiceException.class, () -> room.vault.close(1, pin));
        }
    }
}
