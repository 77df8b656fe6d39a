package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight connections for however many callers, held up one by one. */
@Timeout(60)
class ConnectionsTest {

    private static final byte[] EMPTY_LIST = Hex.parse("000000");

    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore answers = new Semaphore(0);
    private final ExecutorService callers = Executors.newFixedThreadPool(12);
    private final TestPeer peer;
    private final RemoteKeyService keys;

    ConnectionsTest() throws IOException {
        peer = TestPeer.answering(request -> {
            arrived.release();
            answers.acquireUninterruptibly();
            return EMPTY_LIST;
        });
        keys = peer.client(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() throws IOException {
        answers.release(1_000);
        callers.shutdownNow();
        keys.close();
        peer.close();
    }

    private List<Future<List<Revocation>>> ask(int count) {
        List<Future<List<Revocation>>> asking = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asking.add(callers.submit(keys::revocations));
        }
        return asking;
    }

    private void awaitArrived(int count) throws InterruptedException {
        assertTrue(arrived.tryAcquire(count, 20, TimeUnit.SECONDS));
    }

    @Test
    void ninth_question_is_sent_when_one_of_the_eight_before_it_was_answered() throws Exception {
        List<Future<List<Revocation>>> asking = ask(9);
        awaitArrived(8);
        assertFalse(arrived.tryAcquire(), "nine questions on eight connections");
        answers.release();
        awaitArrived(1);
        answers.release(8);
        for (Future<List<Revocation>> one : asking) {
            assertEquals(List.of(), one.get(20, TimeUnit.SECONDS));
        }
        assertTrue(peer.connections() <= 8, "connections: " + peer.connections());
    }

    @Test
    void caller_that_is_interrupted_while_all_are_busy_stays_interrupted_and_takes_no_place() throws Exception {
        List<Future<List<Revocation>>> asking = ask(8);
        awaitArrived(8);
        AtomicBoolean interrupted = new AtomicBoolean();
        CompletableFuture<KeyRefusal> refusal = new CompletableFuture<>();
        Thread ninth = new Thread(() -> {
            try {
                keys.revocations();
            } catch (KeyServiceException e) {
                interrupted.set(Thread.currentThread().isInterrupted());
                refusal.complete(e.reason());
            }
        });
        ninth.start();
        ninth.interrupt();
        assertEquals(KeyRefusal.UNAVAILABLE, refusal.get(20, TimeUnit.SECONDS));
        assertTrue(interrupted.get());
        answers.release(9);
        for (Future<List<Revocation>> one : asking) {
            one.get(20, TimeUnit.SECONDS);
        }
        assertEquals(List.of(), keys.revocations(), "all eight places are there again");
    }

    @Test
    void question_under_way_at_the_close_is_answered_and_the_next_is_refused() throws Exception {
        List<Future<List<Revocation>>> asking = ask(1);
        awaitArrived(1);
        keys.close();
        answers.release();
        assertEquals(List.of(), asking.get(0).get(20, TimeUnit.SECONDS));
        KeyServiceException closed = assertThrows(KeyServiceException.class, keys::revocations);
        assertEquals(KeyRefusal.UNAVAILABLE, closed.reason());
        assertTrue(String.valueOf(closed.getMessage()).contains("closed"));
    }

    @Test
    void question_whose_connection_breaks_on_the_way_is_unavailable_and_not_asked_for_ever() throws Exception {
        List<Future<List<Revocation>>> asking = ask(1);
        awaitArrived(1);
        peer.hangUp();
        ExecutionException broken =
                assertThrows(ExecutionException.class, () -> asking.get(0).get(20, TimeUnit.SECONDS));
        assertEquals(
                KeyRefusal.UNAVAILABLE,
                assertInstanceOf(KeyServiceException.class, broken.getCause()).reason());
        answers.release(2);
        assertEquals(List.of(), keys.revocations());
    }

    /** Somebody else listens on the vault's port: no question is sent to him, and the message says who it was. */
    @Test
    void vault_of_another_authority_gets_no_question() {
        Instant now = Instant.now();
        MachineAuthority other = MachineAuthority.create(
                MachineProfile.SM2,
                MachineKeys.generate(MachineProfile.SM2),
                "test",
                now.minusSeconds(60),
                now.plusSeconds(600));
        MachineTls pinned =
                MachineTls.client(MachineProfile.SM2, PeerPolicy.of(other.certificate(), MachineRole.VAULT));
        try (RemoteKeyService stranger = peer.client(pinned, Duration.ofSeconds(10))) {
            KeyServiceException refused = assertThrows(KeyServiceException.class, stranger::revocations);
            assertEquals(KeyRefusal.UNAVAILABLE, refused.reason());
            assertTrue(String.valueOf(refused.getMessage()).contains("not our vault"), refused.getMessage());
        }
        assertEquals(0, arrived.availablePermits());
    }
}
