package io.zhitong.cos;

import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** SM4 of the openssl command: a witness that shares no line with ours. */
final class OpenSsl {

    private OpenSsl() {}

    /** SM4-CBC, IV zero, over data padded 80 00… to 16; the left four bytes of the last block, upper case. */
    static String mac4(byte[] key, byte[] data) {
        byte[] padded = Arrays.copyOf(data, (data.length / 16 + 1) * 16);
        padded[data.length] = (byte) 0x80;
        byte[] cipher =
                run(List.of("openssl", "enc", "-sm4-cbc", "-K", Hex.of(key), "-iv", "00".repeat(16), "-nopad"), padded);
        return Hex.of(Arrays.copyOfRange(cipher, cipher.length - 16, cipher.length - 12))
                .toUpperCase();
    }

    static byte[] block(byte[] key, byte[] block) {
        return run(List.of("openssl", "enc", "-sm4-ecb", "-K", Hex.of(key), "-nopad"), block);
    }

    private static byte[] run(List<String> command, byte[] input) {
        try {
            Process process = new ProcessBuilder(command).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            byte[] output = process.getInputStream().readAllBytes();
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("openssl failed");
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
