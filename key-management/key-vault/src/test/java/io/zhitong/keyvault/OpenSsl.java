package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The openssl command as a second implementation. */
public final class OpenSsl {
    private OpenSsl() {}

    /** Exit code of {@code openssl ARGUMENTS}. */
    public static int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "openssl ended");
        return process.exitValue();
    }

    /** Whether a DER signature over a file is that of an SM2 public key. */
    public static boolean verifies(Path publicKey, Path signature, Path message)
            throws IOException, InterruptedException {
        return run(
                        "dgst",
                        "-sm3",
                        "-sigopt",
                        "distid:1234567812345678",
                        "-verify",
                        publicKey.toString(),
                        "-signature",
                        signature.toString(),
                        message.toString())
                == 0;
    }
}
