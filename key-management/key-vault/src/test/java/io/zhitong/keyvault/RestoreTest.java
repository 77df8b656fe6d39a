package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.DeviceWord;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.Testimony;
import io.zhitong.keyapi.VaultDoor;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyvault.audit.AuditChain;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A backup cannot know how far its vault had come; others can, and until they said so nothing is signed or numbered. */
@Timeout(60)
class RestoreTest {
    private static final RandomSource RANDOM = RandomSource.secure();
    private static final MachineName FIRST = new MachineName(MachineRole.BACKEND, "backend-1");
    private static final MachineName SECOND = new MachineName(MachineRole.BACKEND, "backend-2");
    private static final Testimony NOTHING = new Testimony(Optional.empty());

    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("vault");
    }

    private Path backup() {
        return folder.resolve("backup");
    }

    private Path restored() {
        return folder.resolve("restored");
    }

    private List<Path> shares() {
        return ShareFiles.in(folder.resolve("shares")).subList(1, 4);
    }

    private Vault made(MachineName... witnesses) {
        VaultFolder where = new VaultFolder(data());
        Vault vault = where.open(RANDOM, Clock.systemUTC());
        where.make(vault, folder.resolve("shares"), 3, 4, false, RANDOM, Clock.systemUTC());
        for (MachineName witness : witnesses) {
            door(vault, witness).testify(NOTHING);
        }
        return vault;
    }

    private static DoorKeeper door(Vault vault, MachineName caller) {
        return new DoorKeeper(vault, caller);
    }

    private static void work(Vault vault, int times) {
        KeyService keys = vault.serviceFor(FIRST);
        for (int i = 0; i < times; i++) {
            keys.sign(SigningKey.POLICY, Hex.parse(String.format("5a544c32%02x", i & 0xFF)));
        }
    }

    private Vault restore() {
        var read = ShareFiles.read(shares());
        VaultBackup.restore(backup(), restored(), read, RANDOM);
        return new VaultFolder(restored()).open(RANDOM, Clock.systemUTC());
    }

    /** Numbers of all records, read off the file by their layout. */
    private static Set<Long> numbers(Path vault) throws IOException {
        Set<Long> numbers = new TreeSet<>();
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(vault.resolve("audit.log")));
        while (file.hasRemaining()) {
            int length = file.getShort() & 0xFFFF;
            assertTrue(numbers.add(file.getLong(file.position())), "a number twice in one chain");
            file.position(file.position() + length + 32);
        }
        return numbers;
    }

    @Test
    void vault_of_an_old_backup_signs_nothing_until_its_witness_spoke_and_never_repeats_a_number() throws IOException {
        Testimony told;
        long atBackup;
        try (Vault vault = made(FIRST)) {
            work(vault, 5);
            atBackup = VaultBackup.make(data(), backup(), RANDOM).number();
            work(vault, 230);
            told = door(vault, FIRST).testify(NOTHING);
            work(vault, 7);
        }
        long lost = new TreeSet<>(numbers(data())).last();
        try (Vault vault = restore()) {
            assertWaits(vault);
            new VaultFolder(restored()).unseal(vault, shares());
            assertWaits(vault);
            assertEquals(atBackup, vault.status().auditNumber(), "nothing was appended while it waits");

            Testimony now = door(vault, FIRST).testify(told);

            assertEquals(VaultState.OPEN, vault.status().state());
            assertTrue(now.newest().orElseThrow().number() > lost);
            work(vault, 3);
            assertEquals(
                    KeyUsage.values().length, vault.serviceFor(FIRST).keys().size());
        }
        Set<Long> repeated = new TreeSet<>(numbers(restored()));
        repeated.retainAll(new TreeSet<>(numbers(data())).tailSet(atBackup + 1));
        assertEquals(Set.of(), repeated);
        assertTrue(generation(restored(), "op") > generation(data(), "op"));
        assertTrue(generation(restored(), "store") > generation(data(), "store"));
        try (Vault vault = new VaultFolder(restored()).open(RANDOM, Clock.systemUTC())) {
            assertEquals(VaultState.SEALED, vault.status().state(), "it waits only once");
            AuditChain.Checked chain =
                    AuditChain.verify(restored().resolve("audit.log"), AuditPosition.start(), auditKey(vault));
            assertTrue(chain.checkpoints() > 2);
            assertEquals(numbers(restored()), paged(vault), "pages go over the gap, each record once");
        }
    }

    /** Numbers of all records, asked for seven at a time. */
    private static Set<Long> paged(Vault vault) {
        Set<Long> numbers = new TreeSet<>();
        long from = 1;
        while (from <= vault.status().auditNumber()) {
            ByteBuffer piece = ByteBuffer.wrap(vault.audit().read(from, 7).records());
            while (piece.hasRemaining()) {
                int length = piece.getShort() & 0xFFFF;
                from = piece.getLong(piece.position()) + 1;
                assertTrue(numbers.add(from - 1));
                piece.position(piece.position() + length + 32);
            }
        }
        return numbers;
    }

    private static long generation(Path vault, String name) throws IOException {
        long newest = 0;
        for (String slot : List.of(name + ".0", name + ".1")) {
            newest = Math.max(
                    newest,
                    ByteBuffer.wrap(Files.readAllBytes(vault.resolve(slot))).getLong(5));
        }
        return newest;
    }

    private static Sm2PublicKey auditKey(Vault vault) {
        return Sm2PublicKey.decode(vault.publicKey(SigningKey.AUDIT));
    }

    private static void assertWaits(Vault vault) {
        KeyService keys = vault.serviceFor(FIRST);
        assertEquals(VaultState.RESTORED, keys.status().state());
        List<Executable> asked = List.of(
                () -> keys.sign(SigningKey.POLICY, new byte[1]),
                () -> keys.sign(SigningKey.SETTLEMENT, new byte[1]),
                () -> keys.verifyMacs(List.of()),
                () -> keys.enrolMachine(new MachineEnrolment(
                        MachineProfile.SM2, new MachineName(MachineRole.POS, "43"), new byte[] {0x30, 0})),
                () -> keys.revoke(BigInteger.ONE, RevocationReason.LOST),
                () -> vault.tokenEnrolment()
                        .enrol("00", new MachineEnrolment(MachineProfile.SM2, FIRST, new byte[] {0x30, 0})));
        for (Executable ask : asked) {
            assertEquals(
                    KeyRefusal.RESTORED,
                    assertThrows(KeyServiceException.class, ask).reason());
        }
    }

    @Test
    void more_than_half_of_the_witnesses_it_remembers_must_speak_and_the_highest_number_counts() {
        Testimony high;
        try (Vault vault = made(FIRST, SECOND)) {
            VaultBackup.make(data(), backup(), RANDOM);
            work(vault, 120);
            high = door(vault, SECOND).testify(NOTHING);
        }
        try (Vault vault = restore()) {
            assertEquals(NOTHING, door(vault, FIRST).testify(NOTHING));
            assertEquals(NOTHING, door(vault, FIRST).testify(NOTHING), "one machine is not two");
            assertEquals(
                    NOTHING,
                    door(vault, new MachineName(MachineRole.BACKEND, "unknown")).testify(NOTHING),
                    "a stranger is no witness");
            assertWaits(vault);
            assertTrue(door(vault, SECOND).testify(high).newest().orElseThrow().number()
                    > high.newest().orElseThrow().number() + 999_999);
            assertEquals(VaultState.SEALED, vault.status().state());
        }
    }

    @Test
    void custodians_answer_when_the_witnesses_are_gone_but_only_after_they_opened_the_masters() {
        long newest;
        try (Vault vault = made(FIRST)) {
            VaultBackup.make(data(), backup(), RANDOM);
            work(vault, 20);
            newest = vault.status().auditNumber();
        }
        MachineName admin = new MachineName(MachineRole.ADMIN, "local");
        try (Vault vault = restore()) {
            DoorKeeper door = door(vault, admin);
            assertEquals(KeyRefusal.SEALED, refusal(() -> door.answerNewest(newest)));
            new VaultFolder(restored()).unseal(vault, shares());
            assertEquals(KeyRefusal.MALFORMED, refusal(() -> door.answerNewest(1)));
            assertEquals(KeyRefusal.CALLER_NOT_ALLOWED, refusal(() -> door.testify(NOTHING)));
            assertEquals(VaultState.OPEN, door.answerNewest(newest).state());
            assertTrue(vault.status().auditNumber() > newest);
            assertEquals(KeyRefusal.NOT_ALLOWED, refusal(() -> door.answerNewest(Long.MAX_VALUE / 2)));
        }
    }

    @Test
    void files_put_back_by_hand_are_noticed_by_the_first_witness_who_comes() throws IOException {
        Path aside = Files.createDirectories(folder.resolve("aside"));
        Testimony told;
        try (Vault vault = made(FIRST)) {
            work(vault, 3);
        }
        copy(data(), aside);
        try (Vault vault = new VaultFolder(data()).open(RANDOM, Clock.systemUTC())) {
            work(vault, 250);
            told = door(vault, FIRST).testify(NOTHING);
        }
        copy(aside, data());
        try (Vault vault = new VaultFolder(data()).open(RANDOM, Clock.systemUTC())) {
            assertEquals(VaultState.SEALED, vault.status().state(), "by itself it cannot know");
            door(vault, FIRST).testify(told);
            assertEquals(VaultState.SEALED, vault.status().state(), "its one witness has spoken: it leapt at once");
            assertTrue(
                    vault.status().auditNumber() > told.newest().orElseThrow().number() + 999_999);
        }
        copy(aside, data());
        try (Vault vault = new VaultFolder(data()).open(RANDOM, Clock.systemUTC())) {
            door(vault, SECOND).testify(NOTHING);
            work(vault, 300);
            door(vault, FIRST).testify(told);
            assertEquals(VaultState.RESTORED, vault.status().state(), "another chain of more records than was told");
        }
        try (Vault vault = new VaultFolder(data()).open(RANDOM, Clock.systemUTC())) {
            assertWaits(vault);
            door(vault, SECOND).testify(NOTHING);
            door(vault, FIRST).testify(told);
            assertEquals(VaultState.SEALED, vault.status().state());
        }
    }

    private static final MachineName[] DOORS = {
        new MachineName(MachineRole.CONTROLLER, "1-42"),
        new MachineName(MachineRole.CONTROLLER, "1-43"),
        new MachineName(MachineRole.CONTROLLER, "1-44"),
        new MachineName(MachineRole.POS, "1-50")
    };

    private static void certify(Vault vault, MachineName... machines) {
        for (MachineName machine : machines) {
            byte[] request = MachineKeys.request(MachineProfile.SM2, MachineKeys.generate(MachineProfile.SM2), machine);
            vault.serviceFor(FIRST).enrolMachine(new MachineEnrolment(MachineProfile.SM2, machine, request));
        }
    }

    private static void pass(Vault vault, Testimony known, MachineName... devices) {
        AuditCheckpoint kept = known.newest().orElseThrow();
        door(vault, FIRST)
                .passOn(Stream.of(devices)
                        .map(device -> new DeviceWord(device, kept))
                        .toList());
    }

    @Test
    void controllers_know_what_a_vault_and_a_backend_of_the_same_night_forgot_and_no_number_is_repeated()
            throws IOException {
        Testimony night;
        Testimony newest;
        long atBackup;
        try (Vault vault = made(FIRST)) {
            certify(vault, DOORS);
            night = door(vault, FIRST).testify(NOTHING);
            pass(vault, night, DOORS);
            atBackup = VaultBackup.make(data(), backup(), RANDOM).number();
            work(vault, 340);
            newest = door(vault, FIRST).testify(NOTHING);
            work(vault, 9);
        }
        long lost = new TreeSet<>(numbers(data())).last();
        try (Vault vault = restore()) {
            assertEquals(
                    NOTHING, door(vault, FIRST).testify(night), "one of five, and it knows no more than the backup");
            pass(vault, night, DOORS[0]);
            assertWaits(vault);
            pass(vault, newest, DOORS[1]);
            assertEquals(VaultState.SEALED, vault.status().state(), "three of five");
            assertTrue(vault.status().auditNumber() > lost);
            work(vault, 3);
            pass(vault, newest, DOORS[2], DOORS[3]);
            assertEquals(VaultState.SEALED, vault.status().state(), "what it has leapt over is settled");
            assertTrue(door(vault, FIRST).testify(night).newest().orElseThrow().number() > lost);
        }
        Set<Long> repeated = new TreeSet<>(numbers(restored()));
        repeated.retainAll(new TreeSet<>(numbers(data())).tailSet(atBackup + 1));
        assertEquals(Set.of(), repeated);
    }

    @Test
    void vault_and_backend_put_back_together_by_hand_are_noticed_by_the_first_controller_that_knows_more()
            throws IOException {
        Path aside = Files.createDirectories(folder.resolve("aside"));
        Testimony night;
        Testimony newest;
        try (Vault vault = made(FIRST)) {
            certify(vault, DOORS[0]);
            night = door(vault, FIRST).testify(NOTHING);
            pass(vault, night, DOORS[0]);
        }
        copy(data(), aside);
        try (Vault vault = new VaultFolder(data()).open(RANDOM, Clock.systemUTC())) {
            work(vault, 250);
            newest = door(vault, FIRST).testify(NOTHING);
        }
        copy(aside, data());
        try (Vault vault = new VaultFolder(data()).open(RANDOM, Clock.systemUTC())) {
            door(vault, FIRST).testify(night);
            assertEquals(VaultState.SEALED, vault.status().state(), "neither of the two can know");
            pass(vault, newest, DOORS[0]);
            assertWaits(vault);
            door(vault, FIRST).testify(night);
            assertEquals(VaultState.SEALED, vault.status().state());
            assertTrue(
                    vault.status().auditNumber() > newest.newest().orElseThrow().number() + 999_999);
        }
        try (Vault vault = new VaultFolder(data()).open(RANDOM, Clock.systemUTC())) {
            pass(vault, newest, DOORS[0]);
            assertEquals(VaultState.SEALED, vault.status().state(), "settled also after a restart");
        }
    }

    @Test
    void device_that_was_never_certified_or_was_revoked_does_not_count_and_a_forged_word_counts_for_nobody() {
        Testimony known;
        try (Vault vault = made(FIRST)) {
            certify(vault, DOORS);
            known = door(vault, FIRST).testify(NOTHING);
            pass(vault, known, DOORS);
            BigInteger serial = vault.machines().issued().stream()
                    .filter(given -> given.name().equals(DOORS[3]))
                    .findFirst()
                    .orElseThrow()
                    .serial();
            vault.serviceFor(FIRST).revoke(serial, RevocationReason.LOST);
            VaultBackup.make(data(), backup(), RANDOM);
        }
        try (Vault vault = restore()) {
            MachineName[] strangers = new MachineName[VaultDoor.MOST_WORDS];
            Arrays.setAll(strangers, i -> new MachineName(MachineRole.CONTROLLER, "9-" + (i + 1)));
            pass(vault, known, strangers);
            pass(vault, known, SECOND, DOORS[3], DOORS[0], DOORS[0]);
            AuditCheckpoint right = known.newest().orElseThrow();
            AuditCheckpoint forged = new AuditCheckpoint(right.number() + 1, right.hash(), right.signature());
            door(vault, FIRST).passOn(List.of(new DeviceWord(DOORS[1], forged), new DeviceWord(DOORS[0], right)));
            DeviceWord one = new DeviceWord(DOORS[0], right);
            assertEquals(
                    KeyRefusal.MALFORMED,
                    refusal(() -> door(vault, FIRST).passOn(Collections.nCopies(VaultDoor.MOST_WORDS + 1, one))));
            assertEquals(
                    KeyRefusal.CALLER_NOT_ALLOWED,
                    refusal(() -> door(vault, DOORS[1]).passOn(List.of())));
            door(vault, FIRST).testify(known);
            assertWaits(vault);
            pass(vault, known, DOORS[2]);
            assertEquals(VaultState.SEALED, vault.status().state(), "the backend and two of three controllers");
        }
    }

    @Test
    void more_than_sixty_four_devices_are_not_remembered_and_a_backend_always_finds_room() {
        MachineName[] many = new MachineName[70];
        Arrays.setAll(many, i -> new MachineName(MachineRole.CONTROLLER, "1-" + (100 + i)));
        Testimony known;
        try (Vault vault = made(FIRST)) {
            certify(vault, many);
            known = door(vault, FIRST).testify(NOTHING);
            pass(vault, known, many);
            door(vault, SECOND).testify(NOTHING);
            VaultBackup.make(data(), backup(), RANDOM);
        }
        try (Vault vault = restore()) {
            door(vault, SECOND).testify(NOTHING);
            door(vault, FIRST).testify(known);
            pass(vault, known, Arrays.copyOfRange(many, 64, 70));
            pass(vault, known, Arrays.copyOf(many, 31));
            assertWaits(vault);
            pass(vault, known, many[31]);
            assertFalse(vault.restored(), "34 of two backends and sixty-four devices");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String name :
                List.of("op.0", "op.1", "store.0", "store.1", "audit.log", "machine.share", "machine.share.copy")) {
            Files.write(to.resolve(name), Files.readAllBytes(from.resolve(name)));
        }
    }

    @Test
    void testimony_that_this_vault_did_not_sign_moves_nothing() {
        try (Vault vault = made(FIRST)) {
            AuditCheckpoint right = door(vault, FIRST).testify(NOTHING).newest().orElseThrow();
            byte[] signature = right.signature();
            signature[40] ^= 1;
            List<AuditCheckpoint> forged = List.of(
                    new AuditCheckpoint(right.number(), right.hash(), signature),
                    new AuditCheckpoint(right.number() + 1_000, right.hash(), right.signature()),
                    new AuditCheckpoint(right.number(), new byte[32], right.signature()));
            for (AuditCheckpoint each : forged) {
                assertEquals(
                        KeyRefusal.MALFORMED,
                        refusal(() -> door(vault, FIRST).testify(new Testimony(Optional.of(each)))));
            }
            assertEquals(VaultState.OPEN, vault.status().state());
        }
    }

    @Test
    void backup_has_no_key_in_clear_and_one_that_was_changed_or_cut_restores_nothing() throws IOException {
        List<byte[]> secrets = new ArrayList<>();
        try (Vault vault = made(FIRST)) {
            vault.masters().use(open -> {
                open.content()
                        .masters()
                        .forEach(master -> secrets.add(master.key().export(SecretAccess.TOKEN)));
                return secrets.add(open.content().note(Vault.MACHINE).orElseThrow());
            });
            vault.content().signers().values().forEach(key -> secrets.add(key.export(SecretAccess.TOKEN)));
            VaultBackup.make(data(), backup(), RANDOM);
        }
        byte[] all = Files.readAllBytes(backup());
        assertTrue(secrets.size() > 25);
        secrets.forEach(secret -> assertFalse(Leaks.found(all, secret)));
        byte[] planted = Arrays.copyOfRange(all, 100, 116);
        assertTrue(Leaks.found(all, planted), "the search finds what is there");
        for (int at = 0; at < all.length; at += 1 + all.length / 100) {
            byte[] changed = all.clone();
            changed[at] ^= 0x10;
            Files.write(backup(), changed);
            assertEquals(VaultFault.STORE_REFUSED, fault(), "byte " + at);
            Files.write(backup(), Arrays.copyOf(all, at));
            assertEquals(VaultFault.STORE_REFUSED, fault(), "cut at " + at);
        }
        assertFalse(Files.exists(restored()));
    }

    @Test
    void vault_without_master_keys_has_no_backup_and_a_vault_is_never_restored_over() {
        new VaultFolder(data()).open(RANDOM, Clock.systemUTC()).close();
        assertEquals(
                VaultFault.NO_STORE,
                assertThrows(VaultException.class, () -> VaultBackup.make(data(), backup(), RANDOM))
                        .fault());
        made().close();
        VaultBackup.make(data(), backup(), RANDOM);
        restore().close();
        assertEquals(VaultFault.STORE_EXISTS, fault());
    }

    private VaultFault fault() {
        return assertThrows(VaultException.class, () -> restore().close()).fault();
    }

    private static KeyRefusal refusal(Executable ask) {
        return assertThrows(KeyServiceException.class, ask).reason();
    }
}
