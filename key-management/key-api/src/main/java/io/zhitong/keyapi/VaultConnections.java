package io.zhitong.keyapi;

import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerRefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** At most eight connections to the vault; opened when needed, kept while they work. Thread-safe. */
final class VaultConnections implements AutoCloseable {
    private static final int MOST = 8;

    private final InetSocketAddress address;
    private final Supplier<MachineTls> tls;
    private final Duration timeout;
    private final Semaphore permits = new Semaphore(MOST, true);
    private final Deque<VaultConnection> idle = new ArrayDeque<>();
    private boolean closed;

    VaultConnections(InetSocketAddress address, Supplier<MachineTls> tls, Duration timeout) {
        this.address = address;
        this.tls = tls;
        this.timeout = timeout;
    }

    /** Sends a request and answers the answer's content, on a fresh connection if a kept one has died. */
    byte[] exchange(WireOp op, byte[] request) {
        acquire();
        try {
            VaultConnection kept = takeIdle();
            if (kept != null) {
                try {
                    return over(kept, request);
                } catch (IOException e) {
                    if (!op.repeatable() || e instanceof SocketTimeoutException) {
                        throw e;
                    }
                }
            }
            return over(new VaultConnection(tls.get().connect(address, timeout)), request);
        } catch (IOException e) {
            throw unavailable(e);
        } finally {
            permits.release();
        }
    }

    private byte[] over(VaultConnection connection, byte[] request) throws IOException {
        boolean done = false;
        try {
            byte[] answer = connection.exchange(request);
            done = true;
            return answer;
        } finally {
            if (done) {
                keep(connection);
            } else {
                connection.close();
            }
        }
    }

    private void acquire() {
        try {
            if (!permits.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new KeyServiceException(KeyRefusal.UNAVAILABLE, "all connections are busy: try later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyServiceException(KeyRefusal.UNAVAILABLE, "interrupted while waiting for a connection", e);
        }
    }

    private synchronized @Nullable VaultConnection takeIdle() {
        if (closed) {
            throw new KeyServiceException(KeyRefusal.UNAVAILABLE, "this client was closed");
        }
        return idle.pollFirst();
    }

    private synchronized void keep(VaultConnection connection) throws IOException {
        if (closed) {
            connection.close();
        } else {
            idle.addFirst(connection);
        }
    }

    private KeyServiceException unavailable(IOException e) {
        String why = PeerRefusedException.reasonOf(e)
                .map(refusal -> "whoever answers there is not our vault (" + refusal.english() + ")")
                .orElse("no answer at " + address + " within " + timeout.toMillis()
                        + " ms, or it refused our certificate");
        return new KeyServiceException(KeyRefusal.UNAVAILABLE, why, e);
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (VaultConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (IOException e) {
                // Nothing is lost: every answer was read before a connection became idle.
                continue;
            }
        }
    }
}
