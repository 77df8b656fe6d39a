package io.zhitong.cardreaders;

import java.time.Duration;
import java.util.List;

/**
 * A reader of the system's PC/SC service (PC/SC 读卡器), by JNA on libpcsclite.
 *
 * <p>A card on it is used exclusively. Survives a restart of pcscd: the call that meets it fails, the next one works.
 */
public final class PcscReader implements CardReader {
    private final PcscContext context = new PcscContext();
    private final String name;

    private PcscReader(String name) {
        this.name = name;
    }

    /** A reader by the name pcscd gives it; nothing is asked of the daemon yet. */
    public static PcscReader named(String name) {
        return new PcscReader(name);
    }

    /**
     * The readers there are now.
     *
     * @throws io.zhitong.cardspec.CardException when pcscd does not run
     */
    public static List<String> names() {
        try (var context = new PcscContext()) {
            return context.readers();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean cardPresent() {
        return context.awaitChange(name, true, Duration.ZERO);
    }

    @Override
    public boolean awaitChange(boolean known, Duration timeout) {
        return context.awaitChange(name, known, timeout);
    }

    @Override
    public CardSession connect() {
        return context.connect(name);
    }

    @Override
    public void close() {
        context.close();
    }
}
