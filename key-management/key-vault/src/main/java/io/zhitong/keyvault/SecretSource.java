package io.zhitong.keyvault;

import io.zhitong.smcrypto.SecretBytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a command reads PINs and other secrets (保密输入来源): the terminal without echo, else standard input, else a file or
 * descriptor such as {@code /dev/fd/3}; a line each. Never an argument: those are shown to every user of the machine.
 */
final class SecretSource implements Closeable {
    private final Optional<InputStream> stream;

    private SecretSource(Optional<InputStream> stream) {
        this.stream = stream;
    }

    static SecretSource of(Optional<Path> file) throws IOException {
        return new SecretSource(file.isPresent() ? Optional.of(Files.newInputStream(file.get())) : Optional.empty());
    }

    SecretBytes ask(String prompt) throws IOException {
        return stream.isPresent() ? SecretInput.line(stream.get()) : SecretInput.ask(prompt);
    }

    /** A new secret, at a terminal asked for twice. */
    SecretBytes askNew(String prompt) throws IOException {
        SecretBytes first = ask(prompt);
        if (stream.isEmpty() && System.console() != null) {
            try (SecretBytes second = ask("again 再输入一次: ")) {
                if (!first.equals(second)) {
                    first.close();
                    throw new IOException("the two are not the same 两次输入不一致");
                }
            }
        }
        return first;
    }

    @Override
    public void close() throws IOException {
        if (stream.isPresent()) {
            stream.get().close();
        }
    }
}
