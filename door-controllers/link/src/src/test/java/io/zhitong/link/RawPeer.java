package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.Hello;
import io.zhitong.machinetls.MachineTls;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** A device written from docs/link.md alone: a TLS socket and frames, none of our client's classes. */
final class RawPeer implements AutoCloseable {

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    RawPeer(MachineTls tls, int port) throws IOException {
        socket = tls.connect(new InetSocketAddress("127.0.0.1", port), Duration.ofSeconds(10));
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    static FromDevice hello(DeviceAddress address, long journal) {
        return FromDevice.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setCommunity(address.community().value())
                        .setDevice((int) address.device().value())
                        .setJournal(journal)
                        .setNonce(ByteString.copyFrom(new byte[16]))
                        .setSoftware("raw"))
                .build();
    }

    void send(FromDevice message) throws IOException {
        byte[] bytes = message.toByteArray();
        send(bytes.length, bytes);
    }

    void send(int length, byte[] bytes) throws IOException {
        byte[] frame = new byte[2 + bytes.length];
        frame[0] = (byte) (length >> 8);
        frame[1] = (byte) length;
        System.arraycopy(bytes, 0, frame, 2, bytes.length);
        out.write(frame);
        out.flush();
    }

    FromBackend read() throws IOException {
        return FromBackend.parseFrom(in.readNBytes(in.readUnsignedShort()));
    }

    /** The next message of this case, passing over others; fails at the end of the stream. */
    FromBackend read(FromBackend.MessageCase wanted) throws IOException {
        FromBackend message = read();
        while (message.getMessageCase() != wanted) {
            message = read();
        }
        return message;
    }

    /** Whether the other side has closed: an end, a reset or a TLS alert. */
    boolean isClosedByPeer() {
        try {
            while (true) {
                read();
            }
        } catch (java.net.SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
