package io.zhitong.link;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Pictures in memory, of a device and of a backend that can be held before each part. */
final class MemoryPictures implements BlobSource, BlobKeeper {

    final Deque<byte[]> waiting = new ConcurrentLinkedDeque<>();
    final List<Octets> stored = new CopyOnWriteArrayList<>();
    final List<BlobRefusal> refusals = new CopyOnWriteArrayList<>();
    final Map<Octets, ByteArrayOutputStream> kept = new ConcurrentHashMap<>();
    final AtomicLong appended = new AtomicLong();
    final Semaphore disk = new Semaphore(1_000_000);
    volatile Optional<BlobRefusal> full = Optional.empty();
    /** What the next picture is called, if not by its content. */
    volatile Optional<Octets> misnomer = Optional.empty();

    static byte[] picture(int length, long seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    static Octets name(byte[] content) {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Octets called(byte[] content) {
        return misnomer.orElseGet(() -> name(content));
    }

    @Override
    public Optional<Blob> next() {
        return Optional.ofNullable(waiting.peek()).map(content -> new Blob(called(content), content.length));
    }

    @Override
    public byte[] read(Blob blob, int from, int length) {
        return Arrays.copyOfRange(waiting.getFirst(), from, from + length);
    }

    @Override
    public void stored(Octets name) {
        waiting.remove();
        stored.add(name);
    }

    @Override
    public void refused(Octets name, BlobRefusal reason) {
        refusals.add(reason);
        if (reason == BlobRefusal.OTHER_CONTENT || reason == BlobRefusal.TOO_LARGE) {
            waiting.remove();
            misnomer = Optional.empty();
        }
    }

    @Override
    public int offered(DeviceAddress device, Blob blob) {
        full.ifPresent(reason -> {
            throw new BlobRefusedException(reason);
        });
        return kept.computeIfAbsent(blob.name(), name -> new ByteArrayOutputStream())
                .size();
    }

    @Override
    public int append(DeviceAddress device, Blob blob, int from, byte[] data) {
        try {
            if (!disk.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("disk not released");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return appended(blob, from, data);
    }

    private synchronized int appended(Blob blob, int from, byte[] data) {
        ByteArrayOutputStream content = kept.getOrDefault(blob.name(), new ByteArrayOutputStream());
        if (content.size() != from) {
            return content.size();
        }
        content.writeBytes(data);
        appended.addAndGet(data.length);
        if (content.size() == blob.length() && !name(content.toByteArray()).equals(blob.name())) {
            kept.remove(blob.name());
            throw new BlobRefusedException(BlobRefusal.OTHER_CONTENT);
        }
        return content.size();
    }
}
