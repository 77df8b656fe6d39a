package io.zhitong.keyvault.module.qualify;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.zhitong.keyvault.module.sdf.SdfCode;
import io.zhitong.keyvault.module.sdf.SdfLibrary;
import io.zhitong.keyvault.module.sdf.SdfSettings;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The process that calls a foreign library (子进程), so that a crash ends it and not the command. Arguments: library, file of
 * the password or {@code -}, index of the key pair, index of the KEK, names of the checks.
 */
public final class QualifyChild {
    private static final int FIRST_CHECK = 4;

    private final PrintStream out;
    private final SdfSettings settings;

    private QualifyChild(PrintStream out, SdfSettings settings) {
        this.out = out;
        this.settings = settings;
    }

    public static void main(String[] arguments) throws IOException {
        SecretBytes pin = SecretBytes.takeOver(pin(arguments[1]));
        var settings = new SdfSettings(
                Path.of(arguments[0]), pin, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        new QualifyChild(out, settings).run(Arrays.copyOfRange(arguments, FIRST_CHECK, arguments.length));
        // A library may leave threads behind that would keep the process alive.
        Runtime.getRuntime().halt(0);
    }

    /** The file's text without the end of its line. */
    private static byte[] pin(String file) throws IOException {
        return "-".equals(file)
                ? new byte[0]
                : Files.readString(Path.of(file)).strip().getBytes(StandardCharsets.UTF_8);
    }

    private void run(String[] checks) {
        String file = settings.library().toAbsolutePath().toString();
        try {
            NativeLibrary symbols = NativeLibrary.getInstance(file);
            SdfLibrary library = Native.load(file, SdfLibrary.class);
            PointerByReference device = new PointerByReference();
            int code = library.SDF_OpenDevice(device);
            if (code != SdfCode.OK.code()) {
                say(ChildLine.Word.UNUSABLE, "SDF_OpenDevice: " + SdfCode.words(code));
                return;
            }
            say(ChildLine.Word.READY, DeviceChecks.words(library, device.getValue()));
            for (String name : checks) {
                check(SdfCheck.valueOf(name), library, symbols, device.getValue());
            }
            library.SDF_CloseDevice(device.getValue());
        } catch (UnsatisfiedLinkError e) {
            say(ChildLine.Word.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    private void check(SdfCheck check, SdfLibrary library, NativeLibrary symbols, Pointer device) {
        say(ChildLine.Word.BEGIN, check.name());
        Probe probe = new Probe(library, symbols, settings, device);
        check.run(probe);
        probe.found().forEach(each -> say(ChildLine.Word.DEVIATION, each.expected(), each.came()));
        say(ChildLine.Word.END, check.name());
    }

    private void say(ChildLine.Word word, String... fields) {
        out.println(ChildLine.of(word, fields).text());
    }
}
