package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.Proposal;
import io.zhitong.keyapi.ProposalState;
import io.zhitong.keyapi.RemoteKeyService;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The vault's process is killed at any moment of a second approval: the order is done once or, unapproved, not at all. */
@Timeout(180)
class ApprovedOnceTest {
    @TempDir
    Path folder;

    private Optional<MachineIdentity> backend = Optional.empty();
    private Optional<VaultChild> running = Optional.empty();

    /** When the process is killed: once this compartment has been written so many times by the second approval. */
    private record Moment(String compartment, int writes, Optional<ProposalState> mayBe) {}

    @Test
    void vault_killed_while_the_second_custodian_approves_has_done_the_order_once_or_still_waits()
            throws IOException, InterruptedException {
        int version = 1;
        VaultChild child = started();
        for (Moment moment : List.of(
                new Moment("op", 0, Optional.of(ProposalState.WAITING)),
                new Moment("op", 2, Optional.empty()),
                new Moment("op", 3, Optional.empty()),
                new Moment("store", 1, Optional.of(ProposalState.DONE)),
                new Moment("op", 4, Optional.of(ProposalState.DONE)))) {
            Proposal made = approvedOnceAndKilled(child, version + 1, moment);
            child = started();
            try (RemoteKeyService keys = keys(child);
                    KeyAdministration people = ServedVault.connect(folder)) {
                Proposal now = found(people, made);
                long versions = keys.keys().stream()
                        .filter(key -> key.usage() == KeyUsage.DTK)
                        .count();
                boolean done = now.state() == ProposalState.DONE;
                assertTrue(done || now.state() == ProposalState.WAITING, now.state() + " at " + moment);
                moment.mayBe().ifPresent(expected -> assertEquals(expected, now.state(), moment.toString()));
                version += done ? 1 : 0;
                assertEquals(version, versions, moment + ": " + now.outcome());
                if (!done) {
                    people.custodians().withdraw(made.number(), 3, pin(3));
                }
            }
        }
    }

    /** What opens after one cut is the vault of the next. */
    private VaultChild started() throws IOException {
        running = Optional.of(VaultChild.start(folder, "--demo"));
        return running.get();
    }

    @AfterEach
    void end() {
        running.ifPresent(VaultChild::close);
    }

    private RemoteKeyService keys(VaultChild child) throws IOException {
        if (backend.isEmpty()) {
            backend = Optional.of(child.enrolBackend());
        }
        return child.client(backend.get());
    }

    private Proposal approvedOnceAndKilled(VaultChild child, int version, Moment moment)
            throws IOException, InterruptedException {
        child.address();
        try (KeyAdministration people = ServedVault.connect(folder)) {
            KeyOrder order = new KeyOrder.NewKeyVersion(KeyRef.of(KeyUsage.DTK, version));
            Proposal made = people.custodians().propose("王芳", order);
            people.custodians().approve(made.number(), made.digest(), 1, pin(1));
            long from = generation(moment.compartment());
            CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> secondApproval(people, made));
            while (generation(moment.compartment()) < from + moment.writes()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            child.kill();
            second.join();
            return made;
        }
    }

    /** The newer generation on disk, from the clear head: 'ZTV2' ‖ flags 1 ‖ generation 8. */
    private long generation(String compartment) throws IOException {
        long newest = 0;
        for (int slot = 0; slot < 2; slot++) {
            Path file = folder.resolve(compartment + "." + slot);
            if (Files.exists(file)) {
                newest = Math.max(
                        newest, ByteBuffer.wrap(Files.readAllBytes(file)).getLong(5));
            }
        }
        return newest;
    }

    private String secondApproval(KeyAdministration people, Proposal made) {
        try (SecretBytes pin = pin(2)) {
            return people.custodians()
                    .approve(made.number(), made.digest(), 2, pin)
                    .state()
                    .english();
        } catch (KeyServiceException e) {
            return e.reason().english();
        }
    }

    private static Proposal found(KeyAdministration people, Proposal made) {
        return people.custodians().proposals().stream()
                .filter(each -> each.name().equals(made.name()))
                .findFirst()
                .orElseThrow();
    }

    private SecretBytes pin(int custodian) {
        try {
            String line =
                    Files.readAllLines(folder.resolve("demo-custodians.txt")).get(custodian - 1);
            return SecretBytes.takeOver(line.split(" ")[1].getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
