package io.zhitong.keyvault.block;

import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Card key sets for a whole delivery (整批卡密钥组): {@link KeySets} on several threads, written in the order of the cards. The
 * fill of the blocks is SM4-CTR under a key drawn for each five hundred cards, because the system's generator is slower than
 * the blocks are. One caller at a time; keys lie here until {@link #close}.
 */
public final class KeySetRun implements AutoCloseable {
    private static final int FACTOR = 8;
    private static final int BLOCK = 16;

    /** Cards a thread takes at once. */
    static final int CHUNK = 500;

    private final RandomSource random;
    private final ExecutorService threads;
    private final List<Worker> workers = new ArrayList<>();
    private final Deque<Worker> idle = new ArrayDeque<>();

    /**
     * @param keys what each card gets, in this order
     * @param protection key of the blocks, 16 bytes, which stays the caller's
     * @param threads at least 1; best the number of cores
     */
    public KeySetRun(List<KeySetLine> keys, SecretBytes protection, RandomSource random, int threads) {
        this.random = random;
        this.threads = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < 2 * threads; i++) {
            workers.add(new Worker(new KeySets(keys, protection)));
        }
        idle.addAll(workers);
    }

    /** Characters of one card's set. */
    public int length() {
        return workers.get(0).sets.length();
    }

    /**
     * Writes the sets of all cards, one after the other without separators.
     *
     * @param cards last factors, 8 bytes each
     * @throws IOException from the stream; the run is then to be closed
     */
    public void write(byte[] cards, OutputStream out) throws IOException {
        if (cards.length % FACTOR != 0) {
            throw new IllegalArgumentException("expected whole factors of 8 bytes, came " + cards.length + " bytes");
        }
        Deque<Future<Worker>> running = new ArrayDeque<>();
        for (int at = 0; at < cards.length; at += CHUNK * FACTOR) {
            if (idle.isEmpty()) {
                finish(running.removeFirst(), out);
            }
            byte[] some = Arrays.copyOfRange(cards, at, Math.min(cards.length, at + CHUNK * FACTOR));
            Worker worker = idle.removeFirst();
            running.addLast(threads.submit(() -> worker.seal(some)));
        }
        while (!running.isEmpty()) {
            finish(running.removeFirst(), out);
        }
    }

    private void finish(Future<Worker> running, OutputStream out) throws IOException {
        try {
            Worker done = running.get();
            out.write(done.out, 0, done.written);
            idle.addLast(done);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while key sets were made");
        } catch (ExecutionException e) {
            throw new IllegalStateException("key sets could not be made", e.getCause());
        }
    }

    /** Ends the threads and drops the keys. */
    @Override
    public void close() {
        threads.shutdownNow();
        workers.forEach(worker -> worker.sets.close());
        workers.clear();
        idle.clear();
    }

    /** The buffers of one chunk on its way. */
    private final class Worker {
        private final KeySets sets;
        private final byte[] zeros;
        private final byte[] out;
        private int written;

        Worker(KeySets sets) {
            this.sets = sets;
            zeros = new byte[CHUNK * sets.fill()];
            out = new byte[CHUNK * sets.length()];
        }

        Worker seal(byte[] cards) {
            byte[] key = random.bytes(BLOCK);
            sets.seal(cards, Sm4.ctr(key, random.bytes(BLOCK), zeros), out);
            Arrays.fill(key, (byte) 0);
            written = cards.length / FACTOR * sets.length();
            return this;
        }
    }
}
