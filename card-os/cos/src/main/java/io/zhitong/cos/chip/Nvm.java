package io.zhitong.cos.chip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;

/**
 * Non-volatile memory of a card chip (非易失存储器) with program and erase units, erase counters and a hook for power cuts.
 *
 * <p>{@link #erase} sets a unit to FF, {@link #program} fills an erased one. Each of the two is one operation; a planned
 * {@link PowerCut} ends inside one of them with {@link PowerLoss}. After {@link TornContent#RANDOM} the unit reads
 * differently at the next two resets, unless it is written before.
 *
 * <p>The image is one buffer, in memory or a mapped file: {@code 'ZTNV' ‖ layout 03 ‖ unit 1 ‖ 0000 ‖ size 4 ‖ endurance
 * 4 ‖ weak unit 4 (FFFFFFFF none) ‖ resets left 4 ‖ fuses 12 ‖ blown 1}, zeros to 64, then the memory, then one erase counter of 4 bytes a
 * unit. A mapped file keeps every finished operation when the process is killed. Not thread-safe.
 */
public final class Nvm {
    private static final int HEADER = 64;
    private static final byte LAYOUT = 3;
    private static final int FUSES = 24;
    private static final int BLOWN = 36;
    private static final byte YES = 1;
    private static final int MAGIC = 0x5A544E56;
    private static final int WEAK_UNIT = 16;
    private static final int WEAK_RESETS = 20;
    private static final int NONE = -1;
    private static final byte ERASED = (byte) 0xFF;

    private final ByteBuffer image;
    private final NvmGeometry geometry;
    private final Random noise = new Random(0x5EED);
    private int operations;
    private int cutAt = NONE;
    private TornContent cutContent = TornContent.OLD;
    private boolean dead;

    private Nvm(ByteBuffer image, NvmGeometry geometry) {
        this.image = image;
        this.geometry = geometry;
    }

    /** A fresh, erased memory that lives in this process. */
    public static Nvm inMemory(NvmGeometry geometry) {
        return format(ByteBuffer.allocate(imageLength(geometry)), geometry);
    }

    /**
     * A fresh, erased memory in a new file.
     *
     * @throws IOException if the file exists or cannot be made
     */
    public static Nvm create(Path file, NvmGeometry geometry) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return format(channel.map(FileChannel.MapMode.READ_WRITE, 0, imageLength(geometry)), geometry);
        }
    }

    /**
     * The memory kept in a file.
     *
     * @throws IOException if the file cannot be read or is no memory of a card
     */
    public static Nvm open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < HEADER || channel.size() > imageLength(new NvmGeometry(65536, 1, 1))) {
                throw new IOException("expected the memory of a card in " + file + ", found another file");
            }
            ByteBuffer image = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            return new Nvm(image, geometryOf(image, file));
        }
    }

    private static NvmGeometry geometryOf(ByteBuffer image, Path file) throws IOException {
        try {
            NvmGeometry geometry = new NvmGeometry(image.getInt(8), image.get(5), image.getInt(12));
            if (image.getInt(0) == MAGIC && image.get(4) == LAYOUT && image.capacity() == imageLength(geometry)) {
                return geometry;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("expected the memory of a card in " + file + ": " + e.getMessage(), e);
        }
        throw new IOException("expected the memory of a card in " + file + ", found another file");
    }

    private static Nvm format(ByteBuffer image, NvmGeometry geometry) {
        image.putInt(0, MAGIC).put(4, LAYOUT).put(5, (byte) geometry.unit());
        image.putInt(8, geometry.size()).putInt(12, geometry.endurance()).putInt(WEAK_UNIT, NONE);
        for (int i = 0; i < geometry.size(); i++) {
            image.put(HEADER + i, ERASED);
        }
        return new Nvm(image, geometry);
    }

    private static int imageLength(NvmGeometry geometry) {
        return HEADER + geometry.size() + 4 * geometry.units();
    }

    /** A copy in memory, with the same content, counters and weak unit, and no power cut planned. */
    public Nvm copy() {
        ByteBuffer twin = ByteBuffer.allocate(image.capacity());
        twin.duplicate().put(image.duplicate());
        return new Nvm(twin, geometry);
    }

    /** Size, unit and endurance. */
    public NvmGeometry geometry() {
        return geometry;
    }

    /**
     * Writes the chip's twelve bytes of identity, once in its life; no card command leads here.
     *
     * @throws IllegalStateException if they are written already
     */
    public void fuse(byte[] identity12) {
        if (image.get(BLOWN) == YES || identity12.length != BLOWN - FUSES) {
            throw new IllegalStateException("expected twelve bytes for a chip that has no identity yet");
        }
        for (int i = 0; i < identity12.length; i++) {
            image.put(FUSES + i, identity12[i]);
        }
        image.put(BLOWN, YES);
    }

    /** The chip's twelve bytes of identity, zeros before they are written. */
    public byte[] fused() {
        byte[] out = new byte[BLOWN - FUSES];
        for (int i = 0; i < out.length; i++) {
            out[i] = image.get(FUSES + i);
        }
        return out;
    }

    /** Bytes from an address. */
    public byte[] read(int address, int length) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = image.get(HEADER + address + i);
        }
        return out;
    }

    /** Sets one unit to FF and counts it. */
    public void erase(int unit) {
        int counter = HEADER + geometry.size() + 4 * unit;
        if (image.getInt(counter) >= geometry.endurance()) {
            throw new WornOut(unit, geometry.endurance());
        }
        byte[] empty = new byte[geometry.unit()];
        Arrays.fill(empty, ERASED);
        operation(unit, empty);
        image.putInt(counter, image.getInt(counter) + 1);
    }

    /** Fills one erased unit; content has a unit's length. */
    public void program(int unit, byte[] content) {
        if (content.length != geometry.unit() || !isErased(unit)) {
            throw new IllegalStateException("expected a whole erased unit to program, unit " + unit + " is not");
        }
        operation(unit, content);
    }

    /** Whether the unit reads FF throughout. */
    public boolean isErased(int unit) {
        for (int i = 0; i < geometry.unit(); i++) {
            if (image.get(address(unit) + i) != ERASED) {
                return false;
            }
        }
        return true;
    }

    /** How often the unit was erased. */
    public int wear(int unit) {
        return image.getInt(HEADER + geometry.size() + 4 * unit);
    }

    /** Program and erase operations begun since this object was made. */
    public int operations() {
        return operations;
    }

    /** Plans the loss of power; a plan made before is replaced. */
    public void cutPower(PowerCut cut) {
        cutAt = operations + cut.operation();
        cutContent = cut.content();
    }

    /** Forgets a planned loss of power that has not come. */
    public void keepPower() {
        cutAt = NONE;
    }

    /** Power comes back: a unit still weak from a cut reads anew. A cut planned meanwhile may hit the recovery. */
    public void powerUp() {
        dead = false;
        int weak = image.getInt(WEAK_UNIT);
        int left = image.getInt(WEAK_RESETS);
        if (weak != NONE && left > 0) {
            put(weak, anyContent(read(weak * geometry.unit(), geometry.unit())));
            image.putInt(WEAK_RESETS, left - 1);
        }
        if (left <= 1) {
            image.putInt(WEAK_UNIT, NONE);
        }
    }

    /** @throws PowerLoss if power was cut and has not come back */
    public void requirePower() {
        if (dead) {
            throw new PowerLoss();
        }
    }

    private void operation(int unit, byte[] content) {
        requirePower();
        operations++;
        if (operations == cutAt) {
            tear(unit, content);
        }
        put(unit, content);
        if (image.getInt(WEAK_UNIT) == unit) {
            image.putInt(WEAK_UNIT, NONE);
        }
    }

    private void tear(int unit, byte[] content) {
        dead = true;
        cutAt = NONE;
        switch (cutContent) {
            case OLD -> {}
            case NEW -> put(unit, content);
            case ERASED -> put(unit, filled(ERASED));
            case RANDOM -> {
                put(unit, anyContent(content));
                image.putInt(WEAK_UNIT, unit).putInt(WEAK_RESETS, 2);
            }
        }
        throw new PowerLoss();
    }

    /** Noise, the content given, or nothing: a weak cell may look like any of them. */
    private byte[] anyContent(byte[] candidate) {
        byte[] random = new byte[geometry.unit()];
        noise.nextBytes(random);
        return switch (noise.nextInt(4)) {
            case 0 -> candidate;
            case 1 -> filled(ERASED);
            default -> random;
        };
    }

    private byte[] filled(byte value) {
        byte[] out = new byte[geometry.unit()];
        Arrays.fill(out, value);
        return out;
    }

    private void put(int unit, byte[] content) {
        for (int i = 0; i < content.length; i++) {
            image.put(address(unit) + i, content[i]);
        }
    }

    private int address(int unit) {
        return HEADER + unit * geometry.unit();
    }
}
