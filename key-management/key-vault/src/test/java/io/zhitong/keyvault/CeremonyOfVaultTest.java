package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.Ceremonies;
import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.keyapi.DealtShare;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.Proposal;
import io.zhitong.keyapi.ProposalState;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultMark;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyvault.ceremony.TranscriptVerifier;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The ceremony and dual control in a vault that serves, over its wire, from nothing to keys that work. */
@Timeout(120)
class CeremonyOfVaultTest {
    private static final CeremonySettings TWO_OF_THREE = new CeremonySettings("锦绣家园", 2, 3, false, true);
    private static final byte[] SALT = new byte[CeremonyCommitment.SALT];

    private final List<String> shares = new ArrayList<>();

    @TempDir
    Path folder;

    private VaultProcess serve() throws IOException {
        VaultProcess.Settings settings = new VaultProcess.Settings(folder, 0, false, List.of(), false);
        return QuickPins.serve(settings);
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.takeOver(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static SecretBytes pin(int custodian) {
        return secret("57310" + custodian);
    }

    private static SecretBytes component(int custodian) {
        return secret("the-component-number-" + custodian + "-0123456789abcdef");
    }

    private static void toDealing(Ceremonies ceremony, CeremonySettings settings) {
        byte[] id = ceremony.start(settings).id();
        for (int x = 1; x <= settings.dealt(); x++) {
            ceremony.join("保管人" + x, pin(x));
        }
        for (int x = 1; x <= settings.dealt(); x++) {
            ceremony.commit(x, pin(x), SALT, CeremonyCommitment.of(id, x, SALT, component(x)));
        }
        reveal(ceremony, settings);
    }

    private static void reveal(Ceremonies ceremony, CeremonySettings settings) {
        for (int x = 1; x <= settings.dealt(); x++) {
            ceremony.reveal(x, pin(x), component(x));
        }
    }

    private void toProven(Ceremonies ceremony, CeremonySettings settings) {
        shares.clear();
        for (int x = 1; x <= settings.dealt(); x++) {
            try (DealtShare dealt = ceremony.deal(x, pin(x))) {
                shares.add(new String(dealt.share().export(SecretAccess.TOKEN), StandardCharsets.US_ASCII));
            }
        }
        for (int x = 1; x <= settings.dealt(); x++) {
            ceremony.confirm(x, pin(x), secret(shares.get(x - 1)));
        }
    }

    private void hold(Ceremonies ceremony, CeremonySettings settings) {
        toDealing(ceremony, settings);
        toProven(ceremony, settings);
        ceremony.close(1, pin(1));
    }

    @Test
    void vault_is_born_by_its_ceremony_and_opens_again_by_its_shares() throws IOException {
        try (VaultProcess process = serve();
                KeyAdministration people = ServedVault.connect(folder)) {
            assertEquals(VaultState.UNBORN, people.door().door().state());
            hold(people.ceremonies(), TWO_OF_THREE);
            assertEquals(VaultState.OPEN, people.door().door().state());
            String transcript = people.ceremonies().transcript();
            assertEquals(
                    List.of(),
                    TranscriptVerifier.verify(
                                    transcript,
                                    Optional.of(people.ceremonies().status().fingerprint()))
                            .problems());
            assertEquals(
                    KeyUsage.values().length,
                    transcript.lines().filter(line -> line.contains("\tKEY\t")).count());
            assertEquals(64, process.vault().sign(SigningKey.SETTLEMENT, new byte[1]).length);
        }
        try (VaultProcess again = serve();
                KeyAdministration people = ServedVault.connect(folder)) {
            assertEquals(VaultState.SEALED, people.door().door().state());
            assertEquals(
                    KeyRefusal.CEREMONY_STEP,
                    assertThrows(
                                    KeyServiceException.class,
                                    () -> people.ceremonies().start(TWO_OF_THREE))
                            .reason());
            people.door().giveShare(secret(shares.get(2)));
            people.door().giveShare(secret(shares.get(0)));
            assertEquals(VaultState.OPEN, again.vault().status().state());
            assertEquals(3, people.custodians().list().size());
        }
    }

    @Test
    void vault_killed_in_the_middle_of_dealing_goes_on_with_the_same_shares() throws Exception {
        try (VaultChild child = VaultChild.start(folder);
                KeyAdministration people = connect(child)) {
            toDealing(people.ceremonies(), TWO_OF_THREE);
            try (DealtShare first = people.ceremonies().deal(1, pin(1))) {
                shares.add(new String(first.share().export(SecretAccess.TOKEN), StandardCharsets.US_ASCII));
            }
            child.kill();
        }
        String dealtBefore = shares.get(0);
        try (VaultChild child = VaultChild.start(folder);
                KeyAdministration people = connect(child)) {
            Ceremonies ceremony = people.ceremonies();
            assertEquals(CeremonyStep.DEALING, ceremony.status().step());
            assertEquals(VaultState.UNBORN, people.door().door().state());
            reveal(ceremony, TWO_OF_THREE);
            toProven(ceremony, TWO_OF_THREE);
            assertEquals(dealtBefore, shares.get(0));
            child.kill();
        }
        try (VaultChild child = VaultChild.start(folder);
                KeyAdministration people = connect(child)) {
            assertEquals(
                    CeremonyStep.CLOSED, people.ceremonies().close(2, pin(2)).step());
            assertEquals(VaultState.SEALED, people.door().door().state());
            people.door().giveShare(secret(shares.get(0)));
            people.door().giveShare(secret(shares.get(1)));
            assertEquals(VaultState.OPEN, people.door().door().state());
        }
    }

    private KeyAdministration connect(VaultChild child) throws IOException {
        child.address();
        return ServedVault.connect(folder);
    }

    @Test
    void rehearsal_is_marked_makes_no_card_key_and_gives_way_to_the_ceremony() throws IOException {
        List<String> rehearsed;
        try (VaultProcess process = serve();
                KeyAdministration people = ServedVault.connect(folder)) {
            hold(people.ceremonies(), new CeremonySettings("演练", 2, 3, true, true));
            assertEquals(VaultMark.REHEARSAL, process.vault().status().mark());
            rehearsed = List.copyOf(shares);
            assertEquals(
                    KeyRefusal.REHEARSAL,
                    assertThrows(
                                    KeyServiceException.class,
                                    () -> process.vault()
                                            .serviceFor(ServedVault.ADMIN)
                                            .sign(SigningKey.SETTLEMENT, new byte[1]))
                            .reason());
            KeyRef exchange = KeyRef.of(KeyUsage.EXCHANGE, 1);
            KeyOrder export = new KeyOrder.ExportKeyBlock(KeyRef.of(KeyUsage.DPK, 1), exchange);
            assertEquals(
                    KeyRefusal.REHEARSAL,
                    assertThrows(
                                    KeyServiceException.class,
                                    () -> people.custodians().propose("王芳", export))
                            .reason());
            long generation = VaultStore.generationOf(VaultStore.newest(folder, Compartment.MASTERS));
            hold(people.ceremonies(), TWO_OF_THREE);
            assertTrue(
                    VaultStore.generationOf(VaultStore.newest(folder, Compartment.MASTERS)) > generation,
                    "a standby takes it for the newer one");
            assertEquals(VaultMark.NONE, process.vault().status().mark());
        }
        assertNotEquals(rehearsed, shares);
        try (VaultProcess process = serve();
                KeyAdministration people = ServedVault.connect(folder)) {
            assertEquals(
                    KeyRefusal.OTHER_SHARES,
                    assertThrows(KeyServiceException.class, () -> people.door().giveShare(secret(rehearsed.get(0))))
                            .reason());
            assertEquals(VaultState.SEALED, process.vault().status().state());
        }
    }

    @Test
    void ceremony_given_up_leaves_no_store_and_an_unborn_vault() throws IOException {
        try (VaultProcess process = serve();
                KeyAdministration people = ServedVault.connect(folder)) {
            toDealing(people.ceremonies(), TWO_OF_THREE);
            assertTrue(files().stream().anyMatch(name -> name.startsWith("ceremony/store.")), "made aside");
            people.ceremonies().abort(3, pin(3));
            assertEquals(
                    List.of(),
                    files().stream().filter(name -> name.contains("store.")).toList());
            assertEquals(VaultState.UNBORN, process.vault().status().state());
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    @Test
    void no_secret_of_the_ceremony_lies_in_any_file() throws IOException {
        try (VaultProcess process = serve();
                KeyAdministration people = ServedVault.connect(folder)) {
            hold(people.ceremonies(), TWO_OF_THREE);
            assertTrue(process.port() > 0);
        }
        Files.writeString(folder.resolve("planted"), shares.get(0).substring(22, 86));
        assertEquals(List.of("planted"), holding(Hex.parse(shares.get(0).substring(22, 86))));
        for (int x = 1; x <= 3; x++) {
            assertEquals(List.of(), holding(component(x).export(SecretAccess.TOKEN)));
            assertEquals(List.of(), holding(pin(x).export(SecretAccess.TOKEN)));
        }
        assertEquals(List.of(), holding(Hex.parse(shares.get(1).substring(22, 86))));
    }

    private List<String> holding(byte[] key) throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : files()) {
            if (Leaks.found(Files.readAllBytes(folder.resolve(name)), key)) {
                found.add(name);
            }
        }
        return found;
    }

    @Test
    void two_custodians_make_a_new_version_and_one_alone_does_not() throws IOException {
        try (VaultProcess process = serve();
                KeyAdministration people = ServedVault.connect(folder)) {
            hold(people.ceremonies(), TWO_OF_THREE);
            KeyOrder order = new KeyOrder.NewKeyVersion(KeyRef.of(KeyUsage.DPK, 2));
            Proposal made = people.custodians().propose("王芳", order);
            people.custodians().approve(made.number(), made.digest(), 1, pin(1));
            assertEquals(1, versions(process));
            Proposal done = people.custodians().approve(made.number(), made.digest(), 3, pin(3));
            assertEquals(ProposalState.DONE, done.state(), done.outcome());
            assertEquals(2, versions(process));
        }
    }

    private static long versions(VaultProcess process) {
        return process.vault().serviceFor(ServedVault.ADMIN).keys().stream()
                .filter(key -> key.usage() == KeyUsage.DPK)
                .count();
    }

    @Test
    void vault_of_a_ceremony_is_restored_by_its_shares_and_takes_no_order_while_it_waits() throws IOException {
        Path backup = folder.resolve("backup");
        Path restored = folder.resolve("restored");
        try (VaultProcess process = serve();
                KeyAdministration people = ServedVault.connect(folder)) {
            hold(people.ceremonies(), TWO_OF_THREE);
            VaultBackup.make(folder, backup, RandomSource.secure());
            assertEquals(VaultState.OPEN, process.vault().status().state());
        }
        List<Share> two = shares.subList(1, 3).stream().map(Share::parse).toList();
        VaultBackup.restore(backup, restored, two, RandomSource.secure());
        try (Vault vault = new VaultFolder(restored).open(RandomSource.secure(), Clock.systemUTC())) {
            KeyAdministration people = new VaultAdministration(vault, ServedVault.ADMIN);
            assertEquals(3, people.custodians().list().size());
            KeyOrder order = new KeyOrder.UnlockCustodian(1);
            for (Executable act : List.<Executable>of(
                    () -> people.custodians().propose("王芳", order),
                    () -> people.custodians().changePin(1, pin(1), secret("135792")),
                    () -> people.ceremonies().start(TWO_OF_THREE))) {
                KeyServiceException e = assertThrows(KeyServiceException.class, act);
                assertTrue(
                        List.of(KeyRefusal.RESTORED, KeyRefusal.CEREMONY_STEP).contains(e.reason()),
                        String.valueOf(e.getMessage()));
            }
        }
    }

    @Test
    void demo_has_custodians_whose_printed_pins_obey_the_same_rules() throws IOException {
        VaultProcess.Settings demo = new VaultProcess.Settings(folder, 0, true, List.of(), false);
        try (VaultProcess process = VaultProcess.start(demo, Clock.systemUTC(), RandomSource.secure());
                KeyAdministration people = ServedVault.connect(folder)) {
            List<String> lines = Files.readAllLines(folder.resolve("demo-custodians.txt"));
            assertEquals(4, people.custodians().list().size());
            String[] second = lines.get(1).split(" ");
            assertEquals(people.custodians().list().get(1).name(), second[2]);
            Proposal made = people.custodians().propose("演示", new KeyOrder.NewKeyVersion(KeyRef.of(KeyUsage.DTK, 2)));
            assertEquals(
                    KeyRefusal.WRONG_PIN,
                    assertThrows(
                                    KeyServiceException.class,
                                    () -> people.custodians().approve(made.number(), made.digest(), 2, pin(2)))
                            .reason());
            Proposal once = people.custodians().approve(made.number(), made.digest(), 2, secret(second[1]));
            assertEquals(List.of(2), once.approvers());
            assertEquals(VaultState.OPEN, process.vault().status().state());
            String kept = Hex.of(process.vault().content().note("custodians").orElseThrow());
            assertEquals(4, kept.split("00004c0002", -1).length - 1, "each PIN is kept at 19456 KiB and 2 passes");
        }
        assertTrue(Arrays.asList("rw-------").contains(mode("demo-custodians.txt")));
    }

    private String mode(String name) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
