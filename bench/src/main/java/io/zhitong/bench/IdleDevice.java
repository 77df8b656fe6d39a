package io.zhitong.bench;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.Hello;
import io.zhitong.link.proto.TimeQuestion;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** A device that was greeted and says nothing more unless asked to (空闲设备). */
final class IdleDevice implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SSLSocket socket;

    /** Connects; returns when the welcome has come. */
    IdleDevice(MeasuredBackend backend, int number) throws IOException {
        socket = backend.estate().door(DeviceAddress.of(1, number)).connect(backend.address(), PATIENCE);
        asked(FromDevice.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setCommunity(1)
                        .setDevice(number)
                        .setJournal(number)
                        .setNonce(ByteString.copyFrom(new byte[16]))));
    }

    /** One question and its answer; what that took, in nanoseconds. */
    long askTime() throws IOException {
        long begun = System.nanoTime();
        FromBackend answer =
                asked(FromDevice.newBuilder().setTime(TimeQuestion.newBuilder().setSent(1)));
        if (!answer.hasTime()) {
            throw new IOException("expected the time, came " + answer.getMessageCase());
        }
        return System.nanoTime() - begun;
    }

    private FromBackend asked(FromDevice.Builder question) throws IOException {
        byte[] bytes = question.build().toByteArray();
        byte[] frame = new byte[bytes.length + 2];
        frame[0] = (byte) (bytes.length >> 8);
        frame[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, frame, 2, bytes.length);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.write(frame);
        out.flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return FromBackend.parseFrom(in.readNBytes(in.readUnsignedShort()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
