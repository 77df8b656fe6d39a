package io.zhitong.keyvault.ceremony;

import static io.zhitong.keyvault.ceremony.CeremonyRoom.THREE_OF_FOUR;
import static io.zhitong.keyvault.ceremony.CeremonyRoom.component;
import static io.zhitong.keyvault.ceremony.CeremonyRoom.pin;
import static io.zhitong.keyvault.ceremony.CeremonyRoom.secret;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.CeremonyStatus;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CeremonyTest {
    private final CeremonyRoom room = new CeremonyRoom();

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }

    private static void wrongStep(Executable act) {
        assertEquals(KeyRefusal.CEREMONY_STEP, refusal(act));
    }

    private SecretBytes join(int... custodians) {
        List<Share> shares = new ArrayList<>();
        for (int each : custodians) {
            shares.add(Share.parse(room.shares.get(each)));
        }
        return Quorum.join(shares);
    }

    @Test
    void ceremony_makes_masters_that_any_three_of_four_open() {
        room.hold(THREE_OF_FOUR);

        assertEquals(CeremonyStep.CLOSED, room.step());
        assertEquals(List.of("discarded", "made", "proven", "adopted 3 of 4 open"), room.birth.told);
        SecretBytes master = room.birth.opened.orElseThrow();
        assertEquals(master, join(1, 2, 3));
        assertEquals(master, join(4, 1, 3));
        assertEquals(master, join(1, 2, 3, 4));
        assertEquals(
                VaultFault.TOO_FEW_SHARES,
                assertThrows(VaultException.class, () -> join(1, 2)).fault());
        assertEquals(4, room.installed.size());
        assertEquals("保管人2", room.installed.get(1).name());
        assertEquals(4, new HashSet<>(room.shares.values()).size());
    }

    @Test
    void every_step_out_of_order_is_refused() {
        wrongStep(() -> room.join(1));
        wrongStep(() -> room.vault.abort(0, pin(0)));
        room.vault.start(THREE_OF_FOUR);
        wrongStep(() -> room.vault.start(THREE_OF_FOUR));
        wrongStep(() -> room.commit(1));
        wrongStep(() -> room.reveal(1));
        room.name();
        wrongStep(() -> room.join(5));
        wrongStep(() -> room.reveal(1));
        wrongStep(() -> room.deal(1));
        room.commit();
        wrongStep(() -> room.commit(1));
        wrongStep(() -> room.deal(1));
        room.reveal();
        wrongStep(() -> room.reveal(1));
        room.deal(1);
        room.shares.put(2, room.shares.get(1));
        wrongStep(() -> room.confirm(1));
        room.deal();
        wrongStep(() -> room.vault.close(1, pin(1)));
        room.confirm();
        wrongStep(() -> room.confirm(1));
        wrongStep(() -> room.deal(1));
        room.vault.close(4, pin(4));
        wrongStep(() -> room.vault.close(4, pin(4)));
        wrongStep(() -> room.vault.start(THREE_OF_FOUR));
    }

    @Test
    void three_custodians_of_four_cannot_go_on() {
        room.vault.start(THREE_OF_FOUR);
        for (int number = 1; number <= 3; number++) {
            room.join(number);
        }
        wrongStep(() -> room.commit(1));
        room.join(4);
        for (int number = 1; number <= 3; number++) {
            room.commit(number);
        }
        wrongStep(() -> room.reveal(1));
        room.commit(4);
        for (int number = 1; number <= 3; number++) {
            room.reveal(number);
        }
        wrongStep(() -> room.deal(1));
        room.reveal(4);
        for (int number = 1; number <= 3; number++) {
            room.deal(number);
        }
        wrongStep(() -> room.confirm(1));
        room.deal(4);
        for (int number = 1; number <= 3; number++) {
            room.confirm(number);
        }
        wrongStep(() -> room.vault.close(1, pin(1)));
    }

    @Test
    void late_joiner_and_one_person_twice_are_refused() {
        room.vault.start(THREE_OF_FOUR);
        room.vault.join("王 芳", pin(1));
        for (String same : new String[] {"王 芳", "王芳", "王·芳", "王-芳"}) {
            assertEquals(KeyRefusal.SAME_CUSTODIAN, refusal(() -> room.vault.join(same, pin(2))), same);
        }
        room.vault.join("Li Lei", pin(2));
        assertEquals(KeyRefusal.SAME_CUSTODIAN, refusal(() -> room.vault.join("LI LEI", pin(3))));
        room.vault.join("c", pin(3));
        room.vault.join("d", pin(4));
        wrongStep(() -> room.vault.join("e", pin(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<img src=x>", "a\tb", "a\nEND", "", " ", "a=b"})
    void name_with_markup_is_refused_and_nothing_is_written(String name) {
        room.vault.start(THREE_OF_FOUR);
        String before = room.vault.transcript();
        assertEquals(KeyRefusal.BAD_NAME, refusal(() -> room.vault.join(name, pin(1))));
        assertEquals(before, room.vault.transcript());
    }

    @Test
    void poor_pin_does_not_join() {
        room.vault.start(THREE_OF_FOUR);
        assertEquals(KeyRefusal.BAD_PIN, refusal(() -> room.vault.join("王芳", secret("000000"))));
        assertEquals(List.of(), room.vault.status().participants());
    }

    @Test
    void second_commitment_of_one_custodian_is_refused() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit(2);
        byte[] other = CeremonyCommitment.of(room.vault.status().id(), 2, CeremonyRoom.SALT, component(9));
        wrongStep(() -> room.vault.commit(2, pin(2), CeremonyRoom.SALT, other));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> room.vault.commit(1, pin(1), new byte[15], other)));
    }

    @Test
    void component_that_does_not_fit_its_commitment_is_refused_and_told() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit();
        assertEquals(KeyRefusal.COMMITMENT_DIFFERS, refusal(() -> room.vault.reveal(1, pin(1), component(2))));
        assertTrue(room.vault.transcript().contains("REFUSED\tcustodian=1\treason=COMMITMENT_DIFFERS"));
        room.reveal(1);
        assertTrue(room.vault.status().participants().get(0).revealed());
    }

    @Test
    void nobody_acts_with_another_custodians_pin_and_the_fifth_wrong_one_locks() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        byte[] id = room.vault.status().id();
        byte[] commitment = CeremonyCommitment.of(id, 1, CeremonyRoom.SALT, component(1));
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    KeyRefusal.WRONG_PIN, refusal(() -> room.vault.commit(1, pin(2), CeremonyRoom.SALT, commitment)));
            room.kill();
        }
        Executable fifth = () -> room.vault.commit(1, pin(2), CeremonyRoom.SALT, commitment);
        assertEquals(KeyRefusal.CUSTODIAN_LOCKED, refusal(fifth));
        assertEquals(KeyRefusal.CUSTODIAN_LOCKED, refusal(() -> room.commit(1)));
        assertTrue(room.vault.status().participants().get(0).locked());
        assertEquals(KeyRefusal.UNKNOWN_CUSTODIAN, refusal(() -> room.vault.abort(0, pin(0))));
        assertEquals(CeremonyStep.ABORTED, room.vault.abort(2, pin(2)).step());
        assertEquals(
                5,
                room.vault
                        .transcript()
                        .lines()
                        .filter(line -> line.contains("REFUSED"))
                        .count());
    }

    @Test
    void ceremony_whose_custodians_are_all_locked_is_given_up_by_nobody_in_particular() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        for (int custodian = 1; custodian <= 4; custodian++) {
            assertEquals(KeyRefusal.UNKNOWN_CUSTODIAN, refusal(() -> room.vault.abort(0, pin(0))));
            int locked = custodian;
            for (int i = 0; i < 5; i++) {
                assertThrows(KeyServiceException.class, () -> room.vault.close(locked, pin(9)));
                assertThrows(
                        KeyServiceException.class,
                        () -> room.vault.commit(locked, pin(9), CeremonyRoom.SALT, new byte[32]));
            }
        }
        assertEquals(CeremonyStep.ABORTED, room.vault.abort(0, pin(0)).step());
    }

    @Test
    void share_written_down_wrong_of_another_or_of_another_set_is_refused() {
        CeremonyRoom other = new CeremonyRoom();
        other.hold(THREE_OF_FOUR);
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit();
        room.reveal();
        room.deal();
        String own = room.shares.get(1);
        String torn = own.substring(0, 92);
        String flipped = own.substring(0, 40) + (own.charAt(40) == '0' ? '1' : '0') + own.substring(41);
        for (String wrong : new String[] {torn, flipped, room.shares.get(2), other.shares.get(1), "", "no share"}) {
            KeyServiceException e =
                    assertThrows(KeyServiceException.class, () -> room.vault.confirm(1, pin(1), secret(wrong)));
            assertEquals(KeyRefusal.BAD_SHARE, e.reason(), wrong);
            assertFalse(String.valueOf(e.getMessage()).contains(own));
        }
        assertFalse(room.vault.status().participants().get(0).confirmed());
        room.deal(1);
        assertEquals(own, room.shares.get(1), "shown again it is the same");
        room.confirm();
        assertEquals(CeremonyStep.PROVEN, room.step());
    }

    @Test
    void confirmed_share_is_not_shown_again() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit();
        room.reveal();
        room.deal();
        room.confirm(1);
        wrongStep(() -> room.deal(1));
        room.deal(2);
    }

    @Test
    void ceremony_given_up_leaves_nothing_and_another_one_starts() {
        room.vault.start(THREE_OF_FOUR);
        assertEquals(CeremonyStep.ABORTED, room.vault.abort(0, pin(0)).step());
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit();
        room.reveal();
        String first = new String(room.vault.status().id(), StandardCharsets.ISO_8859_1);
        room.vault.abort(3, pin(3));
        assertTrue(room.birth.aside.isEmpty());
        assertTrue(TranscriptVerifier.verify(room.vault.transcript(), java.util.Optional.empty())
                .right());
        room.hold(THREE_OF_FOUR);
        assertNotEquals(first, new String(room.vault.status().id(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void disk_that_fails_while_masters_are_made_is_tried_again() {
        room.vault.start(THREE_OF_FOUR);
        room.name();
        room.commit();
        room.reveal(1);
        room.reveal(2);
        room.reveal(3);
        room.birth.failing = true;
        assertThrows(VaultException.class, () -> room.reveal(4));
        assertEquals(CeremonyStep.REVEALING, room.step());
        room.birth.failing = false;
        room.reveal(4);
        assertEquals(CeremonyStep.DEALING, room.step());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 15})
    void any_quorum_up_to_fifteen_is_dealt(int dealt) {
        room.hold(new CeremonySettings("n", 2, dealt, false, false));
        assertEquals(room.birth.opened.orElseThrow(), join(dealt, 1));
    }

    @Test
    void rehearsal_with_the_same_components_makes_another_master() {
        CeremonyRoom rehearsal = new CeremonyRoom();
        rehearsal.hold(new CeremonySettings("锦绣家园", 3, 4, true, true));
        byte[] id = new byte[CeremonyStatus.ID];
        java.util.TreeMap<Integer, SecretBytes> components = new java.util.TreeMap<>();
        components.put(1, component(1));
        components.put(2, component(2));
        CeremonySettings earnest = new CeremonySettings("a", 2, 2, false, true);
        CeremonySettings trial = new CeremonySettings("a", 2, 2, true, true);
        Set<String> masters = new HashSet<>();
        for (CeremonySettings settings : List.of(earnest, trial)) {
            try (CeremonySecret secret = CeremonySecret.combine(id, settings, new byte[32], components)) {
                masters.add(io.zhitong.smcrypto.Hex.of(secret.master().export(SecretAccess.TOKEN)));
            }
        }
        assertEquals(2, masters.size());
        assertTrue(rehearsal.vault.transcript().contains("\trehearsal=yes\t"));
    }

    @Test
    void changed_component_or_contribution_changes_everything() {
        Set<String> masters = new HashSet<>();
        CeremonySettings settings = new CeremonySettings("a", 2, 2, false, true);
        java.util.TreeMap<Integer, SecretBytes> components = new java.util.TreeMap<>();
        for (int variant = 0; variant < 4; variant++) {
            components.put(1, component(variant == 1 ? 3 : 1));
            components.put(2, component(variant == 2 ? 3 : 2));
            byte[] contribution = new byte[32];
            contribution[0] = (byte) (variant == 3 ? 1 : 0);
            try (CeremonySecret secret = CeremonySecret.combine(new byte[16], settings, contribution, components)) {
                masters.add(io.zhitong.smcrypto.Hex.of(secret.master().export(SecretAccess.TOKEN)));
            }
        }
        assertEquals(4, masters.size());
    }
}
