package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.DoorState;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.quorum.QuorumId;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Custodians come one at a time, bring the wrong paper, come twice, or never. */
class UnsealingTest {
    private static final RandomSource RANDOM = RandomSource.secure();

    @TempDir
    Path folder;

    private final Turnable clock = new Turnable();
    private Vault vault;
    private DoorKeeper door;

    private static final class Turnable extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void sealed() {
        VaultFolder where = new VaultFolder(folder);
        try (Vault made = where.open(RANDOM, clock)) {
            where.make(made, folder.resolve("shares"), 3, 4, false, RANDOM, clock);
        }
        vault = where.open(RANDOM, clock);
        door = new DoorKeeper(vault, new MachineName(MachineRole.ADMIN, "local"));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void any_three_of_four_one_after_the_other_open_it_and_the_third_moves_the_state() throws IOException {
        assertEquals(new DoorState(VaultState.SEALED, false, 3, 4, List.of(), 0), door.door());
        assertEquals(new DoorState(VaultState.SEALED, false, 3, 4, List.of(4), 600), door.giveShare(share(4)));
        clock.now = clock.now.plusSeconds(599);
        assertEquals(new DoorState(VaultState.SEALED, false, 3, 4, List.of(4, 1), 1), door.giveShare(share(1)));
        assertEquals(new DoorState(VaultState.OPEN, false, 3, 4, List.of(), 0), door.giveShare(share(2)));
        assertEquals(VaultState.SEALED, door.seal().state());
        assertEquals(List.of(3), door.giveShare(share(3)).given(), "it asks for all of them again");
    }

    @Test
    void share_given_twice_of_another_set_or_torn_is_refused_and_the_others_stay() throws IOException {
        door.giveShare(share(1));
        assertEquals(KeyRefusal.SHARE_REPEATED, refusal(share(1)));
        assertEquals(List.of(1), door.door().given());
        assertEquals(KeyRefusal.OTHER_SHARES, refusal(foreign(2)));
        assertEquals(List.of(1), door.door().given());
        assertEquals(
                KeyRefusal.BAD_SHARE, refusal(SecretBytes.copyOf("00".repeat(47).getBytes(StandardCharsets.US_ASCII))));
        assertEquals(List.of(), door.door().given(), "three wrong ones: all are forgotten");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 93, 94, 1024})
    void text_of_every_wrong_length_is_no_share(int length) {
        assertEquals(
                KeyRefusal.BAD_SHARE,
                refusal(SecretBytes.copyOf("0".repeat(length).getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void forged_share_of_the_right_set_opens_nothing_and_everything_given_is_forgotten() throws IOException {
        door.giveShare(share(1));
        door.giveShare(share(2));
        Share right = Share.parse(text(3));
        Share forged = new Share(right.setId(), 3, 4, 3, SecretBytes.takeOver(new byte[32]));

        assertEquals(KeyRefusal.WRONG_QUORUM, refusal(secret(forged.export(SecretAccess.TOKEN))));
        assertEquals(VaultState.SEALED, door.door().state());
        assertEquals(List.of(), door.door().given());
        for (int x : new int[] {1, 2, 3}) {
            door.giveShare(share(x));
        }
        assertEquals(VaultState.OPEN, door.door().state());
    }

    @Test
    void shares_are_forgotten_after_ten_minutes_and_when_the_clock_goes_back() throws IOException {
        door.giveShare(share(1));
        clock.now = clock.now.plus(Duration.ofMinutes(10)).plusMillis(1);
        assertEquals(List.of(), door.door().given());
        door.giveShare(share(1));
        clock.now = clock.now.minusMillis(1);
        assertEquals(List.of(2), door.giveShare(share(2)).given());
        door.giveShare(share(3));
        assertEquals(List.of(), door.forgetShares().given());
    }

    @Test
    void open_vault_and_one_without_masters_take_no_share() throws IOException {
        SecretBytes[] all = {share(1), share(2), share(3)};
        for (SecretBytes one : all) {
            door.giveShare(one);
        }
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(share(4)));
        try (Vault unborn = new VaultFolder(folder.resolve("new")).open(RANDOM, clock)) {
            DoorKeeper there = new DoorKeeper(unborn, new MachineName(MachineRole.ADMIN, "local"));
            assertEquals(new DoorState(VaultState.UNBORN, false, 0, 0, List.of(), 0), there.door());
            SecretBytes share = share(1);
            assertEquals(
                    KeyRefusal.NOT_ALLOWED,
                    assertThrows(KeyServiceException.class, () -> there.giveShare(share))
                            .reason());
        }
    }

    @Test
    void every_share_given_and_refused_is_in_the_audit_with_who_gave_it_and_never_its_value() throws IOException {
        door.giveShare(share(2));
        refusal(share(2));
        String audit = Files.readString(folder.resolve("audit.log"), StandardCharsets.ISO_8859_1);

        assertTrue(audit.contains("share 2 of 4"));
        assertTrue(audit.contains("share: this share was given already"));
        assertTrue(audit.contains("admin/local"));
        byte[] value = Share.parse(text(2)).value().export(SecretAccess.TOKEN);
        assertTrue(!Leaks.found(audit.getBytes(StandardCharsets.ISO_8859_1), value));
        assertTrue(Leaks.found(Hex.parse(text(2)), value), "the search finds it where it is");
    }

    private KeyRefusal refusal(SecretBytes share) {
        return assertThrows(KeyServiceException.class, () -> door.giveShare(share))
                .reason();
    }

    private SecretBytes foreign(int x) {
        Share other = Quorum.deal(SecretBytes.takeOver(RANDOM.bytes(32)), 3, 4, RANDOM)
                .get(x - 1);
        assertTrue(!vault.quorum().orElseThrow().equals(QuorumId.of(other)));
        return secret(other.export(SecretAccess.TOKEN));
    }

    private String text(int x) throws IOException {
        return Files.readString(folder.resolve("shares/share-" + x + ".txt")).strip();
    }

    private SecretBytes share(int x) throws IOException {
        return secret(text(x));
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.takeOver(text.getBytes(StandardCharsets.US_ASCII));
    }
}
