package io.zhitong.keyvault;

import io.zhitong.smcrypto.SecretBytes;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** One line that is nobody else's business (保密输入): from the terminal without echo, or from a stream. */
final class SecretInput {
    private static final int MOST = 1024;

    private SecretInput() {}

    /** From the terminal if there is one, else the next line of standard input. */
    static SecretBytes ask(String prompt) throws IOException {
        Console console = System.console();
        if (console == null) {
            return line(System.in);
        }
        char[] typed = console.readPassword("%s", prompt);
        if (typed == null) {
            throw new IOException("the terminal was closed");
        }
        byte[] bytes = new byte[typed.length];
        for (int i = 0; i < typed.length; i++) {
            bytes[i] = (byte) typed[i];
        }
        Arrays.fill(typed, ' ');
        return SecretBytes.takeOver(bytes);
    }

    /** The next line, of ASCII, at most 1024 bytes, without its end; read byte by byte, so that the next line stays. */
    static SecretBytes line(InputStream in) throws IOException {
        byte[] bytes = new byte[MOST];
        int length = 0;
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (length == MOST) {
                throw new IOException("expected a line of at most " + MOST + " bytes");
            }
            bytes[length] = (byte) next;
            length++;
        }
        SecretBytes line = SecretBytes.takeOver(Arrays.copyOf(bytes, length));
        Arrays.fill(bytes, (byte) 0);
        return line;
    }
}
