package io.zhitong.virtualcard;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The batch transport key (批次传输密钥) of the simulated factory: a file of 32 hex digits. */
public final class TransportKey {
    private static final int LENGTH = 16;
    private static final int LONGEST_FILE = 256;

    private TransportKey() {}

    /** Zeros: cards of a shell without a key file are for trying out. */
    public static SecretBytes ofShell() {
        return SecretBytes.takeOver(new byte[LENGTH]);
    }

    /**
     * Reads the file.
     *
     * @throws CommandFailure if it is missing or holds something else; never with the file's content
     */
    public static SecretBytes read(Path file) {
        try {
            if (Files.size(file) <= LONGEST_FILE) {
                String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
                byte[] key = Hex.parse(text);
                if (key.length == LENGTH) {
                    return SecretBytes.takeOver(key);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.ENVIRONMENT, "transport key file cannot be read: " + file, e);
        } catch (MalformedInput e) {
            throw malformed(file);
        }
        throw malformed(file);
    }

    private static CommandFailure malformed(Path file) {
        return new CommandFailure(
                ExitStatus.ENVIRONMENT,
                "expected a transport key of 32 hex digits in " + file + ", found something else");
    }
}
