package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A second implementation of the formulas of docs/card.md for tests: block cipher and CMAC by the openssl command, the
 * layouts as hex text. It shares no line with the card.
 */
final class Witness {
    private static final Map<String, String> ANSWERS = new ConcurrentHashMap<>();

    private Witness() {}

    /** SM4 of whole blocks, ECB. */
    static String ecb(String key, String data) {
        return openssl(data, "enc", "-sm4-ecb", "-nopad", "-K", key);
    }

    /** Left 4 bytes of the last block of SM4-CBC over data ‖ 80 00…, which is always added. */
    static String mac4(String key, String iv, String data) {
        String padded = data + "80";
        padded += "0".repeat((32 - padded.length() % 32) % 32);
        String all = openssl(padded, "enc", "-sm4-cbc", "-nopad", "-K", key, "-iv", iv);
        return all.substring(all.length() - 32, all.length() - 24);
    }

    /** The same from zero. */
    static String mac4(String key, String data) {
        return mac4(key, "00".repeat(16), data);
    }

    /** SM4(key, f8 ‖ ~f8): one level of derivation, and the session key of a purse. */
    static String derive(String key, String f8) {
        StringBuilder complement = new StringBuilder();
        for (char c : f8.toLowerCase(Locale.ROOT).toCharArray()) {
            complement.append(Character.forDigit(15 - Character.digit(c, 16), 16));
        }
        return ecb(key, f8 + complement);
    }

    /** Left n bytes of SM4-CMAC. */
    static String cmac(String key, String data, int n) {
        return openssl(data, "mac", "-cipher", "SM4-CBC", "-macopt", "hexkey:" + key, "-in", "-", "-binary", "CMAC")
                .substring(0, 2 * n);
    }

    private static String openssl(String hex, String... arguments) {
        // Asked the same again, as in every round of planted faults, openssl is not started again.
        return ANSWERS.computeIfAbsent(hex + String.join(" ", arguments), any -> ask(hex, arguments));
    }

    private static String ask(String hex, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().write(HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)));
            process.getOutputStream().close();
            byte[] out = process.getInputStream().readAllBytes();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "openssl ended");
            assertEquals(0, process.exitValue(), String.join(" ", command));
            return HexFormat.of().withUpperCase().formatHex(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
