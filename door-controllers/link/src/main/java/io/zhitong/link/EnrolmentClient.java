package io.zhitong.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.link.proto.EnrolAnswer;
import io.zhitong.link.proto.EnrolQuestion;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** The device's side of enrolment (设备注册客户端): one question, one answer. */
public final class EnrolmentClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private EnrolmentClient() {}

    /**
     * Asks for a certificate.
     *
     * @param tls without a certificate of its own, believing only the pinned authority ({@link MachineTls#client})
     * @throws EnrolmentRefusedException if the backend says no
     * @throws LinkException CONNECTION if it cannot be reached or is not the pinned one; MALFORMED on a wrong answer
     */
    public static Enrolment.Granted enrol(MachineTls tls, InetSocketAddress backend, Enrolment.Question question) {
        EnrolQuestion message = EnrolQuestion.newBuilder()
                .setToken(question.token())
                .setPkcs10(ByteString.copyFrom(question.pkcs10()))
                .setSoftware(question.software())
                .build();
        try (SSLSocket socket = tls.connect(backend, TIMEOUT)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] bytes = message.toByteArray();
            Wire.require(bytes.length <= FrameDecoder.MAX_FRAME, "a question that fits into a frame");
            byte[] frame = new byte[FrameDecoder.LENGTH_BYTES + bytes.length];
            frame[0] = (byte) (bytes.length >> 8);
            frame[1] = (byte) bytes.length;
            System.arraycopy(bytes, 0, frame, FrameDecoder.LENGTH_BYTES, bytes.length);
            out.write(frame);
            out.flush();
            return granted(EnrolAnswer.parseFrom(frame(new DataInputStream(socket.getInputStream()))));
        } catch (InvalidProtocolBufferException e) {
            throw new LinkException(LinkFault.MALFORMED, "expected an enrolment answer", e);
        } catch (IOException e) {
            throw new LinkException(
                    LinkFault.CONNECTION, "cannot enrol at " + backend + ": check address and pinned authority", e);
        }
    }

    private static byte[] frame(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        if (length == 0 || length > FrameDecoder.MAX_FRAME) {
            throw new LinkException(LinkFault.WRONG_LENGTH, "expected a frame of 1 to " + FrameDecoder.MAX_FRAME);
        }
        return in.readNBytes(length);
    }

    private static Enrolment.Granted granted(EnrolAnswer answer) {
        if (answer.getRefusal() != 0) {
            throw new EnrolmentRefusedException(
                    Coded.find(Enrolment.Refusal.class, answer.getRefusal()).orElse(Enrolment.Refusal.FAILED));
        }
        try {
            return new Enrolment.Granted(
                    Wire.checked(
                            () -> DeviceAddress.of(answer.getCommunity(), Integer.toUnsignedLong(answer.getDevice()))),
                    answer.getCertificateList().stream()
                            .map(der -> Pem.certificate(der.toByteArray()))
                            .toList(),
                    Sm2PublicKey.decode(answer.getPolicyKey().toByteArray()),
                    Sm2PublicKey.decode(answer.getCommandKey().toByteArray()),
                    auditKey(answer));
        } catch (MachineTlsException | MalformedInput e) {
            throw new LinkException(LinkFault.MALFORMED, "expected certificates and public keys", e);
        }
    }

    private static Optional<Sm2PublicKey> auditKey(EnrolAnswer answer) {
        return answer.getAuditKey().isEmpty()
                ? Optional.empty()
                : Optional.of(Sm2PublicKey.decode(answer.getAuditKey().toByteArray()));
    }
}
