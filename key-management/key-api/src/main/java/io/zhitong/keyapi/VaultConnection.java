package io.zhitong.keyapi;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import javax.net.ssl.SSLSocket;

/** One connection to the vault, used by one thread at a time. */
final class VaultConnection implements AutoCloseable {
    private final SSLSocket socket;
    private final InputStream in;

    VaultConnection(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    byte[] exchange(byte[] request) throws IOException {
        VaultFrames.write(socket.getOutputStream(), request);
        byte[] answer = VaultFrames.read(in)
                .orElseThrow(() -> new EOFException("the vault closed the connection instead of answering"));
        return answer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
