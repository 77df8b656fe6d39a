package io.zhitong.cardreaders;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.ptr.NativeLongByReference;
import io.zhitong.cardspec.CardException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to pcscd that survives the daemon's restart: a call that finds the context dead drops it, and the next
 * call asks for a new one. (Java's own smart card classes never recover from that.) Not for concurrent use.
 */
final class PcscContext implements AutoCloseable {
    private @Nullable NativeLong context;

    /** The names of the readers pcscd knows now. */
    List<String> readers() {
        var length = new NativeLongByReference(new NativeLong(0));
        int code = code(PcscLite.LIBRARY.SCardListReaders(context(), null, null, length));
        if (code == PcscLite.NO_READERS) {
            return List.of();
        }
        check(code);
        byte[] names = new byte[length.getValue().intValue()];
        check(code(PcscLite.LIBRARY.SCardListReaders(context(), null, names, length)));
        return split(names);
    }

    private static List<String> split(byte[] multiString) {
        List<String> list = new ArrayList<>();
        for (String name : new String(multiString, StandardCharsets.UTF_8).split("\0")) {
            if (!name.isEmpty()) {
                list.add(name);
            }
        }
        return list;
    }

    /** Waits until presence differs from {@code known}; answers presence at the end. */
    boolean awaitChange(String reader, boolean known, Duration timeout) {
        long pointer = Native.POINTER_SIZE;
        long word = Native.LONG_SIZE;
        try (var name = nulTerminated(reader);
                var state = new Memory(2 * pointer + 3 * word + 40)) {
            state.clear();
            state.setPointer(0, name);
            state.setNativeLong(2 * pointer, new NativeLong(known ? PcscLite.STATE_PRESENT : PcscLite.STATE_EMPTY));
            int code = code(PcscLite.LIBRARY.SCardGetStatusChange(
                    context(), new NativeLong(timeout.toMillis()), state, new NativeLong(1)));
            if (code != PcscLite.TIMEOUT) {
                check(code);
            }
            long now = state.getNativeLong(2 * pointer + word).longValue();
            return code == PcscLite.TIMEOUT && now == 0 ? known : (now & PcscLite.STATE_PRESENT) != 0;
        }
    }

    private static Memory nulTerminated(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var memory = new Memory(bytes.length + 1L);
        memory.clear();
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    PcscSession connect(String reader) {
        var card = new NativeLongByReference();
        var protocol = new NativeLongByReference();
        check(code(PcscLite.LIBRARY.SCardConnect(
                context(),
                reader,
                new NativeLong(PcscLite.SHARE_EXCLUSIVE),
                new NativeLong(PcscLite.PROTOCOL_T0_OR_T1),
                card,
                protocol)));
        return new PcscSession(this, card.getValue(), protocol.getValue().intValue());
    }

    /** Throws for every code but success; a dead context is forgotten. */
    void check(int code) {
        switch (code) {
            case PcscLite.OK -> {}
            case PcscLite.NO_CARD, PcscLite.REMOVED_CARD, PcscLite.RESET_CARD, PcscLite.UNRESPONSIVE_CARD ->
                throw new CardException(CardException.Reason.REMOVED, "card left the reader" + hex(code));
            default -> {
                close();
                throw new CardException(
                        CardException.Reason.READER_FAILED, "pcscd or reader not available" + hex(code));
            }
        }
    }

    private static String hex(int code) {
        return " (PC/SC " + Integer.toHexString(code).toUpperCase(java.util.Locale.ROOT) + ")";
    }

    static int code(NativeLong value) {
        return (int) value.longValue();
    }

    private NativeLong context() {
        NativeLong known = context;
        if (known == null) {
            var fresh = new NativeLongByReference();
            check(code(
                    PcscLite.LIBRARY.SCardEstablishContext(new NativeLong(PcscLite.SCOPE_SYSTEM), null, null, fresh)));
            known = fresh.getValue();
            context = known;
        }
        return known;
    }

    @Override
    public void close() {
        NativeLong known = context;
        context = null;
        if (known != null) {
            PcscLite.LIBRARY.SCardReleaseContext(known);
        }
    }
}
