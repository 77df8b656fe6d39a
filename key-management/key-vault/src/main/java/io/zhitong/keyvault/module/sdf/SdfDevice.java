package io.zhitong.keyvault.module.sdf;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleRefusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The open device and its sessions (密码设备): at most eight at a time, kept for the next caller, opened anew when one is lost.
 * Thread-safe.
 */
final class SdfDevice implements AutoCloseable {
    private static final int MOST_SESSIONS = 8;

    /** What a lost session may answer; everything asked of one can be asked again. */
    private static final Set<ModuleRefusal> WORTH_A_FRESH_SESSION =
            EnumSet.of(ModuleRefusal.DEVICE_LOST, ModuleRefusal.DEVICE_FAILED, ModuleRefusal.NO_SUCH_KEY);

    private final SdfLibrary library;
    private final SdfSettings settings;
    private final Semaphore permits = new Semaphore(MOST_SESSIONS, true);
    private final Deque<SdfSession> idle = new ArrayDeque<>();
    private Pointer device;
    private boolean closed;

    private SdfDevice(SdfLibrary library, SdfSettings settings) {
        this.library = library;
        this.settings = settings;
        this.device = openDevice();
    }

    /** Loads the library and opens its device. */
    static SdfDevice open(SdfSettings settings) {
        return new SdfDevice(load(settings), settings);
    }

    private static SdfLibrary load(SdfSettings settings) {
        String file = settings.library().toAbsolutePath().toString();
        try {
            NativeLibrary symbols = NativeLibrary.getInstance(file);
            List<String> missing = SdfLibrary.functions().stream()
                    .filter(name -> !SdfLibrary.has(symbols, name))
                    .toList();
            if (missing.isEmpty()) {
                return Native.load(file, SdfLibrary.class);
            }
            throw new ModuleException(ModuleRefusal.LIBRARY, "it has no " + String.join(", ", missing));
        } catch (UnsatisfiedLinkError e) {
            throw new ModuleException(ModuleRefusal.LIBRARY, "it does not load: see 'zt keys qualify --sdf FILE'", e);
        }
    }

    private Pointer openDevice() {
        PointerByReference opened = new PointerByReference();
        SdfCode.check("SDF_OpenDevice", library.SDF_OpenDevice(opened));
        return opened.getValue();
    }

    /** Does something in a session; once more in a fresh one when the session, or the device behind it, was lost. */
    <T> T run(Function<SdfSession, T> work) {
        permits.acquireUninterruptibly();
        try {
            SdfSession session = take();
            try {
                return finished(session, work.apply(session));
            } catch (ModuleException e) {
                session.close();
                if (!WORTH_A_FRESH_SESSION.contains(e.reason())) {
                    throw e;
                }
            } catch (RuntimeException e) {
                session.close();
                throw e;
            }
            return runFresh(work);
        } finally {
            permits.release();
        }
    }

    private <T> T runFresh(Function<SdfSession, T> work) {
        SdfSession session = openSession();
        try {
            return finished(session, work.apply(session));
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private <T> T finished(SdfSession session, T result) {
        session.forgetDestroyed();
        giveBack(session);
        return result;
    }

    private SdfSession take() {
        synchronized (idle) {
            SdfSession kept = idle.poll();
            if (kept != null) {
                return kept;
            }
        }
        return openSession();
    }

    private void giveBack(SdfSession session) {
        synchronized (idle) {
            if (!closed) {
                idle.push(session);
                return;
            }
        }
        session.close();
    }

    private synchronized SdfSession openSession() {
        PointerByReference opened = new PointerByReference();
        if (library.SDF_OpenSession(device, opened) != SdfCode.OK.code()) {
            library.SDF_CloseDevice(device);
            device = openDevice();
            SdfCode.check("SDF_OpenSession", library.SDF_OpenSession(device, opened));
        }
        return new SdfSession(library, settings, opened.getValue());
    }

    /** Destroys the handles of destroyed keys in sessions at rest; those at work do it when they are done. */
    void forgetDestroyed() {
        synchronized (idle) {
            idle.removeIf(session -> !forgot(session));
        }
    }

    /** See {@link SdfModule#loseSessions()}. */
    void loseSessions() {
        synchronized (idle) {
            idle.forEach(SdfSession::lose);
        }
    }

    private static boolean forgot(SdfSession session) {
        try {
            session.forgetDestroyed();
            return true;
        } catch (ModuleException e) {
            session.close();
            return false;
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(SdfSession::close);
            idle.clear();
        }
        synchronized (this) {
            library.SDF_CloseDevice(device);
        }
    }
}
