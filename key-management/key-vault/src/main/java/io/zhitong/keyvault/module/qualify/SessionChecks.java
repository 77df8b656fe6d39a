package io.zhitong.keyvault.module.qualify;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.zhitong.keyvault.module.sdf.NativeBytes;
import io.zhitong.keyvault.module.sdf.SdfCode;
import io.zhitong.keyvault.module.sdf.SdfLibrary;
import io.zhitong.keyvault.module.sdf.SdfRecovery;
import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm4Cipher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sessions: their number, their end, many at once (会话). */
final class SessionChecks {
    private static final int MANY = 32;
    private static final int CALLS = 500;
    private static final int THREADS = 8;
    private static final int ROUNDS = 40;

    private SessionChecks() {}

    static void sessions(Probe probe) {
        List<Pointer> open = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            open.clear();
            for (int i = 0; i < MANY; i++) {
                open.add(probe.session());
            }
            long different = open.stream().distinct().count();
            probe.expect(different == MANY, MANY + " different sessions", different + " different");
            open.forEach(probe::endSession);
        }
        NativeBytes out = probe.room(16);
        int after = probe.library().SDF_GenerateRandom(open.get(0), 16, out.at());
        probe.expect(after != SdfCode.OK.code(), "an error in a closed session", SdfCode.words(after));
    }

    static void keysEnd(Probe probe) {
        Pointer first = probe.authorised();
        Pointer key = probe.key(first, RandomSource.secure().bytes(16));
        probe.endSession(first);
        Probe.Answer answer = probe.call(
                probe.library()::SDF_Encrypt, probe.session(), key, SdfLibrary.SM4_ECB, new byte[0], new byte[16]);
        probe.expect(
                answer.code() != SdfCode.OK.code(), "an error with a key of a closed session", "the key still works");
    }

    static void endurance(Probe probe) {
        Pointer session = probe.session();
        NativeBytes out = probe.room(16);
        for (int i = 1; i <= CALLS; i++) {
            int code = probe.library().SDF_GenerateRandom(session, 16, out.at());
            if (code != SdfCode.OK.code()) {
                probe.deviation("a session serves " + CALLS + " calls", "call " + i + ": " + SdfCode.words(code));
                return;
            }
        }
    }

    static void concurrency(Probe probe) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                byte[] clear = RandomSource.secure().bytes(16);
                Pointer session = probe.authorised();
                Pointer key = probe.key(session, clear);
                wrong.add(threads.submit(() -> wrongMacs(probe.library(), session, key, clear)));
            }
            int sum = 0;
            for (Future<Integer> each : wrong) {
                sum += each.get();
            }
            probe.expect(sum == 0, "right MACs from " + THREADS + " threads", sum + " wrong of " + THREADS * ROUNDS);
        } catch (ExecutionException e) {
            probe.deviation("right MACs from " + THREADS + " threads", String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private static int wrongMacs(SdfLibrary library, Pointer session, Pointer key, byte[] clear) {
        int wrong = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] data = RandomSource.secure().bytes(64);
            byte[] expected = BlockModes.cbcMac(new Sm4Cipher(clear), new byte[16], data);
            IntByReference length = new IntByReference(16);
            try (NativeBytes iv = NativeBytes.sized(16);
                    NativeBytes in = NativeBytes.of(data);
                    NativeBytes out = NativeBytes.sized(16)) {
                int code = library.SDF_CalculateMAC(
                        session, key, SdfLibrary.SM4_MAC, iv.at(), in.at(), data.length, out.at(), length);
                wrong += code == SdfCode.OK.code() && Arrays.equals(expected, out.all()) ? 0 : 1;
            }
        }
        return wrong;
    }

    /** The vault's own module on this library: its sessions are closed behind its back. */
    static void reopen(Probe probe) {
        SdfRecovery.finding(probe.settings())
                .ifPresent(finding -> probe.deviation("the same answer after the sessions were lost", finding));
    }
}
